"""Reading YAML quickly and safely."""

import pytest
import yaml

from knowledge import yamls

CUT = "kind: talk\npt: [a"


def test_plain_data_is_read() -> None:
    assert yamls.parse("a: [1, dois]\nb: {c: null}") == {"a": [1, "dois"], "b": {"c": None}}


def test_an_object_is_not_built() -> None:
    with pytest.raises(yaml.YAMLError):
        yamls.parse("!!python/object/apply:os.getcwd []")


def test_an_error_names_the_line_that_a_person_would_name() -> None:
    with pytest.raises(yaml.MarkedYAMLError) as error:
        yamls.parse(CUT)
    assert error.value.problem_mark and error.value.problem_mark.line == 1
