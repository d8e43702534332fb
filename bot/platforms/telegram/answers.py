"""The messages that show a reply now, and how they become those of another."""

from collections.abc import Sequence

from bot.platforms.base import Gone
from bot.platforms.telegram.faults import Refused
from bot.platforms.telegram.parts import Part, Words
from bot.platforms.telegram.places import Place
from bot.platforms.telegram.sender import Sender, Shown

KEPT = 2000  # questions whose answers are remembered, for when a question is edited


class Answer:
    """One reply in a chat."""

    def __init__(self, sender: Sender, place: Place) -> None:
        """Begin with nothing shown."""
        self._sender, self.place = sender, place
        self.wanted: tuple[Part, ...] = ()  # what it should be by now
        self._shown: list[Shown] = []

    def stand(self, message: int) -> None:
        """Begin with a message of words that is there already: what is wanted takes its place."""
        self._shown = [Shown(Words(""), (message,))]

    @property
    def last(self) -> int | None:
        """Give the message that it ends with: the one with the buttons."""
        return self._shown[-1].ids[-1] if self._shown else None

    async def show(self, *, patient: bool = True, anew: bool = False) -> None:
        """Bring the chat to what is wanted. Raises SurfaceError, and throttle.RetryAfter unless patient.

        A message that the learner deleted is Gone; with `anew` it is sent once more.
        """
        for at, part in enumerate(self.wanted):
            if at < len(self._shown) and not await self._edit(at, part, patient, anew):
                await self._delete(at)
            if at == len(self._shown):
                self._shown.append(await self._sender.send(self.place, part))
        await self._delete(len(self.wanted))

    async def delete(self) -> None:
        """Delete all of it."""
        await self._delete(0)

    async def _edit(self, at: int, part: Part, patient: bool, anew: bool) -> bool:
        """Turn one message into another; tells whether that was possible."""
        try:
            shown = await self._sender.edit(self.place, self._shown[at], part, patient=patient)
        except Refused:
            return False
        except Gone:
            if anew or self._sender.calls.now(self.place.chat) != self.place.chat:  # a moved group's old messages
                return False
            raise
        if shown:
            self._shown[at] = shown
        return shown is not None

    async def _delete(self, since: int) -> None:
        """Delete the messages from one on."""
        while len(self._shown) > since:
            await self._sender.delete(self.place, self._shown.pop())


class Answers:
    """The answers to the last questions, by the question's message."""

    def __init__(self) -> None:
        """Begin with none."""
        self._kept: dict[tuple[int, int | None], tuple[str, list[Answer]]] = {}  # the last asked one last

    def repeats(self, place: Place, text: str) -> bool:
        """Tell whether an edited question still says the same (its preview or a reaction changed)."""
        return self._kept.get(_key(place), ("", []))[0] == text and _key(place) in self._kept

    def take(self, place: Place, text: str) -> Sequence[Answer]:
        """Give the earlier answers to a question, and forget them: new ones are kept by `keep`."""
        _, earlier = self._kept.pop(_key(place), ("", []))
        self._kept[_key(place)] = (text, [])
        if len(self._kept) > KEPT:
            del self._kept[next(iter(self._kept))]
        return earlier

    def keep(self, place: Place, answer: Answer) -> None:
        """Remember an answer to the question at a place."""
        if _key(place) in self._kept:
            self._kept[_key(place)][1].append(answer)


def _key(place: Place) -> tuple[int, int | None]:
    return place.chat, place.message
