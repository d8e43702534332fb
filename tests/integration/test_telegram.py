"""The Telegram platform on a small Telegram in the same process: what learners do and see."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from bot.storage.ties import StoredPolls
from handlers.messages import Choice, Choices, Figure, Poll, Progress, Reply, Request, Text
from handlers.ports import Tools
from knowledge.tutor import Knowledge
from tests.integration.bot_world import Json, Refusal
from tests.integration.telegram_rig import ANA, BIA, GROUP, Rig, rig_in

MORE = Choices((Choice("more", "mais"),))
ASK = Choices((Choice("w:1", "responder", "Qual é a saída?"),))
POLL = Poll("Qual é a perda?", (Choice("q:0", "MSE"), Choice("q:1", "ReLU")), 0, "Mede o erro.")


@pytest.fixture
def rig(tmp_path: Path, small_knowledge: Knowledge) -> Rig:
    return rig_in(tmp_path, small_knowledge)


@pytest.fixture
def figure(tmp_path: Path) -> Figure:
    path = tmp_path / "cnn.png"
    Image.new("RGB", (8, 8)).save(path)
    return Figure(path, path, "Uma CNN em camadas.")


def replying(*replies: Reply) -> Any:
    async def script(request: Request, _: Tools) -> AsyncIterator[Reply]:
        for reply in replies:
            yield reply

    return script


def reply(*blocks: Any, key: str = "k", **more: Any) -> Reply:
    return Reply(key, "pt", blocks, **more)


async def echo_with_button(request: Request, _: Tools) -> AsyncIterator[Reply]:
    yield reply(Text(request.press or request.text), MORE)


async def test_a_message_is_answered_as_a_reply_to_it(rig: Rig) -> None:
    async with rig.bot():
        answer = await rig.say(ANA, "**oi** <b>")
    assert (answer["text"], answer["reply_to_message"]["text"]) == ("oi <b>", "**oi** <b>")


def thinking(rig: Rig, times: int = 1) -> Any:
    """Answer when "typing…" was shown so many times."""

    async def script(request: Request, _: Tools) -> AsyncIterator[Reply]:
        await rig.world.until(lambda: len(rig.world.called("sendChatAction")) >= times)
        yield reply(Text("pronto"))

    return script


async def test_typing_is_shown_while_the_answer_takes_more_than_a_moment(rig: Rig) -> None:
    async with rig.bot(thinking(rig)):
        await rig.say(ANA, "oi")
    assert [call.method for call in rig.world.called("sendChatAction", "sendMessage")] == [
        "sendChatAction", "sendMessage",
    ]  # fmt: skip


async def test_typing_is_repeated_while_it_takes_long(rig: Rig) -> None:
    async with rig.bot(thinking(rig, 3)):
        assert (await rig.say(ANA, "oi"))["text"] == "pronto"


async def test_a_group_is_answered_in_its_topic(rig: Rig) -> None:
    group = rig.world.group(forum=True)
    group.topics.add(9)
    async with rig.bot(thinking(rig)):
        said = {"message_thread_id": 9, "is_topic_message": True}
        await rig.world.say(ANA, "só conversa", chat=GROUP, **said)
        answer = await rig.say(ANA, "@SinapseTestBot oi", chat=GROUP, **said)
    assert (answer["text"], answer["message_thread_id"]) == ("pronto", 9)
    assert rig.requests[0].chat == f"{GROUP}:9"
    assert rig.world.called("sendChatAction")[0].values["message_thread_id"] == 9


async def test_an_answer_to_a_deleted_message_still_comes(rig: Rig) -> None:
    async def deleting(request: Request, _: Tools) -> AsyncIterator[Reply]:
        rig.world.chats[ANA].messages.clear()
        yield reply(Text("oi"))

    async with rig.bot(deleting):
        assert "reply_to_message" not in await rig.say(ANA, "apague")


async def test_a_press_is_acknowledged_once_and_answered(rig: Rig) -> None:
    async with rig.bot(echo_with_button):
        message = await rig.say(ANA, "oi")
        answer = await rig.press(ANA, message, "more")
    assert (answer["text"], len(rig.world.called("answerCallbackQuery"))) == ("more", 1)
    assert answer["reply_to_message"]["message_id"] == message["message_id"]


async def test_a_reply_in_place_turns_the_pressed_message_into_it(rig: Rig) -> None:
    async def turning(request: Request, tools: Tools) -> AsyncIterator[Reply]:
        async for answer in echo_with_button(request, tools):
            yield replace(answer, in_place=bool(request.press))

    async with rig.bot(turning):
        message = await rig.say(ANA, "oi")
        turned = await rig.press(ANA, message, "more")
    assert (turned["message_id"], turned["text"]) == (message["message_id"], "more")
    assert len(rig.world.sent(ANA)) == 1


async def test_a_reply_in_place_of_a_deleted_message_comes_all_the_same(rig: Rig) -> None:
    async def turning(request: Request, _: Tools) -> AsyncIterator[Reply]:
        rig.world.chats[ANA].messages.clear()
        yield replace(reply(Text("página 2")), in_place=True)

    async with rig.bot(echo_with_button):
        message = await rig.say(ANA, "oi")
    async with rig.bot(turning):
        assert (await rig.press(ANA, message, "more"))["text"] == "página 2"


async def test_each_press_gets_an_answer_of_its_own(rig: Rig) -> None:
    async with rig.bot(echo_with_button):
        message = await rig.say(ANA, "oi")
        first = await rig.press(ANA, message, "more")
        second = await rig.press(ANA, message, "more")
    assert first["message_id"] != second["message_id"]
    assert len(rig.world.sent(ANA)) == 3


async def test_an_old_button_works_after_a_restart(rig: Rig) -> None:
    async with rig.bot(echo_with_button):
        message = await rig.say(ANA, "oi")
    async with rig.bot(echo_with_button):
        assert (await rig.press(ANA, message, "more"))["text"] == "more"


async def test_an_update_that_comes_twice_is_handled_once(rig: Rig) -> None:
    async with rig.bot(echo_with_button):
        message = await rig.say(ANA, "oi")
        await rig.press(ANA, message, "more")
        await rig.world.repeat()
        await rig.handled(3)
    async with rig.bot(echo_with_button):
        await rig.world.repeat()
        await rig.handled(4)
    assert len(rig.world.sent(ANA)) == 2
    assert list(rig.world.queries.values()) == [True]


async def test_edits_keep_the_buttons_and_only_the_newest_counts(rig: Rig) -> None:
    steps = [reply(Progress(n / 40), MORE) for n in range(41)]
    async with rig.bot(replying(*steps, steps[-1])):
        message = await rig.say(ANA, "oi")
    assert "100%" in message["text"] and message["reply_markup"]
    assert len(rig.world.called("editMessageText")) < 5


async def test_a_group_s_edits_keep_to_its_rate(rig: Rig) -> None:
    async def slow(request: Request, _: Tools) -> AsyncIterator[Reply]:
        for n in range(30):
            yield reply(Progress(n / 29))
            await asyncio.sleep(0.01)

    async with rig.bot(slow):
        message = await rig.say(ANA, "/ajuda", chat=GROUP)
    assert "100%" in message["text"]
    assert len(rig.world.called("sendMessage", "editMessageText")) <= 20


@pytest.mark.parametrize(
    "fault",
    [
        Refusal(429, "Too Many Requests: retry after 2", retry_after=2),
        Refusal(502, "Bad Gateway"),
        Refusal(500, "Internal Server Error"),
        None,
    ],
)
async def test_a_fault_delays_the_answer_and_its_edits(rig: Rig, fault: Refusal | None) -> None:
    rig.world.fail("sendMessage", fault, fault)
    rig.world.fail("editMessageText", fault, fault)
    async with rig.bot(replying(reply(Text("um")), reply(Text("dois")), reply(Text("três")))):
        await rig.say(ANA, "oi")
    assert [message["text"] for message in rig.world.sent(ANA)] == ["três"]


async def test_an_answer_whose_receipt_gets_lost_isn_t_doubled(rig: Rig) -> None:
    rig.world.fail("sendMessage", rig.lost)
    async with rig.bot(echo_with_button):
        message = await rig.say(ANA, "oi")
        assert (await rig.press(ANA, message, "more"))["text"] == "more"
    assert len(rig.world.sent(ANA)) == 2


async def test_an_edit_whose_receipt_gets_lost_is_fine(rig: Rig) -> None:
    rig.world.fail("editMessageText", rig.lost)
    async with rig.bot(replying(reply(Text("um")), reply(Text("dois")))):
        assert (await rig.say(ANA, "oi"))["text"] == "dois"


@pytest.mark.parametrize(
    "refusal",
    [
        Refusal(403, "Forbidden: bot was blocked by the user"),
        Refusal(403, "Forbidden: bot was kicked from the supergroup chat"),
        Refusal(400, "Bad Request: not enough rights to send text messages to the chat"),
        Refusal(400, "Bad Request: chat not found"),
    ],
)
async def test_a_closed_door_is_one_line_in_the_log(
    rig: Rig, caplog: pytest.LogCaptureFixture, refusal: Refusal
) -> None:
    async with rig.bot():
        rig.world.private(ANA).gone = refusal
        await rig.world.say(ANA, "oi")
        await rig.handled(1)
        assert (await rig.say(BIA, "oi"))["text"] == "oi"
    [line] = [r for r in caplog.records if r.levelname == "WARNING"]
    assert "telegram" in line.getMessage() and not line.exc_info


async def test_a_deleted_answer_stops_its_edits_with_one_line(rig: Rig, caplog: pytest.LogCaptureFixture) -> None:
    async def deleted(request: Request, _: Tools) -> AsyncIterator[Reply]:
        yield reply(Text("0"))
        rig.world.chats[ANA].messages.clear()
        for n in range(1, 100):
            yield reply(Text(str(n)))
            await rig.world.until(lambda: rig.world.called("editMessageText"))

    async with rig.bot(deleted):
        await rig.world.say(ANA, "oi")
        await rig.handled(1)
    assert len(rig.world.called("editMessageText")) == 1
    assert [r.levelname for r in caplog.records].count("WARNING") == 1


async def test_a_group_that_became_a_supergroup_is_followed(rig: Rig) -> None:
    rig.world.group(-1002)
    async with rig.bot(replying(reply(Text("um")), reply(Text("dois")))):
        rig.world.group(-5).gone = Refusal(400, "Bad Request: upgraded", migrate_to_chat_id=-1002)
        await rig.world.say(ANA, "/ajuda", chat=-5)
        await rig.handled(1)
    assert [message["text"] for message in rig.world.sent(-1002)] == ["dois"]


async def test_a_group_that_moves_while_it_is_answered_is_followed(rig: Rig) -> None:
    async def moving(request: Request, _: Tools) -> AsyncIterator[Reply]:
        yield reply(Text("um"))
        rig.world.group(-1002)
        rig.world.group(-5).gone = Refusal(400, "Bad Request: upgraded", migrate_to_chat_id=-1002)
        yield reply(Text("dois"))

    async with rig.bot(moving):
        await rig.world.say(ANA, "/ajuda", chat=-5)
        await rig.handled(1)
    assert [message["text"] for message in rig.world.sent(-1002)] == ["dois"]


async def test_the_service_s_note_of_a_move_is_enough(rig: Rig) -> None:
    rig.world.group(-5), rig.world.group(-1002)
    async with rig.bot():
        moved = {"migrate_to_chat_id": -1002, "text": None}
        await rig.world.bring({"message": rig.world.note(-5, moved)})
        await rig.world.bring({"message": rig.world.note(-1002, {"migrate_from_chat_id": -5})})
        await rig.world.say(ANA, "/ajuda oi", chat=-5)
        await rig.handled(1)
    assert rig.world.sent(-1002) and not rig.world.sent(-5)


async def test_a_vote_presses_its_option_also_after_a_restart(rig: Rig) -> None:
    async with rig.bot(replying(reply(POLL))):
        message = await rig.say(ANA, "quiz")
    poll = message["poll"]
    assert (poll["type"], poll["is_anonymous"], poll["correct_option_ids"]) == ("quiz", False, [0])
    async with rig.bot(echo_with_button):
        goal = rig.ended + 1
        await rig.world.vote(ANA, message, 1)
        await rig.handled(goal)
    assert rig.world.sent(ANA)[-1]["text"] == "q:1"
    assert rig.world.sent(ANA)[-1]["reply_to_message"]["message_id"] == message["message_id"]


async def test_a_poll_without_a_right_answer_is_no_quiz(rig: Rig) -> None:
    async with rig.bot(replying(reply(Poll("Qual?", POLL.options)))):
        assert (await rig.say(ANA, "quiz"))["poll"]["type"] == "regular"


async def test_a_vote_that_is_faster_than_its_poll_counts(rig: Rig) -> None:
    hold = asyncio.Event()

    class HeldPolls(StoredPolls):
        async def keep(self, *arguments: Any) -> None:
            await hold.wait()
            await super().keep(*arguments)

        async def choices(self, *arguments: Any) -> Any:
            found = await super().choices(*arguments)
            hold.set()
            return found

    rig.polls = HeldPolls
    async with rig.bot(replying(reply(POLL))):
        await rig.world.say(ANA, "quiz")
        await rig.world.until(lambda: rig.world.chats and rig.world.sent(ANA))
        await rig.world.vote(ANA, rig.world.sent(ANA)[0], 1)
        await rig.handled(2)
    assert rig.requests[1].press == "q:1"


async def test_a_vote_in_another_s_poll_is_left_alone(rig: Rig) -> None:
    async with rig.bot():
        rig.world.private(ANA)
        await rig.world.vote(ANA, {"poll": {"id": "other"}}, 0)
        await rig.say(ANA, "oi")
    assert len(rig.requests) == 1


async def test_a_choice_asks_for_text_and_takes_the_reply_after_a_restart(rig: Rig) -> None:
    async with rig.bot(replying(reply(Text("Responda:"), ASK))):
        message = await rig.say(ANA, "oi")
    async with rig.bot():
        await rig.world.press(ANA, message, "w:1")
        await rig.world.until(lambda: len(rig.world.called("sendMessage")) == 2)
    question = rig.world.sent(ANA)[-1]
    assert question["text"].endswith("Qual é a saída?")
    async with rig.bot():
        answer = await rig.say(ANA, "42", reply_to_message=question)
    assert answer["text"] == "w:1>42"


async def test_in_a_group_the_one_who_pressed_is_asked_once(rig: Rig) -> None:
    async with rig.bot(replying(reply(Text("Responda:"), ASK))):
        message = await rig.say(ANA, "/ajuda", chat=GROUP)
        await rig.world.press(BIA, message, "w:1")
        await rig.world.until(lambda: len(rig.world.called("sendMessage")) == 2)
        await rig.world.repeat()
        await rig.say(ANA, "/ajuda", chat=GROUP)
    questions = [call for call in rig.world.called("sendMessage") if "force_reply" in str(call.values)]
    assert len(questions) == 1 and questions[0].values["reply_markup"]["selective"] is True
    assert f'<a href="tg://user?id={BIA}">' in questions[0].values["text"]


async def edited(rig: Rig, message: Json, text: str) -> list[str]:
    """Edit a question; gives the texts in the chat then."""
    goal = rig.ended + 1
    await rig.world.edit(message["reply_to_message"], text)
    await rig.handled(goal)
    return [m.get("text") or m.get("caption", "") for m in rig.world.sent(ANA)]


async def test_an_edited_question_gets_its_answer_in_the_old_one_s_place(rig: Rig) -> None:
    async with rig.bot(echo_with_button):
        message = await rig.say(ANA, "oq é cnn")
        assert await edited(rig, message, "o que é CNN?") == ["o que é CNN?"]
        assert await edited(rig, message, "o que é RNN?") == ["o que é RNN?"]


async def test_what_an_edited_question_leaves_over_is_deleted(rig: Rig) -> None:
    async def words(request: Request, _: Tools) -> AsyncIterator[Reply]:
        for word in request.text.split():
            yield reply(Text(word), key=word)

    async with rig.bot(words):
        message = await rig.say(ANA, "a b")
        message = rig.world.sent(ANA)[0]
        assert await edited(rig, message, "c") == ["c"]


async def test_an_edit_that_changes_no_word_changes_nothing(rig: Rig) -> None:
    async with rig.bot():
        message = await rig.say(ANA, "oi")
        await rig.world.edit(message["reply_to_message"], "oi")
        await rig.say(BIA, "oi")
    assert len(rig.requests) == 2


async def test_an_edited_question_whose_answer_was_deleted_gets_a_new_one(rig: Rig) -> None:
    async with rig.bot():
        message = await rig.say(ANA, "oi")
        del rig.world.chats[ANA].messages[message["message_id"]]
        assert await edited(rig, message, "olá") == ["olá"]


async def test_an_edit_of_an_older_question_is_answered(rig: Rig) -> None:
    async with rig.bot():
        message = await rig.say(ANA, "oi")
    async with rig.bot():
        assert await edited(rig, message, "olá") == ["oi", "olá"]


async def test_pictures_come_and_go_with_edits(rig: Rig, figure: Figure) -> None:
    moving = Figure(figure.light, figure.light, "Treino.", "image/gif")
    states = [
        reply(Text("um")),
        reply(Text("dois"), figure, MORE),
        reply(Text("três"), figure),
        reply(Text("quatro"), moving),
    ]
    async with rig.bot(rig.step_by_step(*states)):
        message = await rig.say(ANA, "oi")
    assert message["caption"].startswith("quatro") and "animation" in message
    assert [c.method for c in rig.world.called("editMessageMedia", "editMessageCaption")] == [
        "editMessageMedia", "editMessageCaption", "editMessageMedia",
    ]  # fmt: skip


async def test_a_picture_that_becomes_a_text_or_a_poll_is_sent_anew(rig: Rig, figure: Figure) -> None:
    async with rig.bot(rig.step_by_step(reply(figure), reply(Text("texto")), reply(POLL))):
        await rig.say(ANA, "oi")
    [message] = rig.world.sent(ANA)
    assert "poll" in message


async def test_a_picture_is_uploaded_once(rig: Rig, figure: Figure) -> None:
    async with rig.bot(replying(reply(Text("oi"), figure))):
        await rig.say(ANA, "oi")
        await rig.say(BIA, "oi")
    assert [bool(call.values["files"]) for call in rig.world.called("sendPhoto")] == [True, False]


async def test_a_picture_that_telegram_forgot_is_uploaded_again(rig: Rig, figure: Figure) -> None:
    async with rig.bot(replying(reply(Text("oi"), figure))):
        await rig.say(ANA, "oi")
        rig.world.forget_files()
        assert "photo" in await rig.say(BIA, "oi")


async def test_a_picture_that_is_no_picture_is_told_in_words(rig: Rig, figure: Figure) -> None:
    figure.light.write_text("nada")
    async with rig.bot(replying(reply(Text("oi"), figure, MORE))):
        message = await rig.say(ANA, "oi")
    assert message["text"].startswith("oi") and message["reply_markup"]


async def test_a_picture_that_goes_away_is_told_in_words(rig: Rig, figure: Figure) -> None:
    async def going(request: Request, _: Tools) -> AsyncIterator[Reply]:
        yield reply(figure, figure)
        yield reply(figure, figure)
        figure.light.unlink()
        figure.light.mkdir()
        yield reply(Text("oi"), key="k2")

    async with rig.bot(going):
        assert (await rig.say(ANA, "oi"))["text"] == "oi"


async def test_an_album_whose_receipt_gets_lost_is_sent_again(rig: Rig, figure: Figure) -> None:
    rig.world.fail("sendMediaGroup", rig.lost)
    async with rig.bot(replying(reply(figure, figure))):
        await rig.say(ANA, "oi")
    assert len(rig.world.sent(ANA)) == 4


async def test_an_album_and_an_animation_arrive(rig: Rig, figure: Figure) -> None:
    moving = Figure(figure.light, figure.light, "Treino.", "image/gif")
    async with rig.bot(replying(reply(figure, figure, moving, Text("fim")))):
        await rig.say(ANA, "oi")
    kinds = [next(k for k in ("photo", "animation", "text") if k in m) for m in rig.world.sent(ANA)]
    assert kinds == ["photo", "photo", "animation", "text"]


async def test_markup_that_telegram_doesn_t_read_is_shown_as_text(rig: Rig) -> None:
    rig.world.fail("sendMessage", Refusal(400, "Bad Request: can't parse entities: unsupported start tag"))
    async with rig.bot():
        assert (await rig.say(ANA, "**oi**"))["text"] == "oi"


async def test_what_telegram_refuses_in_every_form_is_one_line_in_the_log(
    rig: Rig, caplog: pytest.LogCaptureFixture
) -> None:
    rig.world.fail("sendMessage", *[Refusal(400, "Bad Request: strange")] * 2)
    async with rig.bot():
        await rig.world.say(ANA, "oi")
        await rig.handled(1)
    assert [r.levelname for r in caplog.records].count("WARNING") == 1


async def test_a_refused_edit_is_sent_anew(rig: Rig) -> None:
    rig.world.fail("editMessageText", Refusal(400, "Bad Request: can't parse entities: unsupported start tag"))
    async with rig.bot(replying(reply(Text("um")), reply(Text("dois")))):
        await rig.say(ANA, "oi")
    assert [message["text"] for message in rig.world.sent(ANA)] == ["dois"]


async def test_what_is_none_of_a_tutor_s_business_is_left_alone(rig: Rig) -> None:
    channel = {"id": -5, "type": "channel", "title": "c"}
    async with rig.bot():
        await rig.world.bring({"channel_post": {"message_id": 1, "date": 1, "chat": channel, "text": "oi"}})
        await rig.world.bring({"callback_query": {"id": "1", "from": rig.world.person(ANA), "chat_instance": "1"}})
        await rig.say(ANA, "oi")
    assert len(rig.requests) == 1


async def test_being_put_out_of_a_group_is_one_line_in_the_log(rig: Rig, caplog: pytest.LogCaptureFixture) -> None:
    me, group = {"id": 7, "is_bot": True, "first_name": "Sinapse"}, {"id": GROUP, "type": "supergroup", "title": "g"}
    member = {"user": me, "status": "member"}
    out = {"chat": group, "from": rig.world.person(ANA), "date": 1, "old_chat_member": member}
    async with rig.bot():
        await rig.world.bring({"my_chat_member": out | {"new_chat_member": {"user": me, "status": "left"}}})
        await rig.world.bring({"my_chat_member": out | {"new_chat_member": member}})
        await rig.say(ANA, "oi")
    assert caplog.messages.count(f"telegram: removed from group {GROUP}") == 1


async def test_a_question_that_can_t_be_asked_is_one_line_in_the_log(
    rig: Rig, caplog: pytest.LogCaptureFixture
) -> None:
    async with rig.bot(replying(reply(Text("Responda:"), ASK))):
        message = await rig.say(ANA, "oi")
        rig.world.fail("sendMessage", Refusal(403, "Forbidden: bot was blocked by the user"))
        await rig.world.press(ANA, message, "w:1")
        await rig.say(ANA, "oi")
    [line] = [r for r in caplog.records if r.levelname == "WARNING"]
    assert line.getMessage() == "telegram: Forbidden: bot was blocked by the user"


async def test_two_learners_are_served_side_by_side(rig: Rig) -> None:
    async def meeting(request: Request, _: Tools) -> AsyncIterator[Reply]:
        await rig.world.until(lambda: len(rig.requests) == 2)
        yield reply(Text(request.user))

    async with rig.bot(meeting):
        await asyncio.gather(rig.world.say(ANA, "oi"), rig.world.say(BIA, "oi"))
        await rig.handled(2)
    assert [rig.world.sent(user)[0]["text"] for user in (ANA, BIA)] == [str(ANA), str(BIA)]
