"""Pictures made for one learner, drawn with Pillow in the visual language of `knowledge/figures`."""
