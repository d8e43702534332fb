"""Low-rank changes that learn, on the real model."""

import itertools
import math
import shutil
from pathlib import Path

import numpy as np
import pytest
import torch

from models.bert import Bert
from models.embedder import Cutter
from models.quantized import CARRIED, QUANTIZED, TUNED, Quantized
from models.tuning import TEMPERATURE, Batch, Losses, Tuning, contrast

QUESTIONS = ["o que é uma gan?", "what is a gan?", "quando surgiu o perceptron?", "perceptron, what year"]
BATCH = Batch(
    QUESTIONS,
    [7, 7, 3, 3],
    ["GAN. Duas redes que competem.", "Perceptron. O perceptron surgiu em 1957."],
    [7, 3],
    ["receita de bolo de cenoura", "how much is a graphics card"],
)


def test_contrast_counts_only_rows_with_a_right_column() -> None:
    cosines = torch.tensor([[0.9, 0.9], [0.1, 0.1]])
    same = torch.tensor([[True, False], [False, False]])
    assert contrast(cosines, same).item() == pytest.approx(math.log(2), abs=1e-4)


def test_contrast_is_small_where_the_right_column_is_nearest() -> None:
    gap = 3 * TEMPERATURE
    cosines, same = torch.tensor([[gap, 0.0, gap]]), torch.tensor([[True, False, True]])
    assert contrast(cosines, same).item() == pytest.approx(math.log(2 + math.exp(-3)) - math.log(2), abs=1e-5)


@pytest.mark.model
def test_what_was_learned_is_written_and_read_again(tmp_path: Path) -> None:
    tuning, told = Tuning(Quantized(tuned=False), Cutter()), list[Losses]()
    tuning.learn(itertools.repeat(BATCH), 8, lambda _, losses: told.append(losses))
    assert told[-1].plane < told[0].plane and told[-1].questions + told[-1].passages < (
        told[0].questions + told[0].passages
    )
    for name in ("config.json", QUANTIZED):
        shutil.copy(CARRIED / name, tmp_path)
    tuning.save(tmp_path / TUNED)
    tokens = Cutter()("query", QUESTIONS)
    before, after = (Bert(Quantized(tmp_path, tuned=tuned)).encode(tokens) for tuned in (False, True))
    with torch.no_grad():
        learned = tuning.vectors("query", QUESTIONS).numpy()
    assert (after * learned).sum(axis=1).min() > 0.999 > (before * after).sum(axis=1).min()
    assert after[0] @ after[1] - after[0] @ after[2] > before[0] @ before[1] - before[0] @ before[2]
    assert np.allclose(np.linalg.norm(after, axis=1), 1, atol=1e-5)
