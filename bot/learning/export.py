"""Everything that is kept of a learner, as files: JSON for machines, an Anki deck of what they got wrong."""

import asyncio
import json
import shutil
import time
import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from html import escape
from pathlib import Path
from secrets import token_hex
from typing import Any

from sqlalchemy.ext.asyncio import AsyncEngine

from bot.storage import privacy
from bot.storage.sqlite import empty_journal
from handlers.ports import Texts
from handlers.study import Keeping
from knowledge.passages import Lang
from knowledge.quiz.bank import Bank
from knowledge.quiz.model import NotAnAnswer

DECK, MODEL = 1_943_201_901, 1_943_201_902  # Anki knows a deck and a card's form by numbers that never change
RIGHT = "<hr id=answer>"
Rows = Mapping[str, Sequence[Mapping[str, Any]]]


class Exports:
    """Implements `handlers.study.Privacy`."""

    def __init__(
        self,
        engine: AsyncEngine,
        bank: Bank,
        texts: Texts,
        folder: Path,
        forget: Callable[[str], None] = lambda _: None,
    ) -> None:
        """Write below `folder`; `forget` drops what other parts keep of a learner in memory."""
        self._engine, self._bank, self._texts, self._folder, self._forget = engine, bank, texts, folder, forget

    async def keeping(self, learner: str) -> Keeping | None:
        """Say what is kept."""
        return await privacy.keeping(self._engine, learner)

    async def export(self, learner: str, lang: Lang) -> tuple[Path, ...]:
        """Write the files, for this learner alone; they are removed after a while."""
        rows = await privacy.everything(self._engine, learner)
        folder = self._folder / f"{zlib.crc32(learner.encode()):08x}-{token_hex(8)}"
        return await asyncio.to_thread(self._write, folder, rows, lang)

    async def delete(self, learner: str) -> None:
        """Delete everything of the learner, earlier exports too."""
        for name in await privacy.delete(self._engine, learner):
            self._forget(name)
            for folder in self._folder.glob(f"{zlib.crc32(name.encode()):08x}-*"):
                await asyncio.to_thread(shutil.rmtree, folder, ignore_errors=True)
        await empty_journal(self._engine)

    def remove_old(self, seconds: float, clock: Callable[[], float] = time.time) -> None:
        """Remove exports that are older than this."""
        for folder in self._folder.glob("*-*"):
            if folder.stat().st_mtime < clock() - seconds:
                shutil.rmtree(folder, ignore_errors=True)

    def _write(self, folder: Path, rows: Rows, lang: Lang) -> tuple[Path, ...]:
        folder.mkdir(parents=True, mode=0o700)
        data, deck = folder / "sinapse.json", folder / self._texts(lang, "privacy.deck_file")
        data.write_text(json.dumps(rows, ensure_ascii=False, indent=1), "utf-8")
        cards = list(self.mistakes(rows, lang))
        if not cards:
            return (data,)
        write_deck(deck, self._texts(lang, "privacy.deck"), cards)
        return (data, deck)

    def mistakes(self, rows: Rows, lang: Lang) -> Iterable[tuple[str, str, str]]:
        """Give (item, front, back) of every item that was ever answered wrong, as HTML."""
        wrong = {row["item"]: row["seed"] for row in rows.get("answers", ()) if not row["correct"]}
        wrong = {row["item"]: 1 for row in rows.get("memories", ()) if row["lapses"]} | wrong
        for item, seed in sorted(wrong.items()):
            if item in self._bank.items:
                yield item, *self._card(item, lang, seed)

    def _card(self, item: str, lang: Lang, seed: int) -> tuple[str, str]:
        question = self._bank.present(item, lang, seed)
        verdict = self._bank.grade(item, lang, seed, self._bank.key(item, lang, seed))
        told = () if isinstance(verdict, NotAnAnswer) else (verdict.right, *verdict.steps, verdict.why)
        return _html((question.prompt, *question.slots, *question.options)), _html(told)


def _html(lines: Iterable[str]) -> str:
    return "<br>".join(escape(line).replace("\n", "<br>") for line in lines if line)


def write_deck(path: Path, name: str, cards: Iterable[tuple[str, str, str]]) -> None:
    """Write (id, front, back) as an Anki deck; importing it again changes cards instead of doubling them."""
    import genanki

    template = {"name": "Card", "qfmt": "{{Front}}", "afmt": "{{FrontSide}}" + RIGHT + "{{Back}}"}
    model = genanki.Model(MODEL, "Sinapse", fields=[{"name": "Front"}, {"name": "Back"}], templates=[template])
    deck = genanki.Deck(DECK, name)
    for item, front, back in cards:
        deck.add_note(genanki.Note(model=model, fields=[front, back], guid=genanki.guid_for(item)))
    genanki.Package(deck).write_to_file(str(path))
