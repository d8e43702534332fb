"""n-grams against a plain count, and transformers whose attention does what the lesson says."""

from collections import Counter

import numpy as np
import pytest
import torch

from models.demos import transformer
from models.demos._ngram import NGram
from models.engine.protocol import DemoError, Picture, Turn
from models.kit import arrays

TEXT = np.array([0, 1, 0, 2, 0, 1, 1, 0, 2, 1, 0, 1, 0, 0, 2, 0, 1, 2, 1, 0])


def test_one_letter_alone_is_its_discounted_share() -> None:
    counts = Counter(
        TEXT.tolist()
    )  # 9, 7, 4: no count of 1 to 3, so each gives up 3 - 4·1/1·(1/3) -> clipped to its bounds
    freed = sum(min(max(3 - 4 * (1 / 3), 0), 3) for _ in counts)
    expected = [(counts[i] - freed / 3 + freed / 3) / len(TEXT) for i in range(3)]
    assert NGram(TEXT, 1, 3).chances(np.array([[0], [1], [2]])) == pytest.approx(expected)


@pytest.mark.parametrize("order", [1, 2, 3, 4])
def test_chances_of_all_next_letters_sum_to_one(order: int) -> None:
    model = NGram(TEXT, order, 4)
    contexts = np.random.default_rng(0).integers(4, size=(20, order - 1))
    total = sum(model.chances(np.column_stack([contexts, np.full(20, letter)])) for letter in range(4))
    assert total == pytest.approx(np.ones(20))


def test_a_text_of_one_letter_is_foretold_and_a_random_one_is_not() -> None:
    assert NGram(np.zeros(5000, int), 3, 8).bits(np.zeros(100, int)) < 0.01
    dice = np.random.default_rng(1)
    assert NGram(dice.integers(8, size=40_000), 2, 8).bits(dice.integers(8, size=20_000)) == pytest.approx(3, abs=0.01)


def test_bits_are_the_entropy_of_a_chain_of_two_letters() -> None:
    dice, chance = np.random.default_rng(2), 0.9  # the other letter comes with 0.9: H = -.9·log2 .9 - .1·log2 .1
    text = np.cumsum(dice.random(60_000) < chance) % 2
    entropy = -chance * np.log2(chance) - (1 - chance) * np.log2(1 - chance)
    assert NGram(text[:40_000], 2, 2).bits(text[40_000:]) == pytest.approx(entropy, abs=0.01)


def test_a_stream_always_gives_a_key_its_own_value() -> None:
    lines, again = transformer.stream(50, np.random.default_rng(0))
    for line, repeated in zip(lines.tolist(), again.tolist(), strict=True):
        known: dict[int, int] = {}
        for key, value, before in zip(line[::2], line[1::2], repeated, strict=True):
            assert (key in known) == before and known.setdefault(key, value) == value


def test_two_layers_remember_by_looking_at_the_answer() -> None:
    torch.set_num_threads(1)
    model = transformer.reader(2, 1, 0)
    *_, (_, _, right) = transformer.recall(model, 160, 0)
    assert right > 0.95
    lines, answers = transformer.questions(100, np.random.default_rng(9))
    seen = transformer.looks(model, lines)
    assert seen[-1].sum(-1) == pytest.approx(torch.ones(100, 11), abs=1e-5)
    landed = lines.gather(1, seen[-1][:, -1].argmax(1, keepdim=True))[:, 0]
    assert (landed == answers).float().mean() > 0.9


@pytest.mark.parametrize("kind", ["llama", "gpt2"])
def test_a_writer_that_knows_nothing_needs_the_alphabets_bits(kind: str) -> None:
    model = transformer.writer(kind, 16, 1, 16, 0)
    torch.nn.init.zeros_(model.lm_head.weight)
    assert transformer.bits(model, np.random.default_rng(0).integers(16, size=400)) == pytest.approx(4, abs=1e-5)


def test_the_test_text_shares_no_concept_with_the_training_text() -> None:
    seen, new, letters = transformer.split(0, False)
    whole = ["".join(letters[i] for i in part) for part in (seen, new)]
    paragraphs = [{p for p in part.split("\n") if len(p) > 60} for part in whole]
    assert not paragraphs[0] & paragraphs[1]
    assert len(seen) > 6 * len(new)
    shuffled, _, _ = transformer.split(0, True)
    assert np.array_equal(np.sort(shuffled), np.sort(seen)) and not np.array_equal(shuffled, seen)


def test_the_mini_gpt_goes_on_from_what_is_typed() -> None:
    params = transformer.SPEC.ready({"width": 16, "layers": 1})
    letters = "abc \n"
    model = transformer.writer("llama", len(letters), 1, 16, 0)
    state = arrays.pack(model.state_dict() | {"letters": np.array(list(letters))})
    picture, turn = transformer.play(state, "0", params, "abc")
    assert isinstance(picture, Picture) and isinstance(turn, Turn)
    assert "abc" in turn.text.pt and turn.memory == "1"
    with pytest.raises(DemoError):
        list(transformer.play(state, "0", params, "¿?"))
