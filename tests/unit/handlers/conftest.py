"""A tutor with a question bank and a real database."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from knowledge.tutor import Knowledge
from tests import learning
from tests.learning import Desk


@pytest.fixture
async def desk(small_knowledge: Knowledge, tmp_path: Path) -> AsyncIterator[Desk]:
    """Give a tutor over the small lecture, five questions and an empty database."""
    async with learning.desk(small_knowledge, tmp_path) as desk:
        yield desk
