"""The index that ships belongs to the knowledge base as it is; `make index` makes it anew."""

import numpy as np

from knowledge import calibrate
from knowledge.tutor import Knowledge
from knowledge.vectors import SHIPPED, _key
from models.quantized import fingerprint


def test_every_text_of_the_knowledge_base_has_a_shipped_vector(knowledge: Knowledge) -> None:
    parts = knowledge.parts
    wanted = {*parts.searcher.texts.to_embed(), *(("query", phrase) for phrase, _ in parts.phrases.flat)}
    with np.load(SHIPPED / f"{fingerprint()}.npz") as file:
        there = set(file["keys"].tolist())
    missing = [text for role, text in wanted if _key(role, text) not in there]
    assert not missing, f"{len(missing)} texts have no vector, e.g. {missing[0]!r}: run `make index`"


def test_both_gates_ship_for_this_state_of_the_knowledge_base(knowledge: Knowledge) -> None:
    for kind, model in (("lexical", "lexical"), ("model", fingerprint())):
        path = SHIPPED / calibrate.name_of(knowledge.parts, kind, model)
        assert path.is_file(), f"{path.name} is missing: run `make index`"
