"""Errors that a learner may see.

TutorError
├── Busy            the learner's last message is still being answered
├── UnknownCommand  no command has this name
├── UnknownChoice   a pressed choice that isn't known (any more)
├── NotReady        the knowledge base isn't loaded yet and didn't load in time
├── BadShare        a share code that isn't one
├── DemosFull       too many demos wait already
├── DemoQuota       the learner ran as many demos as a day allows
└── BadFile         a file that no demo takes, or that is too big
"""

from typing import ClassVar


class TutorError(Exception):
    """Something that the learner is told; `key` names the text in the catalogues, `values` fill it."""

    key: ClassVar[str] = "error.internal"

    def __init__(self, **values: str) -> None:
        """Keep what the text needs."""
        self.values = values
        super().__init__(self.key)


class Busy(TutorError):
    """The learner's last message is still being answered."""

    key = "error.busy"


class UnknownCommand(TutorError):
    """No command has this name."""

    key = "error.unknown_command"


class UnknownChoice(TutorError):
    """A pressed choice that isn't known."""

    key = "error.unknown_choice"


class NotReady(TutorError):
    """The knowledge base didn't load in time."""

    key = "error.not_ready"


class BadShare(TutorError):
    """A share code that isn't one."""

    key = "error.bad_share"


class DemosFull(TutorError):
    """Too many runs wait already."""

    key = "error.demos_full"


class DemoQuota(TutorError):
    """The learner ran as many demos as a day allows."""

    key = "error.demo_quota"


class BadFile(TutorError):
    """A file that no demo takes, or that is too big."""

    key = "error.bad_file"
