"""A demo in the chat: asked for, expected, run live, told, run again, played with."""

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from handlers.demos import command, hearing, pressing
from handlers.demos.running import kind_of
from handlers.errors import BadFile, BadShare, DemoQuota, DemosFull, UnknownChoice
from handlers.messages import Choices, Code, Figure, Progress, Reply, Request, Sources, Table, Text
from handlers.ports import Tools
from handlers.press import press
from knowledge.tutor import Knowledge
from models.engine.protocol import Both, Failed, Job, Step
from tests.fakes import ScriptedRunner, tools_for
from tests.unit.handlers.demos.scenes import (
    EVENTS,
    PICTURE,
    PLAIN,
    RESULT,
    TURN,
    all_of,
    choice,
    choices,
    request,
    said,
)
from tests.unit.handlers.demos.scenes import runs as kept_runs


@pytest.fixture
def runner() -> ScriptedRunner:
    return ScriptedRunner(*EVENTS)


@pytest.fixture
def tools(small_knowledge: Knowledge, runner: ScriptedRunner) -> Tools:
    return tools_for(small_knowledge, runner=runner)


async def train(tools: Tools, text: str, **other: object) -> list[Reply]:
    return await all_of(command.train(request(text, **other), tools))


async def pressed(tools: Tools, reply: Reply, label: str, **other: object) -> list[Reply]:
    return await all_of(press(request(press=choice(reply, label).id, **other), tools))


async def finished(tools: Tools, text: str = "reta") -> list[Reply]:
    [question] = await train(tools, text)
    return await pressed(tools, question, "pular e treinar")


async def test_without_a_name_there_is_the_gallery(tools: Tools) -> None:
    [reply] = await train(tools, "")
    assert "**Uma reta aprende** (`reta`, ~1 s): Descida do gradiente numa reta" in said([reply])
    assert reply.data["demos"][1]["name"] == "reta" and reply.data["demos"][1]["params"][0]["low"] == 1
    assert choices(reply)["Uma reta aprende"] == "t:pt:o:reta"


async def test_an_unknown_name_is_said_beside_the_gallery(tools: Tools) -> None:
    [reply] = await train(tools, "@gatos")
    assert "“gatos”" in said([reply]) and reply.data["demos"]


async def test_before_it_starts_the_learner_is_asked_what_they_expect(tools: Tools, runner: ScriptedRunner) -> None:
    [reply] = await train(tools, "reta taxa 0,5 semente 7")
    assert list(choices(reply)) == ["sim", "quase", "pular e treinar"]
    assert "taxa de aprendizado: 0,5 · semente 7 · ~1 s" in said([reply]) and runner.jobs == []


async def test_the_answer_begins_the_run_and_the_run_answers_it(tools: Tools, runner: ScriptedRunner) -> None:
    [question] = await train(tools, "reta taxa 0,5 semente 7")
    right = await pressed(tools, question, "quase")
    [question] = await train(tools, "reta")
    wrong = await pressed(tools, question, "sim")
    assert runner.jobs[0] == Job("reta", {"steps": 60, "lr": 0.5}, 7)
    assert "e acertou!** Quase." in said(right) and "desta vez foi diferente.** Quase." in said(wrong)


async def test_one_message_lives_until_the_result(tools: Tools) -> None:
    replies = await finished(tools)
    *live, result, turn = replies
    assert {reply.key for reply in (*live, result)} == {"1.run"} and turn.key == "1.run.turn"
    assert [bar.fraction for reply in live for bar in reply.of(Progress)] == [0, 0, 0.5, 0.5, 0.5, 1.0]
    assert "2º da fila" in said([live[1]]) and live[2].of(Progress)[0].label == "texto · faltam ~3 s"
    assert [len(reply.of(Figure)) for reply in live] == [0, 0, 0, 1, 1, 1]
    assert choices(live[0]) == {"parar": "t:pt:x:run0"} and pressing.stops("t:pt:x:run0")


async def test_the_result_stands_beside_its_baselines_with_source_and_data(tools: Tools) -> None:
    result = (await finished(tools))[-2]
    text = said([result])
    assert "**acerto: 97,4 %** (comparado a: maioria 50,0 ± 1,0 %)" in text and "**erro: 1,50**" in text
    assert text.index("Aprendeu.") < text.index("acerto") < text.index("Porque sim.") < text.index("Mude a taxa.")
    assert [f.mime for f in result.of(Figure)] == ["image/gif"] and len(result.of(Table)) == 1
    titles = " ".join(source.title for source in result.of(Sources)[0].items)
    assert "Perceptron" in titles and "Cauchy, 1847" in titles and "Dados: Pontos sorteados" in titles
    assert result.data["metrics"] == {"acc": 0.974, "loss": 1.5} and result.data["seed"] == 1
    assert result.data["params"] == {"steps": 60, "lr": 0.1} and result.data["baselines"]["acc"] == {"maioria": 0.5}
    assert list(choices(result)) == [
        "código", "repetir com semente 2", "taxa ×10", "mais passos", "quebre isso: taxa 3", "compartilhar",
    ]  # fmt: skip


async def test_a_script_gets_it_all_under_one_key(tools: Tools) -> None:
    replies = await train(tools, "reta", scripted=True)
    assert {reply.key for reply in replies} == {"1.run"}
    fractions = [bar.fraction for reply in replies for bar in reply.of(Progress)]
    assert fractions == sorted(fractions) and len(fractions) == len(replies) and fractions[-1] == 1
    last = replies[-1]
    assert last.data["metrics"] and last.data["share"] and last.data["turn"]["wants"] == "image"
    assert "a1" in choices(last) and "Sua vez." in said([last])


async def test_a_picture_taken_live_stands_in_for_a_final_one(small_knowledge: Knowledge) -> None:
    tools = tools_for(small_knowledge, runner=ScriptedRunner(PICTURE, PLAIN))
    replies = await finished(tools)
    assert [len(r.of(Figure)) for r in replies] == [0, 1, 1, 1]
    assert replies[-2].of(Progress)[0].fraction == 1


@pytest.mark.parametrize(
    ("label", "params", "seed"),
    [
        ("repetir com semente 2", {"steps": 60, "lr": 0.1}, 2),
        ("taxa ×10", {"steps": 60, "lr": 1.0}, 1),
        ("mais passos", {"steps": 120, "lr": 0.1}, 1),
        ("quebre isso: taxa 3", {"steps": 60, "lr": 3.0}, 1),
    ],
)
async def test_a_button_runs_it_again_otherwise(
    tools: Tools, runner: ScriptedRunner, label: str, params: dict[str, object], seed: int
) -> None:
    result = (await finished(tools))[-2]
    replies = await pressed(tools, result, label)
    assert (runner.jobs[-1].params, runner.jobs[-1].seed) == (params, seed)
    assert replies[-2].data["seed"] == seed
    assert ("Passa." in said(replies)) == ("quebre" in label)


async def test_the_code_is_what_ran(tools: Tools) -> None:
    result = (await finished(tools))[-2]
    [reply] = await pressed(tools, result, "código")
    assert reply.of(Code)[0].source == "train({'steps': 60, 'lr': 0.1}, 1)"
    assert list(choices(reply)) == ["rodar de novo"]


async def test_a_share_code_replays_the_run(tools: Tools, runner: ScriptedRunner) -> None:
    result = (await finished(tools, "reta taxa 0.5 semente 9"))[-2]
    [reply] = await pressed(tools, result, "compartilhar")
    code = str(reply.data["share"])
    assert code == result.data["share"] and code in said([reply])
    await train(tools, code)
    await all_of(hearing.before(nothing)(request(code), tools))
    assert runner.jobs[0] == runner.jobs[1] == runner.jobs[2]
    with pytest.raises(BadShare):
        await train(tools, code[:-1])


async def nothing(request: Request, tools: Tools):  # type: ignore[no-untyped-def]  # a handler that says nothing
    return
    yield


async def test_parameters_out_of_bounds_are_told_before_anything_starts(tools: Tools, runner: ScriptedRunner) -> None:
    [reply] = await train(tools, "reta steps=10000 lr=nan semente x")
    assert reply.refused and len(reply.data["problems"]) == 2 and "10000" in said([reply])
    [seed] = await train(tools, "reta semente x")
    [words] = await train(tools, "reta bem *rápida*")
    assert "Semente" in said([seed]) or "semente" in said([seed])
    assert "bem rapida" in said([words]) and "*rapida" not in said([words])
    assert runner.jobs == [] and choices(words) == {"treinar do jeito padrão": "t:pt:o:reta"}


async def test_a_press_after_the_start_changes_nothing(tools: Tools, runner: ScriptedRunner) -> None:
    [question] = await train(tools, "reta")
    await pressed(tools, question, "sim")
    [reply] = await pressed(tools, question, "quase")
    assert len(runner.jobs) == 1 and "já começou" in said([reply])
    await pressed(tools, reply, "rodar de novo")
    assert runner.jobs[0] == runner.jobs[1]


async def test_another_persons_press_runs_it_for_them(tools: Tools, runner: ScriptedRunner) -> None:
    [question] = await train(tools, "reta")
    await pressed(tools, question, "sim", user="bia")
    await pressed(tools, question, "sim")
    assert len(runner.jobs) == 2
    assert {run.learner for run in kept_runs(tools).values() if run.status == "done"} == {"shell:ana", "shell:bia"}  # type: ignore[attr-defined]  # runs


@pytest.mark.parametrize(
    "choice_id",
    [
        "t:pt:o:nada", "t:pt:g:none:yes", "t:pt:g:run0:talvez", "t:pt:k:run0:nada", "t:pt:p:run0:nada", "t:pt:z:run0",
        "t:pt:m:run0:a1", "t:fr:o:reta", "t:pt:x:none", "t:pt:",
    ],
)  # fmt: skip
async def test_a_choice_that_is_not_known_is_an_error(tools: Tools, choice_id: str) -> None:
    await train(tools, "reta")
    if choice_id == "t:pt:":
        [reply] = await all_of(press(request(press="t:pt:o:"), tools))
        assert reply.data["demos"]
        return
    with pytest.raises(UnknownChoice):
        await all_of(press(request(press=choice_id), tools))


async def test_a_choice_opens_a_demo_in_its_language(tools: Tools) -> None:
    [reply] = await all_of(press(request(press="t:en:o:reta"), tools))
    assert reply.lang == "en" and "Before it starts" in said([reply])


async def test_the_trained_network_can_be_played_with(small_knowledge: Knowledge) -> None:
    runner = ScriptedRunner(RESULT)
    tools = tools_for(small_knowledge, runner=runner)
    turn = (await finished(tools))[-1]
    assert list(choices(turn)) == ["a1", "um número"] and choice(turn, "um número").prompt == "um número"
    runner.events = (PICTURE, replace(TURN, over=True, moves=(), memory="[1]"))
    [reply] = await pressed(tools, turn, "a1")
    assert runner.jobs[-1] == Job("reta", {"steps": 60, "lr": 0.1}, 1, move="a1", memory="[0]", state=b"state")
    assert len(reply.of(Figure)) == 1 and reply.of(Choices) == () and reply.data["over"]
    await pressed(tools, turn, "um número", text="2,5")
    assert (runner.jobs[-1].move, runner.jobs[-1].memory) == ("2,5", "[1]")
    runner.events = (Failed("refused", Both("Mande um número.", "Send a number.")),)
    [reply] = await pressed(tools, turn, "um número", text="oi")
    assert "Mande um número." in said([reply]) and reply.of(Choices) == ()


async def test_a_picture_sent_is_for_the_last_demo_that_takes_one(
    tools: Tools, runner: ScriptedRunner, tmp_path: Path
) -> None:
    path = tmp_path / "x.png"
    path.write_bytes(b"\x89PNG\r\n\x1a\n...")
    hear = hearing.before(nothing)
    with pytest.raises(BadFile):
        await all_of(hear(request(files=(path,)), tools))
    await finished(tools)
    runner.events = (TURN,)
    [reply] = await all_of(hear(request(files=(path,)), tools))
    assert runner.jobs[-1].files == {"image": path} and "Sua vez." in said([reply])


async def test_a_file_that_a_demo_does_not_take_is_refused_before_it_starts(
    tools: Tools, runner: ScriptedRunner, tmp_path: Path
) -> None:
    path = tmp_path / "x.csv"
    path.write_text("1,2,a\n")
    with pytest.raises(BadFile):
        await train(tools, "reta", files=(path,))
    assert runner.jobs == []


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"\x89PNG\r\n\x1a\n", "image"),
        (b"\xff\xd8\xff\xe0", "image"),
        (b"a,b,c\n", "csv"),
        (b"1;2;3", "csv"),
        (b"PK\x03\x04\0\0", None),
        (b"no table", None),
        (b"", None),
        (b"1,2" * 500, None),
    ],
)
def test_a_file_is_known_by_its_content_and_size(tmp_path: Path, data: bytes, kind: str | None) -> None:
    (tmp_path / "f").write_bytes(data)
    assert kind_of(tmp_path / "f", 1000) == kind
    assert kind_of(tmp_path / "nothing", 1000) is None and kind_of(tmp_path, 1000) is None


@pytest.mark.parametrize("why", ["refused", "crashed", "memory", "time", "output", "nan", "lost"])
async def test_a_failure_is_told_kindly(small_knowledge: Knowledge, why: str) -> None:
    failed = Failed(why, Both("Não com isso.", "Not with that.") if why == "refused" else None)  # type: ignore[arg-type]  # why
    tools = tools_for(small_knowledge, runner=ScriptedRunner(Step(0.1, Both("a", "a")), failed))
    reply = (await finished(tools))[-1]
    assert reply.refused and reply.key == "1.run" and reply.data["failed"] == why
    assert list(choices(reply)) == ["rodar de novo", "outros treinos"]
    assert [run.status for run in kept_runs(tools).values()] == ["failed"]  # type: ignore[attr-defined]  # runs


async def test_when_too_many_wait_the_learner_is_told(tools: Tools, runner: ScriptedRunner) -> None:
    turn = (await finished(tools))[-1]
    runner.full = True
    with pytest.raises(DemosFull):
        await finished(tools)
    with pytest.raises(DemosFull):
        await pressed(tools, turn, "a1")


async def test_a_day_has_its_bound(tools: Tools) -> None:
    few = replace(tools, training=replace(tools.training, per_day=1))
    await finished(few)
    with pytest.raises(DemoQuota):
        await finished(few)


async def test_a_run_that_is_stopped_is_left_and_remembered(tools: Tools, runner: ScriptedRunner) -> None:
    runner.hold = asyncio.Event()
    [question] = await train(tools, "reta")
    replies = press(request(press=choices(question)["sim"]), tools)
    waiting = asyncio.create_task(all_of(replies))
    await runner.holding.wait()
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    assert runner.left == 1
    assert [run.status for run in kept_runs(tools).values()] == ["stopped"]  # type: ignore[attr-defined]  # runs


async def test_plain_words_come_before_a_question(tools: Tools) -> None:
    async def ask(request: Request, tools: Tools):  # type: ignore[no-untyped-def]  # a handler
        yield Reply("asked", "pt", (Text("?"),))

    hear = hearing.before(ask)
    assert [r.key for r in await all_of(hear(request("o que é uma reta?"), tools))] == ["asked"]
    [reply] = await all_of(hear(request("train the test line, seed 4"), tools))
    assert reply.lang == "en" and "seed 4" in said([reply])


async def test_a_run_that_a_restart_cut_off_can_be_run_again(tools: Tools) -> None:
    await train(tools, "reta")
    reply = pressing.cut_off("x", tools, kept_runs(tools)["run0"])  # type: ignore[arg-type]  # a run
    assert "interrompido" in said([reply]) and choices(reply) == {"rodar de novo": "t:pt:a:run0"}


async def test_a_stop_button_under_what_a_restart_cut_off_offers_it_again(tools: Tools) -> None:
    live = (await finished(tools))[0]
    [over] = await pressed(tools, live, "parar")
    await tools.training.runs.end("run0", "running")
    [cut] = await pressed(tools, live, "parar")
    assert "já terminou" in said([over]) and "interrompido" in said([cut])
    assert choices(over) == choices(cut) == {"rodar de novo": "t:pt:a:run0"}
