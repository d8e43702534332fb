"""What the model learns from: batches of the knowledge base's questions."""

import io
import random
from itertools import islice
from pathlib import Path

import pytest

from bot import tune
from bot.tune import Texts, batches
from knowledge.calibrate import Asked
from knowledge.tutor import Knowledge
from models.quantized import TUNED, Quantized, sums


@pytest.fixture(scope="module")
def texts(knowledge: Knowledge) -> Texts:
    return Texts.of(knowledge)


def test_each_question_is_asked_of_the_passage_that_owns_it(texts: Texts, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tune, "SHARES", dict.fromkeys(tune.SHARES, 0.0))  # as they were written
    for batch in islice(batches(texts), 5):
        for question, owner in zip(batch.questions, batch.owners, strict=True):
            assert question in {asked.text for asked in texts.asked[owner]}
        for body, number in zip(batch.passages, batch.numbers, strict=True):
            assert body in texts.twins[2 * number : 2 * number + 2]
        assert set(batch.numbers) <= set(batch.owners)
        assert all(batch.owners.count(owner) == tune.QUESTIONS for owner in batch.owners)
        beyond = {asked.text for asked in (*texts.outside, *texts.nonsense)}
        assert len(batch.outside) == tune.OUTSIDE + tune.NONSENSE and set(batch.outside) <= beyond


def test_a_seed_draws_the_same_batches_again(texts: Texts) -> None:
    one, again, other = (next(batches(texts, seed)) for seed in (1, 1, 2))
    assert one == again != other


def test_no_question_of_learners_is_learned_from(knowledge: Knowledge, texts: Texts) -> None:
    own = {asked.text for asked in (*texts.outside, *(a for some in texts.asked for a in some))}
    heard = {one.text for one in knowledge.parts.learners}
    assert len(heard & own) <= len(heard) / 100  # the commonest questions of all are everyone's


def test_questions_are_changed_as_people_type() -> None:
    asked = Asked("O que é a função Sigmoide?", "pt", range(0), 0)
    typed = {tune._as_typed(random.Random(n), asked, {"pt": ["mano, {}"], "en": []}) for n in range(300)}
    assert {"mano, O que é a função Sigmoide?", "o que é a função sigmoide?", "O que e a funcao Sigmoide?"} <= typed
    assert "O que é a função Sigmoide" in typed and len(typed) > 20


@pytest.mark.model
def test_a_small_lecture_is_learned_and_written(small_knowledge: Knowledge, tmp_path: Path) -> None:
    out = io.StringIO()
    (tmp_path / "model.q4.safetensors").write_bytes(b"")  # its hash stands beside
    tune.tune(small_knowledge, out, 2, tmp_path)
    assert out.getvalue().splitlines()[-1].startswith("tuned") and "2/2" in out.getvalue()
    assert set(sums(tmp_path)) == {"model.q4.safetensors", TUNED}
    changes = Quantized(tuned=False).names
    assert any(name.endswith("attention.self.query.weight") for name in changes) and (tmp_path / TUNED).stat().st_size
