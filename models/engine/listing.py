"""The lines of a demo that a learner may read and run: its own source between two marks, and a call."""

import re
from collections.abc import Mapping

from models.engine.params import Value
from models.engine.spec import DemoSpec

BEGIN, END = "# [code]", "# [end]"
_REGION = re.compile(rf"^{re.escape(BEGIN)}\n(.*?)^{re.escape(END)}$", re.MULTILINE | re.DOTALL)


def listing(source: str, spec: DemoSpec, values: Mapping[str, Value], seed: int) -> str:
    """Give the regions of a demo's source in their order, then its call with this run's values; "" without regions."""
    regions = [match.strip("\n") for match in _REGION.findall(source)]
    if not regions:
        return ""
    call = spec.call.format(seed=seed, **{name: repr(value) for name, value in values.items()})
    return "\n\n\n".join([*regions, call]).strip("\n") + "\n"
