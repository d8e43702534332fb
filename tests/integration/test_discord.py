"""The bot on simcord's Discord: commands, mentions, replies, private messages, threads, buttons, modals."""

from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import discord
import pytest
from simcord import Env
from simcord.backend.models import AllowedMentions

from bot.app import App, bootstrap
from bot.config import Discord, KnowledgeSettings, Settings
from bot.dispatcher import Dispatcher
from bot.platforms.discord.client import Client
from bot.routes import Routes
from handlers.commands import COMMANDS
from handlers.demos.ports import Training
from handlers.messages import Block, Choice, Choices, Figure, Poll, Reply, Request, Source, Sources, Text
from handlers.ports import Tools
from knowledge.tutor import Knowledge
from tests import learning
from tests.fakes import DirectFinder, MemoryRuns, NamedPictures, ScriptedRunner
from tests.unit.handlers.demos.scenes import PLAIN, TURN

PICTURE = Path("knowledge/figures/png/gan.pt.dark.png")
CITED = Sources("Fonte", (Source("gan.definition", "slide “GAN”"),))
Make = Callable[..., Client]


@pytest.fixture
async def tutor(tmp_path: Path, small_knowledge: Knowledge) -> AsyncIterator[App]:
    settings = Settings(data_dir=tmp_path / "data", knowledge=KnowledgeSettings(model="none"))
    tutor = await bootstrap(settings, knowledge=small_knowledge)
    training = Training(ScriptedRunner(PLAIN), MemoryRuns(), NamedPictures())
    tutor.tools = replace(tutor.tools, finder=DirectFinder(small_knowledge), training=training)
    yield tutor
    await tutor.close()


@pytest.fixture
def simcord_bot(tutor: App) -> Client:
    return client(tutor)


@pytest.fixture
def env(simcord_env: Env) -> Env:
    simcord_env.settle_timeout = 60.0
    simcord_env.create_guild("Aula").create_text_channel("dúvidas")
    return simcord_env


def client(tutor: App, *, reads: bool = False, **routes: Any) -> Client:
    """Make a bot; `routes` replace what answers questions or presses."""
    dispatcher = Dispatcher(tutor.tools, 0.1, tutor.ties.deliveries, Routes(**routes))
    return Client(Discord(message_content=reads), replace(tutor.ties, tools=tutor.tools), dispatcher.run)


def says(*replies: tuple[Block, ...], **fields: Any) -> Any:
    """Make a handler that gives these replies."""

    async def handler(request: Request, tools: Tools) -> AsyncIterator[Reply]:
        for n, blocks in enumerate(replies):
            yield Reply(f"{request.id}.{n}", "pt", blocks, **fields)

    return handler


async def echo(request: Request, tools: Tools) -> AsyncIterator[Reply]:
    """Tell what came."""
    yield Reply(request.id, "pt", (Text(f"{request.press}={request.text} in {request.chat or 'private'}"),))


def member(env: Env, name: str = "Ana") -> Any:
    return env.guild.add_member(env.create_user(name))


def channel(env: Env) -> Any:
    return env.guild.channels["dúvidas"]


def me(env: Env) -> str:
    return f"<@{env.backend.bot_user.id}>"


def descriptions(messages: list[discord.Message]) -> list[str]:
    return [e.description or "" for m in messages for e in m.embeds]


async def test_every_command_is_registered_in_portuguese_and_english(env: Env) -> None:
    commands = {c["name"]: c for c in env.backend.commands[None].values()}
    assert set(commands) == {*(c.pt for c in COMMANDS), "parar"}
    ask = commands["perguntar"]
    assert ask["name_localizations"] == {"en-US": "ask", "en-GB": "ask"}
    assert ask["description_localizations"]["en-US"] == "ask something about the lecture"
    [option] = ask["options"]
    assert (option["name"], option["name_localizations"]["en-US"], option["required"]) == ("pergunta", "question", True)


async def test_a_slash_command_is_answered_with_its_source(env: Env) -> None:
    result = await member(env).slash(channel(env), "perguntar", pergunta="o que é uma gan?")
    [embed] = result.response.embeds
    assert embed.title == "O que é uma GAN" and "slide “GAN”" in embed.footer.text and not result.ephemeral


async def test_questions_are_proposed_while_typing(env: Env) -> None:
    found = await member(env).autocomplete(channel(env), "perguntar", "pergunta", "perceptr")
    assert found[0] == {"name": "What the perceptron is", "value": "What the perceptron is"}


async def test_concepts_are_proposed_by_either_languages_name_and_opened(env: Env) -> None:
    ana = member(env)
    [found] = await ana.autocomplete(channel(env), "conceitos", "conceito", "rede advers")
    result = await ana.slash(channel(env), "conceitos", conceito=found["value"])
    assert found["name"] == "Adversarial network" and result.response.embeds[0].title == "What a GAN is"


async def test_a_demo_and_its_settings_are_proposed_while_typing(env: Env) -> None:
    found = await member(env).autocomplete(channel(env), "treinar", "demo", "line")
    assert found[0] == {"name": "A line learns (~1 s)", "value": "reta"}
    found = await member(env).autocomplete(channel(env), "treinar", "ajustes", "lr", demo="reta")
    assert {"name": "learning rate: 0.001 – 10", "value": "lr=0.1"} in found


async def test_a_demo_runs_in_one_message_after_the_question(env: Env, tutor: App) -> None:
    ana = member(env)
    asked = await ana.slash(channel(env), "treinar", demo="reta", ajustes="taxa=0,5 semente 7")
    await ana.click(asked.response, label="almost")
    shown = channel(env).last_message
    assert "It learned." in shown.embeds[0].description and "you were right" in shown.embeds[0].description
    [job] = tutor.tools.training.runner.jobs
    assert (dict(job.params), job.seed) == ({"steps": 60, "lr": 0.5}, 7)


async def test_a_picture_sent_reaches_the_last_demo(env: Env, tutor: App) -> None:
    ana, runner = member(env), tutor.tools.training.runner
    asked = await ana.slash(channel(env), "treinar", demo="reta")
    await ana.click(asked.response, label="skip and train")
    runner.events, seen = (TURN,), []
    start = runner.start
    runner.start = lambda job: (seen.append(job.files["image"].read_bytes()), start(job))[1]
    await ana.send(channel(env), me(env), attachments=[("cat.png", b"\x89PNG\r\n\x1a\ncat")])
    assert seen == [b"\x89PNG\r\n\x1a\ncat"] and not runner.jobs[-1].files["image"].exists()
    assert "Your turn." in channel(env).last_message.embeds[0].description


async def test_a_mention_is_answered_in_reply_without_pinging(env: Env) -> None:
    asked = await member(env).send(channel(env), f"{me(env)} o que é uma gan?")
    answer = channel(env).last_message
    assert answer.reference.message_id == asked.id and answer.embeds[0].title == "O que é uma GAN"
    sent = next(r for r in env.http_requests if r.method == "POST" and r.path.endswith("/messages"))
    assert sent.json["allowed_mentions"] == {"parse": []}


async def test_what_is_not_for_the_bot_is_left_alone(env: Env) -> None:
    ana = member(env)
    first = await ana.send(channel(env), "o que é uma gan?")
    await ana.send(channel(env), "sei lá", reply_to=first)
    await env.create_user("Robô", bot=True).send_dm("oi")
    assert len(channel(env).history()) == 2


async def test_a_reply_to_the_bot_is_answered_with_the_conversation_in_mind(env: Env) -> None:
    ana = member(env)
    await ana.send(channel(env), f"{me(env)} o que é o perceptron?")
    await ana.send(channel(env), "quando surgiu?", reply_to=channel(env).last_message)
    assert channel(env).last_message.embeds[0].title == "Quando surgiu o perceptron"


async def test_a_private_message_needs_no_mention(env: Env) -> None:
    ana = env.create_user("Ana")
    await ana.send_dm("o que é uma gan?")
    assert ana.dm_channel.last_message.embeds[0].title == "O que é uma GAN"


async def test_a_private_slash_command_is_answered(env: Env) -> None:
    result = await env.create_user("Ana").slash("perguntar", pergunta="o que é uma gan?")
    assert result.response.embeds[0].title == "O que é uma GAN"


async def test_settings_are_for_the_learners_eyes_only(env: Env) -> None:
    result = await member(env).slash(channel(env), "idioma", lingua="pt")
    assert result.ephemeral and "português" in result.response.embeds[0].description


async def test_a_button_works_for_everyone_and_each_time(env: Env) -> None:
    await member(env).send(channel(env), f"{me(env)} o que é o perceptron?")
    answer = channel(env).last_message
    for name in ("Ana", "Bia"):
        result = await member(env, name).click(answer, label="fonte")
        assert "vem daqui" in result.response.embeds[0].description


async def test_a_button_works_after_a_restart(env: Env, tutor: App) -> None:
    ana = member(env)
    await ana.send(channel(env), f"{me(env)} o que é o perceptron?")
    answer = channel(env).last_message
    await env.restart_bot(client(tutor))
    result = await ana.click(answer, label="fonte")
    assert "vem daqui" in result.response.embeds[0].description


async def test_a_select_presses_its_option_after_a_restart_too(env: Env, tutor: App) -> None:
    menu = Choices((Choice("x:1", "um"), Choice("x:2", "dois")), "escolha um")
    await env.restart_bot(client(tutor, ask=says((Text("Qual?"), menu)), press=echo))
    ana = member(env)
    await ana.send(channel(env), f"{me(env)} oi")
    question = channel(env).last_message
    assert question.components[0].children[0].placeholder == "escolha um"
    assert (await ana.select(question, ["c:x:2"])).response.embeds[0].description.startswith("x:2=")
    await env.restart_bot(client(tutor, press=echo))
    assert (await ana.select(question, ["c:x:1"])).response.embeds[0].description.startswith("x:1=")


async def test_a_choice_with_a_prompt_asks_for_it_in_a_modal_named_like_its_button(env: Env, tutor: App) -> None:
    asking = says((Text("Por quê?"), Choices((Choice("x:1", "responder", prompt="Por que é assim?"),))))
    await env.restart_bot(client(tutor, ask=asking, press=echo))
    ana = member(env)
    await ana.send(channel(env), f"{me(env)} oi")
    shown = await ana.click(channel(env).last_message, label="responder")
    assert (shown.modal["title"], shown.modal["components"][0]["label"]) == ("responder", "Por que é assim?")
    result = await ana.submit_modal(shown, {"text": "porque sim"})
    assert result.response.embeds[0].description.startswith("x:1=porque sim")


async def test_a_menus_option_with_a_prompt_asks_too(env: Env, tutor: App) -> None:
    asking = says((Text("Por quê?"), Choices((Choice("x:1", "responder", prompt="Explique por quê"),), "menu")))
    await env.restart_bot(client(tutor, ask=asking, press=echo))
    ana = member(env)
    await ana.send(channel(env), f"{me(env)} oi")
    shown = await ana.select(channel(env).last_message, ["a:x:1¦Explique por quê"])
    assert (shown.modal["title"], shown.modal["components"][0]["label"]) == ("responder", "Explique por quê")


async def test_a_page_of_the_map_takes_the_place_of_the_one_before(env: Env) -> None:
    ana = member(env)
    await ana.slash(channel(env), "conceitos")
    count = len(channel(env).history())
    await ana.select(channel(env).last_message, ["c:m:en:arquiteturas"])
    assert channel(env).last_message.embeds[0].title.startswith("Architectures (")
    await ana.click(channel(env).last_message, label="All parts")
    assert channel(env).last_message.embeds[0].title == "The map of concepts"
    assert len(channel(env).history()) == count


async def test_a_poll_is_voted_on_with_buttons(env: Env, tutor: App) -> None:
    poll = Poll("Qual rede?", (Choice("v:1", "CNN"), Choice("v:2", "GAN")))
    await env.restart_bot(client(tutor, ask=says((poll,)), press=echo))
    ana = member(env)
    await ana.send(channel(env), f"{me(env)} oi")
    result = await ana.click(channel(env).last_message, label="GAN")
    assert result.response.embeds[0].description.startswith("v:2=")


async def test_a_quiz_answered_by_button_after_a_restart_counts_once(
    env: Env, tutor: App, small_knowledge: Knowledge, tmp_path: Path
) -> None:
    async with learning.desk(small_knowledge, tmp_path / "quiz") as desk:
        tutor.tools = replace(tutor.tools, learning=desk.tools.learning)
        await env.restart_bot(client(tutor))
        ana = member(env)
        await ana.send(channel(env), f"{me(env)} quero um quiz de perceptron")
        question = channel(env).last_message
        await env.restart_bot(client(tutor))
        await ana.click(question, label="não sei")
        await ana.click(question, label="não sei")
        assert await desk.tools.learning.study.total(f"discord:{ana.id}") == 1


async def test_a_picture_stands_in_the_card_with_words_for_who_cannot_see_it(env: Env, tutor: App) -> None:
    await env.restart_bot(client(tutor, ask=says((Text("Veja."), Figure(PICTURE, PICTURE, "duas redes")))))
    await member(env).send(channel(env), f"{me(env)} oi")
    [attachment] = channel(env).last_message.attachments
    assert (attachment.description, attachment.filename) == ("duas redes", "sinapse-1.png")
    assert channel(env).last_message.embeds[0].image.url.endswith("sinapse-1.png")


async def test_a_long_answer_goes_on_in_further_messages(env: Env, tutor: App) -> None:
    answer = says((Text("\n\n".join(["palavra " * 200] * 10)),))
    await env.restart_bot(client(tutor, ask=answer, commands={"perguntar": answer}))
    ana = member(env)
    await ana.send(channel(env), f"{me(env)} oi")
    first, *rest = channel(env).history()[1:]
    assert first.reference and rest and not any(m.reference for m in rest)
    before = len(channel(env).history())
    await ana.slash(channel(env), "perguntar", pergunta="oi")
    assert len(channel(env).history()) == before + 1 + len(rest)


async def test_where_the_bot_may_not_write_a_long_answer_goes_on_all_the_same(env: Env, tutor: App) -> None:
    answer = says((Text("\n\n".join(["palavra " * 200] * 10)),))
    await env.restart_bot(client(tutor, commands={"perguntar": answer}))
    mute = discord.PermissionOverwrite(send_messages=False)
    rules = {env.guild.me.roles[-1]: mute, env.guild.default_role: mute}
    quiet = env.guild.create_text_channel("só-leitura", overwrites=rules)
    result = await member(env).slash(quiet, "perguntar", pergunta="oi")
    assert result.followups


async def test_a_later_reply_with_the_same_key_edits_the_message(env: Env, tutor: App) -> None:
    async def counting(request: Request, tools: Tools) -> AsyncIterator[Reply]:
        for text in ("palavra " * 1200, "dois", "três " * 1500):
            yield Reply("k", "pt", (Text(text),))

    await env.restart_bot(client(tutor, ask=counting))
    await member(env).send(channel(env), f"{me(env)} oi")
    shown = channel(env).history()[1:]
    assert " ".join(descriptions(shown)).split() == ["três"] * 1500


async def test_an_edit_that_needs_fewer_messages_deletes_the_others(env: Env, tutor: App) -> None:
    async def shrinking(request: Request, tools: Tools) -> AsyncIterator[Reply]:
        for text in ("palavra " * 1200, "fim"):
            yield Reply("k", "pt", (Text(text),))

    await env.restart_bot(client(tutor, ask=shrinking))
    await member(env).send(channel(env), f"{me(env)} oi")
    assert descriptions(channel(env).history()[1:]) == ["fim"]


async def thread_of(env: Env, tutor: App, ana: Any, **options: Any) -> Any:
    await env.restart_bot(client(tutor, **options))
    await ana.send(channel(env), f"{me(env)} o que é o perceptron?")
    await ana.click(channel(env).last_message, label="continuar em uma thread")
    return channel(env).threads[0]


async def test_a_thread_takes_the_conversation_along_and_needs_no_mention(env: Env, tutor: App) -> None:
    ana = member(env)
    thread = await thread_of(env, tutor, ana, reads=True)
    assert thread.name == "O que é o perceptron" and "sem me mencionar" in thread.last_message.content
    await ana.send(thread, "quando surgiu?")
    assert thread.last_message.embeds[0].title == "Quando surgiu o perceptron"


async def test_people_may_talk_to_each_other_in_a_thread(env: Env, tutor: App) -> None:
    ana, bia = member(env), member(env, "Bia")
    thread = await thread_of(env, tutor, ana, reads=True)
    first = await ana.send(thread, f"{bia.mention} você entendeu?")
    await bia.send(thread, "entendi", reply_to=first)
    assert len([m for m in thread.history() if m.author.bot]) == 1


async def test_without_the_intent_the_thread_says_how_to_go_on(env: Env, tutor: App) -> None:
    ana = member(env)
    thread = await thread_of(env, tutor, ana)
    assert me(env) in thread.last_message.content
    await ana.send(thread, "quando surgiu?")
    await ana.send(thread, f"{me(env)} quando surgiu?")
    assert [e.title for m in thread.history() for e in m.embeds] == ["Quando surgiu o perceptron"]


async def test_a_second_press_points_to_the_thread_that_is_there(env: Env, tutor: App) -> None:
    ana = member(env)
    thread = await thread_of(env, tutor, ana)
    env.inject_error("POST", "*/threads", status=400, code=160004)
    result = await ana.click(channel(env).history()[1], label="continuar em uma thread")
    assert result.ephemeral and f"<#{thread.id}>" in result.response.content and "já tem" in result.response.content


async def test_a_thread_that_may_not_be_opened_is_a_kind_word(env: Env, tutor: App) -> None:
    ana = member(env)
    await ana.send(channel(env), f"{me(env)} o que é o perceptron?")
    env.inject_error("POST", "*/threads", status=403, code=50013)
    result = await ana.click(channel(env).last_message, label="continuar em uma thread")
    assert "permissão" in result.response.content and not channel(env).threads


async def test_inside_a_thread_no_thread_is_offered(env: Env, tutor: App) -> None:
    ana = member(env)
    thread = await thread_of(env, tutor, ana)
    await ana.send(thread, f"{me(env)} o que é uma gan?")
    labels = [child.label for row in thread.last_message.components for child in row.children]
    assert "fonte" in labels and "continuar em uma thread" not in labels


async def test_where_cards_are_not_allowed_the_answer_is_plain_text(env: Env, tutor: App) -> None:
    role = env.guild.me.roles[-1]
    rules = {
        role: discord.PermissionOverwrite(embed_links=False),
        env.guild.default_role: discord.PermissionOverwrite(embed_links=False),
    }
    quiet = env.guild.create_text_channel("sem-cartões", overwrites=rules)
    await member(env).send(quiet, f"{me(env)} o que é uma gan?")
    assert not quiet.last_message.embeds and "duas redes que competem" in quiet.last_message.content


async def test_a_reply_that_cannot_be_read_is_explained(env: Env) -> None:
    ana = member(env)
    await ana.send(channel(env), f"{me(env)} o que é uma gan?")
    wire = {"channel_id": str(channel(env).id), "message_id": str(channel(env).last_message.id)}
    silent = env.backend.normalize_message_reference(channel(env).id, wire)
    no_ping = AllowedMentions(replied_user=False)
    env.backend.create_message(channel(env).id, ana.id, "mais", reference=silent, allowed_mentions=no_ping)
    await env.settle()
    assert "menção ligada" in channel(env).last_message.embeds[0].description
