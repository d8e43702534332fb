"""One question, its answers."""

from pathlib import Path

from bot import oneshot
from handlers.messages import Choice, Choices, Figure, Reply, Source, Sources, Text

FIRST = Reply("1", "pt", (Text("um"), Sources("F", (Source("a", "A"),)), Figure(Path("l.png"), Path("d.png"), "rede")))
SECOND = Reply("2", "pt", (Text("dois"), Choices((Choice("x", "X"), Choice("y", "Y")))), refused=True)


async def test_a_later_reply_with_the_same_key_takes_the_earlier_ones_place() -> None:
    surface = oneshot.CollectingSurface()
    await surface.working()
    handle = await surface.send(FIRST)
    await surface.send(SECOND)
    await surface.edit(handle, Reply("1", "pt", (Text("três"),)))
    await surface.done()
    assert [reply.blocks[0] for reply in surface.replies.values()] == [Text("três"), Text("dois")]


def test_replies_are_joined_into_one_object() -> None:
    row = oneshot.merged([FIRST, SECOND])
    assert row["text"] == "um\n\n*F: A*\n\ndois"
    assert ([s["id"] for s in row["sources"]], [c["id"] for c in row["choices"]]) == (["a"], ["x", "y"])
    assert row["key"] == "1" and row["figures"][0]["alt"] == "rede"


def test_joined_replies_refuse_only_where_all_do() -> None:
    assert [oneshot.merged(r)["refused"] for r in ([FIRST, SECOND], [SECOND], [FIRST])] == [False, True, False]


def test_as_text_pictures_are_paths_and_choices_suggestions() -> None:
    assert oneshot.text([FIRST, SECOND]) == "um\n\n*F: A*\n\n[rede](l.png)\n\ndois\n\nX · Y"
