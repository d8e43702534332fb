"""Updates become requests: what is meant for the bot, without its mention."""

from typing import Any

import pytest

from bot.platforms.telegram import prompts, requests
from bot.platforms.telegram.places import Place, place_of
from handlers.messages import Choice, Request
from tests.integration.bot_world import parsed
from tests.unit.bot.telegram.helpers import BOT, GROUP, ME, MYSELF, PERSON, mention, message, message_json, update

TOPIC = {"message_thread_id": 3, "is_topic_message": True}
OURS = message_json("pergunte", GROUP, **{"from": MYSELF})


def request(text: str | None = "oi", chat: dict[str, Any] = GROUP, **more: Any) -> Request | None:
    return requests.to_request(update(message=message_json(text, chat, **more)), ME)


def text(*arguments: Any, **more: Any) -> str | None:
    found = request(*arguments, **more)
    return found.text if found else None


def test_a_private_message_becomes_a_request() -> None:
    found = requests.to_request(update(message=message_json("oi")), ME)
    assert found == Request("99", "7", "telegram", "oi", "", "", "Ana Lima", "pt-br", (), "99")


def test_an_edited_message_is_read_like_a_new_one() -> None:
    found = requests.to_request(update(edited_message=message_json("olá")), ME)
    assert found and found.text == "olá"


def test_a_deep_link_is_passed_on_as_it_is() -> None:
    assert text("/start cnn", chat={"id": 7, "type": "private"}) == "/start cnn"


def test_a_group_is_named_with_its_topic() -> None:
    found = request("/ajuda", **TOPIC)
    assert found and found.chat == "-1001:3"


def test_a_thread_of_replies_is_no_topic() -> None:
    found = request("/ajuda", message_thread_id=3)
    assert found and found.chat == "-1001"


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        ("o que é cnn?", None),
        ("/ajuda", "/ajuda"),
        ("/Help", "/Help"),
        (f"/quiz@{BOT} cnn 3", "/quiz cnn 3"),
        (f"/quiz@{BOT.upper()}", "/quiz"),
        ("/quiz@OtherBot", None),
        ("/weather", None),
        ("/", None),
    ],
)
def test_a_group_is_heard_only_where_it_speaks_to_the_bot(said: str, heard: str | None) -> None:
    assert text(said) == heard


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        (f"@{BOT} o que é CNN?", "o que é CNN?"),
        (f"😀 diga, @{BOT}, o que é CNN?", "😀 diga, , o que é CNN?"),
        (f"o que é CNN? @{BOT.lower()}", "o que é CNN?"),
        (f"@{BOT}", ""),
    ],
)
def test_a_mention_is_heard_and_cut_out(said: str, heard: str) -> None:
    name = f"@{BOT}" if f"@{BOT}" in said else f"@{BOT.lower()}"
    assert text(said, entities=mention(said, name)) == heard


def test_a_mention_of_someone_else_is_not_heard() -> None:
    assert text("@OtherBot oi", entities=mention("@OtherBot oi", "@OtherBot")) is None


def test_a_mention_in_a_caption_is_heard() -> None:
    said = f"@{BOT} que rede é esta?"
    photo = [{"file_id": "a", "file_unique_id": "b", "width": 1, "height": 1}]
    assert text(None, caption=said, caption_entities=mention(said), photo=photo) == "que rede é esta?"


def test_a_mention_by_name_is_heard() -> None:
    entity = {"type": "text_mention", "offset": 0, "length": 7, "user": MYSELF}
    assert text("Sinapse, oi", entities=[entity]) == "oi"


def test_a_reply_to_the_bot_is_heard() -> None:
    assert text("e por quê?", reply_to_message=OURS) == "e por quê?"


def test_an_unknown_command_in_a_reply_to_the_bot_is_heard() -> None:
    assert text("/nada", reply_to_message=OURS) == "/nada"


@pytest.mark.parametrize(
    "more",
    [
        {"reply_to_message": message_json("oi", GROUP)},
        {"reply_to_message": OURS | {"forum_topic_created": {"name": "CNN", "icon_color": 1}}},
        {"from": MYSELF | {"id": 1}},
        {"is_automatic_forward": True, "reply_to_message": OURS},
    ],
)
def test_replies_to_others_bots_and_the_service_are_not_heard(more: dict[str, Any]) -> None:
    assert text("oi", **more) is None


def test_a_message_of_a_channel_is_not_heard() -> None:
    channel = {"id": -5, "type": "channel", "title": "c"}
    assert requests.to_request(update(channel_post={"message_id": 1, "date": 1, "chat": channel}), ME) is None


def test_a_sticker_is_an_empty_question_and_a_service_note_is_none() -> None:
    private = {"id": 7, "type": "private"}
    assert text(None, private, dice={"emoji": "🎲", "value": 1}) == ""
    assert text(None, private, dice={"emoji": "🎲", "value": 1}, media_group_id="1") is None
    assert text(None, private, pinned_message=message_json("oi")) is None


def press(**more: Any) -> Request | None:
    query = {"id": "1", "from": PERSON, "chat_instance": "1", "data": "p:pt:cnn", "message": OURS | TOPIC} | more
    return requests.to_request(update(callback_query=query), ME)


def test_a_press_becomes_a_request() -> None:
    found = press()
    assert found and (found.press, found.text, found.chat, found.user) == ("p:pt:cnn", "", "-1001:3", "7")


def test_a_press_under_a_message_that_telegram_forgot_still_counts() -> None:
    found = press(message={"chat": {"id": 7, "type": "private"}, "message_id": 3, "date": 0})
    assert found and (found.press, found.chat) == ("p:pt:cnn", "")


@pytest.mark.parametrize("more", [{"data": None}, {"message": None}, {"from": MYSELF}])
def test_a_press_that_says_nothing_is_left_out(more: dict[str, Any]) -> None:
    assert press(**more) is None


def voted(options: list[int], **more: Any) -> Request | None:
    answer = {"poll_id": "1", "option_ids": options, "option_persistent_ids": [], "user": PERSON} | more
    found = update(poll_answer=answer).poll_answer
    assert found
    return requests.vote(99, found, ("a", "b"), Place(-1001, private=False))


def test_a_vote_presses_the_option_s_choice() -> None:
    found = voted([1])
    assert found and (found.press, found.chat, found.delivery) == ("b", "-1001", "99")


def test_a_vote_that_is_taken_back_or_unknown_presses_nothing() -> None:
    assert voted([]) is None
    assert voted([5]) is None
    assert voted([1], user=MYSELF) is None


@pytest.mark.parametrize("place", [Place(7), Place(-1001, 3, 5, private=False), Place(7, None, 5)])
def test_a_place_can_be_written_down(place: Place) -> None:
    assert Place.read(place.text) == place


def asked(html: str, **more: Any) -> dict[str, Any]:
    shown, found = parsed(html)
    urls = [(e["offset"], e["length"], e["type"].get("url")) for e in found]
    entities = [{"type": "text_link", "offset": a, "length": n, "url": u} for a, n, u in urls if u]
    return message_json(shown, entities=entities, **{"from": MYSELF}) | more


CHOICE = Choice("w:pt:é&1", "responder", "Qual é a saída & por quê?")


def test_a_reply_to_a_question_for_text_presses_its_choice() -> None:
    earlier = asked(prompts.question(CHOICE.id, CHOICE.prompt, BOT))
    found = requests.to_request(update(message=message_json("42", reply_to_message=earlier)), ME)
    assert found and (found.press, found.text) == (CHOICE.id, "42")


def test_a_command_in_such_a_reply_stays_a_command() -> None:
    earlier = asked(prompts.question(CHOICE.id, CHOICE.prompt, BOT))
    found = requests.to_request(update(message=message_json("/parar", reply_to_message=earlier)), ME)
    assert found and (found.press, found.text) == ("", "/parar")


def test_a_forged_question_presses_nothing() -> None:
    earlier = asked(prompts.question(CHOICE.id, CHOICE.prompt, BOT), **{"from": PERSON})
    found = requests.to_request(update(message=message_json("42", reply_to_message=earlier)), ME)
    assert found and found.press == ""


def test_a_message_carries_what_its_choices_ask_for() -> None:
    carried = message(asked(prompts.marks([CHOICE, Choice("x", "x")], BOT) + "oi")["text"])
    assert prompts.prompt_of(carried, CHOICE.id) == ""
    json = asked(prompts.marks([CHOICE, Choice("x", "x")], BOT) + "oi")
    carried = message(json["text"], entities=json["entities"])
    assert prompts.prompt_of(carried, CHOICE.id) == CHOICE.prompt
    assert prompts.prompt_of(carried, "x") == ""


def test_a_caption_carries_it_too() -> None:
    json = asked(prompts.marks([CHOICE], BOT) + "oi")
    photo = [{"file_id": "a", "file_unique_id": "b", "width": 1, "height": 1}]
    carried = message(None, caption=json["text"], caption_entities=json["entities"], photo=photo)
    assert prompts.prompt_of(carried, CHOICE.id) == CHOICE.prompt


def test_other_links_are_no_marks() -> None:
    entities = [{"type": "text_link", "offset": 0, "length": 1, "url": "https://x.org/?press=a"}]
    assert prompts.pressed(message("oi", entities=entities)) == ""
    assert prompts.pressed(None) == ""


def test_in_a_group_the_question_names_who_is_asked() -> None:
    assert '<a href="tg://user?id=7">Ana &lt;3</a>, Qual?' in prompts.question("a", "Qual?", BOT, (7, "Ana <3"))


def test_a_private_place_has_no_name() -> None:
    assert place_of(message("oi")).name == ""
