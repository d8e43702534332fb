"""Sentences in both languages."""

import pytest

from models.engine.protocol import Both
from models.kit.say import Said, say


@pytest.mark.parametrize(
    ("how", "value", "pt", "en"),
    [
        ("{x}", 0.5, "0,50", "0.50"),
        ("{x}", 7, "7", "7"),
        ("{x:3}", -0.5, "−0,500", "−0.500"),
        ("{x:%}", 0.974, "97,4\u00a0%", "97.4%"),
        ("{x:%0}", 1, "100\u00a0%", "100%"),
        ("{x}", "LeNet", "LeNet", "LeNet"),
        ("{x}", Both("rede", "network"), "rede", "network"),
    ],
)
def test_a_value_is_written_as_each_language_does(how: str, value: Said, pt: str, en: str) -> None:
    assert say(how, how, x=value) == Both(pt, en)
