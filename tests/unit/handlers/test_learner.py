"""What a learner sets, joins, is told and takes back."""

import json
import sqlite3
import zipfile
from pathlib import Path

import pytest

from bot.storage.privacy import Periods, prune
from bot.storage.sqlite import shrink
from handlers.errors import UnknownChoice
from handlers.messages import File, Reply
from handlers.study import Preferences
from tests.learning import DAY, Desk, offered, said


async def preferences(desk: Desk) -> Preferences:
    return await desk.tools.learning.people.preferences("shell:ana")


def written(desk: Desk, text: str) -> bool:
    """Look for a text in the database's files, byte by byte."""
    path = Path(str(desk.engine.url.database))
    return any(text.encode() in file.read_bytes() for file in path.parent.glob(f"{path.name}*"))


# Settings


@pytest.mark.parametrize(
    ("text", "name", "value"),
    [
        ("/config lembrete 19", "remind_hour", 19),
        ("/settings reminder 7", "remind_hour", 7),
        ("/config lembrete às 8h", "remind_hour", 8),
        ("/config meta 30", "goal", 30),
        ("/settings timezone Europe/Lisbon", "zone", "Europe/Lisbon"),
        ("/config silencio 23 7", "quiet_from", 23),
        ("/config confiança sim", "confidence", True),
        ("/settings hints on", "ladder", True),
    ],
)
async def test_a_setting_can_be_written(desk: Desk, text: str, name: str, value: object) -> None:
    assert "Pronto" in said(await desk.ask(text))
    assert getattr(await preferences(desk), name) == value


@pytest.mark.parametrize(
    "change", ["lembrete 25", "meta 0", "fuso Marte/Olimpo", "silencio 9 30", "cor azul"]
)  # fmt: skip
async def test_what_is_no_setting_changes_nothing(desk: Desk, change: str) -> None:
    assert "não entendi" in said(await desk.ask(f"/config {change}"))
    assert await preferences(desk) == Preferences()


async def test_every_setting_offered_can_be_pressed_and_taken_back(desk: Desk) -> None:
    reply = await desk.ask("/config")
    for choice in offered(reply):
        assert "Pronto" in said(await desk.ask(press=choice.id))
    changed = await preferences(desk)
    assert changed.confidence and changed.ladder and changed.remind_hour == 19
    await desk.ask("/config lembretes não")
    assert (await preferences(desk)).remind_hour is None


@pytest.mark.parametrize("press", ["o:pt:colour.blue", "o:fr:goal.10", "v:pt:rob", "v:pt:yes.x"])
async def test_what_no_button_says_is_unknown(desk: Desk, press: str) -> None:
    with pytest.raises(UnknownChoice):
        await desk.ask(press=press)


# Linking


async def both(desk: Desk) -> None:
    """Let one learner answer on two platforms, the same question and another one."""
    for platform, right in (("discord", False), ("telegram", True)):
        reply = await desk.ask("/quiz perceptron 1", platform=platform)
        asked = (await desk.tools.learning.study.current(f"{platform}:ana", "")).asked  # type: ignore[union-attr]
        what = f"o{0 if right else 1}" if reply.data["kind"] == "choice" else "x"
        await desk.ask(press=f"a:pt:{asked}.{what}", platform=platform)
        desk.clock.now += 3600


async def code(desk: Desk, platform: str = "discord") -> str:
    return said(await desk.ask("/vincular", platform=platform)).split("**")[1]


async def test_a_code_joins_two_accounts_and_their_histories_without_loss_or_doubling(desk: Desk) -> None:
    study = desk.tools.learning.study
    await both(desk)
    assert "Contas juntas" in said(await desk.ask(f"/link {(await code(desk)).lower()}", platform="telegram"))
    for account in ("discord:ana", "telegram:ana"):
        assert await study.total(account) == 2 and len(await study.recent(account, 9)) == 2
    known = await study.known("telegram:ana")
    assert sum(memory.reps for memory in known.values()) == 2
    assert sum(day.answers for day in await study.days("discord:ana")) == 2


async def test_after_joining_both_accounts_go_on_as_one(desk: Desk) -> None:
    await desk.ask(f"/vincular {await code(desk)}", platform="telegram")
    await both(desk)
    assert await desk.tools.learning.study.total("telegram:ana") == 2


async def test_a_code_works_once_and_for_ten_minutes(desk: Desk) -> None:
    first, second = await code(desk), await code(desk)
    await desk.ask(f"/vincular {first}", platform="telegram")
    assert "não vale" in said(await desk.ask(f"/vincular {first}", platform="shell"))
    desk.clock.now += 601
    assert "não vale" in said(await desk.ask(f"/vincular {second}", platform="shell"))


async def test_joining_oneself_is_told_kindly(desk: Desk) -> None:
    assert "já são uma só" in said(await desk.ask(f"/vincular {await code(desk)}", platform="discord"))


async def test_codes_cannot_be_guessed_or_asked_for_without_end(desk: Desk) -> None:
    for _ in range(5):
        assert "não vale" in said(await desk.ask("/vincular AAAA-AAAA"))
    good = await code(desk)
    assert "Muitas tentativas" in said(await desk.ask(f"/vincular {good}"))
    for _ in range(4):
        await code(desk)
    assert "vários códigos" in said(await desk.ask("/vincular", platform="discord"))


async def test_a_code_is_not_shown_to_a_group(desk: Desk) -> None:
    assert "privada" in said(await desk.ask("/vincular", chat="turma"))


async def test_no_code_is_written_down(desk: Desk) -> None:
    made = (await code(desk)).replace("-", "")
    await shrink(desk.engine)
    assert not written(desk, made)


# The notice


async def test_the_first_contact_says_what_is_kept_and_why_once(desk: Desk) -> None:
    first = await desk.ask("o que é uma gan?", user="nova")
    assert "/privacidade" in said(first) and "Guardo" in said(first)
    assert "Guardo" not in said(await desk.ask("oi", user="nova"))


async def test_the_notice_stays_while_its_reply_is_edited(desk: Desk) -> None:
    from collections.abc import AsyncIterator

    from handlers.messages import Request, Text
    from handlers.notice import first_contact

    async def edits(request: Request, _: object) -> AsyncIterator[Reply]:
        for key in ("a", "a", "b"):
            yield Reply(key, "pt", (Text(key),))

    told = first_contact(edits)  # type: ignore[arg-type]
    replies = [reply async for reply in told(Request("1", "outra", "shell"), desk.tools)]
    assert ["Guardo" in said(reply) for reply in replies] == [True, True, False]


# Privacy


async def test_of_a_stranger_nothing_is_kept(desk: Desk) -> None:
    from handlers.messages import Request
    from handlers.privacy import privacy

    [reply] = [r async for r in privacy(Request("1", "estranha", "shell"), desk.tools)]
    assert "Não guardo nada" in said(reply)


async def test_what_is_kept_is_shown_in_figures(desk: Desk) -> None:
    await desk.right(await desk.ask("/quiz perceptron 1"))
    text = said(await desk.ask("/privacidade"))
    assert "respostas de quiz: 1" in text and "shell" in text and "ana" not in text.split("contas")[1].split("\n")[0]


async def test_an_export_holds_everything_and_a_deck_of_the_mistakes(desk: Desk, tmp_path: Path) -> None:
    verdict = await desk.right(await desk.ask("/quiz perceptron 2"), right=False)
    await desk.right(await desk.press(verdict, "próxima"))
    reply = await desk.press(await desk.ask("/privacidade"), "exportar")
    data, deck = reply.of(File)
    assert reply.data["path"] == str(data.path.resolve()) and Path(reply.data["path"]).is_absolute()
    rows = json.loads(data.path.read_text("utf-8"))
    assert len(rows["answers"]) == 2 and rows["accounts"][0]["learner"] == "shell:ana"
    with zipfile.ZipFile(deck.path) as apkg:
        apkg.extract("collection.anki2", tmp_path)
    with sqlite3.connect(tmp_path / "collection.anki2") as anki:
        [(fields,)] = anki.execute("SELECT flds FROM notes").fetchall()
    anki.close()
    front, back = fields.split("\x1f")
    item = desk.tools.learning.bank.items[str(verdict.data["item"])]
    assert front.startswith(item.ask["pt"]) and item.why["pt"] in back


async def test_without_mistakes_there_is_no_deck(desk: Desk) -> None:
    await desk.right(await desk.ask("/quiz perceptron 1"))
    assert len((await desk.ask("/privacidade exportar")).of(File)) == 1


async def test_exports_are_removed_after_their_time(desk: Desk) -> None:
    [file] = (await desk.ask("/privacidade exportar")).of(File)
    desk.house.exports.remove_old(3600, lambda: file.path.stat().st_mtime)
    assert file.path.exists()
    desk.house.exports.remove_old(3600, lambda: file.path.stat().st_mtime + 7200)
    assert not file.path.exists()


async def test_a_second_tap_deletes_everything_from_the_file_on_both_platforms(desk: Desk) -> None:
    who = {"user": "segredo-4711", "platform": "telegram"}
    for platform in ("telegram", "discord"):
        for text in ("o que é uma gan?", "/idioma pt", "/quiz perceptron 1"):
            await desk.ask(text, user="segredo-4711", platform=platform)
    joining = said(await desk.ask("/vincular", **who)).split("**")[1]
    await desk.ask(f"/vincular {joining}", user="segredo-4711", platform="discord")
    [file] = (await desk.ask("/privacidade exportar", **who)).of(File)
    asked = await desk.press(await desk.ask("/privacidade", **who), "apagar tudo", **who)
    await shrink(desk.engine)
    assert written(desk, "segredo-4711")  # the first tap deletes nothing
    assert "Tudo apagado" in said(await desk.press(asked, "sim, apagar tudo", **who))
    assert not written(desk, "segredo-4711") and not file.path.exists()
    await shrink(desk.engine)
    assert not written(desk, "segredo-4711")
    assert await desk.tools.learning.study.total("discord:segredo-4711") == 0


async def test_a_late_second_tap_deletes_nothing(desk: Desk) -> None:
    await desk.right(await desk.ask("/quiz perceptron 1"))
    asked = await desk.ask("/privacidade apagar")
    desk.clock.now += 601
    assert "nada foi apagado" in said(await desk.press(asked, "sim, apagar tudo"))
    assert await desk.tools.learning.study.total("shell:ana") == 1


async def test_in_a_group_nothing_is_exported_or_deleted(desk: Desk) -> None:
    for word in ("exportar", "apagar"):
        assert "privada" in said(await desk.ask(f"/privacidade {word}", chat="turma"))


# Retention


async def test_what_is_older_than_its_period_is_deleted_and_what_is_remembered_stays(desk: Desk) -> None:
    await desk.right(await desk.ask("/quiz perceptron 1"))
    await desk.ask("o que é uma gan?")
    await prune(desk.engine, Periods(0, 0, 0), lambda: desk.clock.now + 4000 * DAY)
    study = desk.tools.learning.study
    assert len(await study.recent("shell:ana", 9)) == 1
    await prune(desk.engine, Periods(180, 365, 0), lambda: desk.clock.now + 4000 * DAY)
    assert await study.recent("shell:ana", 9) == () and await study.total("shell:ana") == 1
    assert len(await study.known("shell:ana")) == 1
    assert (await desk.tools.conversations.context("shell:ana", "")).concepts == ()


async def test_who_did_not_come_back_is_deleted(desk: Desk) -> None:
    await desk.right(await desk.ask("/quiz perceptron 1"))
    await prune(desk.engine, Periods(0, 0, 100), lambda: desk.clock.now + 99 * DAY)
    assert await desk.tools.learning.privacy.keeping("shell:ana")
    await prune(desk.engine, Periods(0, 0, 100), lambda: desk.clock.now + 5000 * DAY)
    assert await desk.tools.learning.privacy.keeping("shell:ana") is None
