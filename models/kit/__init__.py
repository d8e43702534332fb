"""What demos share: pictures in the tutor's visual language, arrays as bytes, learners' files. It imports no torch."""
