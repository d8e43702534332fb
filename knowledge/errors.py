"""Errors of the knowledge base."""

from pathlib import Path


class KnowledgeError(Exception):
    """A file of the knowledge base is wrong; says which file and line."""

    def __init__(self, path: Path, line: int, problem: str) -> None:
        """Name the file, the line (from 1) and what is wrong there."""
        self.path, self.line, self.problem = path, line, problem
        super().__init__(f"{path}:{line}: {problem}")
