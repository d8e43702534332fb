"""A share code brings a run to another chat, and nothing else."""

import pytest

from handlers.demos import share
from handlers.errors import BadShare
from tests.unit.models.engine.examples import SPEC

SPECS = {SPEC.name: SPEC}
VALUES = SPEC.complete({"layers": 3, "prompt": "círculo vermelho"})
CODE = share.code(SPEC, VALUES, 7)


def test_a_code_gives_the_same_run_back() -> None:
    assert share.read(CODE, SPECS) == (SPEC, VALUES, 7)
    assert share.read(share.code(SPEC, SPEC.complete(), 0), SPECS) == (SPEC, SPEC.complete(), 0)


def test_a_code_holds_only_what_differs_from_the_defaults() -> None:
    assert len(share.code(SPEC, SPEC.complete(), 1)) < 24 < len(CODE)


@pytest.mark.parametrize(
    "code",
    [
        CODE[:-1],
        CODE[:-1] + ("A" if CODE[-1] != "A" else "B"),
        CODE.replace("~", "~A", 1),
        CODE.replace("exemplo", "outro"),
        "exemplo~",
        "exemplo~€€€€€€",
        share.code(SPEC, {**VALUES, "layers": 99}, 7),
        share.code(SPEC, VALUES, -1),
    ],
)
def test_a_code_that_is_broken_or_out_of_bounds_is_refused(code: str) -> None:
    with pytest.raises(BadShare):
        share.read(code, SPECS)


def test_a_code_of_another_shape_is_refused() -> None:
    import base64

    raw = b'{"a":1}'
    code = f"exemplo~{base64.urlsafe_b64encode(raw).decode().rstrip('=')}{share._check('exemplo', raw)}"
    with pytest.raises(BadShare):
        share.read(code, SPECS)
