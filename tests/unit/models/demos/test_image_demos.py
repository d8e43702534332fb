"""What the image demos do beside their usual run: their judges, their splits, and playing with what was trained."""

import io
from collections.abc import Iterator
from types import ModuleType

import pytest
import torch
from PIL import Image, ImageDraw

from models.demos import _judge, _texto_imagem, cnn_caes_gatos, cnn_digitos, gan, texto_imagem, transferencia
from models.engine.protocol import DemoError, Event, Params, Picture, Result, Step, Turn
from models.kit import arrays

torch.set_num_threads(1)


def a_drawing(mark: str = "line") -> bytes:
    """A photo of something thick on white paper."""
    page, out = Image.new("RGB", (120, 90), (250, 250, 245)), io.BytesIO()
    pen = ImageDraw.Draw(page)
    if mark == "line":
        pen.line([(60, 15), (62, 75)], (20, 20, 60), 9)
    else:
        pen.ellipse((30, 20, 90, 70), (90, 60, 20))
    page.save(out, "PNG")
    return out.getvalue()


def short(demo: ModuleType, **values: object) -> Params:
    params: Params = demo.SPEC.ready({**demo.SPEC.quick, **values})
    return params


def the_result(events: Iterator[Event]) -> Result:
    *_, last = events
    assert isinstance(last, Result)
    return last


def ends_with_a_turn(events: Iterator[Event]) -> Turn:
    picture, turn = events
    assert isinstance(picture, Picture) and picture.alt.pt and isinstance(turn, Turn)
    return turn


def test_a_photo_of_a_digit_is_read_by_the_network_just_trained() -> None:
    net = cnn_digitos.networks(0)["cnn"]
    params = cnn_digitos.SPEC.ready(files={"image": a_drawing()})
    turn = ends_with_a_turn(cnn_digitos.play(arrays.pack(net.state_dict()), "", params, ""))
    assert turn.wants == "image" and "28×28" in turn.text.en


def test_shuffled_digits_cannot_be_played_with() -> None:
    result = the_result(cnn_digitos.run(short(cnn_digitos, shuffle=True), 0))
    assert result.turn is None and result.state == b""


@pytest.mark.parametrize(("shuffled", "learned", "word"), [(False, False, "stuck"), (True, True, "shuffled")])
def test_each_failure_of_the_digits_has_its_reason(shuffled: bool, learned: bool, word: str) -> None:
    assert word in cnn_digitos.why(shuffled, learned).en


def test_moved_digits_keep_their_ink() -> None:
    x = torch.rand(8, 1, 28, 28)
    assert torch.allclose(cnn_digitos.moved(x, 2).sum((1, 2, 3)), x.sum((1, 2, 3)), rtol=1e-4)
    assert torch.equal(cnn_digitos.moved(x, 0), x)


def test_no_group_of_pets_is_cut_in_two_and_each_part_has_both_kinds() -> None:
    _, _, groups, kinds = cnn_caes_gatos.pets()
    part = cnn_caes_gatos.folds(groups, kinds, 3, seed=5)
    assert all(len(part[groups == group].unique()) == 1 for group in groups[::40])
    sizes = torch.stack([torch.bincount(part[kinds == kind], minlength=3) for kind in (0, 1)])
    assert sizes[0].max() - sizes[0].min() <= 20 and sizes[1].min() > 80


def test_cats_and_dogs_are_drawn_alike_often() -> None:
    _, y, groups, kinds = cnn_caes_gatos.pets()
    weight = cnn_caes_gatos.weights(y, kinds, groups, 0.2)
    assert float(weight[y == 0].sum()) == pytest.approx(0.5, abs=1e-3)
    assert float(weight[kinds == 1].sum()) == pytest.approx(0.2, abs=1e-3)


def test_a_picture_of_a_pet_gets_a_verdict_with_its_confidence_and_its_limits() -> None:
    jury = {f"{i}.{n}": a for i in (0, 1) for n, a in cnn_caes_gatos.networks(i)["cnn"].state_dict().items()}
    params = cnn_caes_gatos.SPEC.ready(files={"image": a_drawing("ellipse")}, lang="en")
    turn = ends_with_a_turn(cnn_caes_gatos.play(arrays.pack(jury), "", params, ""))
    assert "confidence" in turn.text.en and "never a photo" in turn.text.en


@pytest.mark.parametrize(
    ("dog", "votes", "words"),
    [(0.55, [0.5, 0.6], "guess"), (0.9, [0.8, 0.99], "All the networks agree"), (0.8, [0.4, 0.99], "don't agree")],
)
def test_doubt_is_said(dog: float, votes: list[float], words: str) -> None:
    assert words in cnn_caes_gatos.told(dog, torch.tensor(votes)).en


def test_a_leaked_test_is_told_as_such() -> None:
    result = the_result(cnn_caes_gatos.run(short(cnn_caes_gatos, leak=True, augment=0.0, epochs=1), 0))
    assert result.why == cnn_caes_gatos.LEAKED


def test_a_forger_that_was_not_told_the_digit_has_no_accuracy() -> None:
    result = the_result(gan.run(short(gan, told=False), 0))
    assert [metric.name for metric in result.metrics] == ["frechet", "modes", "nearest_training"]
    assert result.why == gan.COLLAPSED
    params = short(gan, told=False)
    assert ends_with_a_turn(gan.play(result.state, "", params, "more")).memory == "1"


@pytest.mark.parametrize("demo", [gan, texto_imagem])
def test_weights_that_became_infinite_end_the_run_kindly(demo: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    learn = demo.train

    def broken(*given: object, **named: object) -> Iterator[object]:
        for game in learn(*given, **named):
            net = game.mean if demo is gan else game[2]
            next(net.parameters()).data.fill_(float("nan"))
            yield game

    monkeypatch.setattr(demo, "train", broken)
    with pytest.raises(DemoError):
        list(demo.run(short(demo), 0))


def test_two_samples_of_one_cloud_are_near_and_a_moved_one_is_far() -> None:
    dice = torch.Generator().manual_seed(0)
    one, other = (torch.randn(2000, 8, generator=dice) for _ in range(2))
    assert _judge.frechet(one, other) < 0.1
    assert _judge.frechet(one, other + 3) == pytest.approx(8 * 9, rel=0.1)
    assert _judge.frechet(one, one * 2) == pytest.approx(8, rel=0.1)  # normal clouds: (2 - 1)² in each direction


def test_no_hidden_combination_is_among_those_shown_and_every_word_is() -> None:
    shown, hidden = texto_imagem.combinations()
    assert len(shown) + len(hidden) == 200
    assert not {tuple(row) for row in shown.tolist()} & {tuple(row) for row in hidden.tolist()}
    assert [len(shown[:, i].unique()) for i in range(4)] == [5, 2, 4, 5]


@pytest.mark.parametrize(
    ("prompt", "world", "known", "strange"),
    [
        ("um coração VERDE pequeno, em cima", "shapes", 4, ["um", "em"]),
        ("big yellow square at the bottom", "shapes", 4, ["at", "the"]),
        ("um sete", "digits", 1, []),
        ("dragão roxo", "shapes", 0, ["dragao", "roxo"]),
    ],
)
def test_prompts_are_read_in_both_languages(prompt: str, world: str, known: int, strange: list[str]) -> None:
    numbers, left = texto_imagem.read(prompt, world)
    assert (len(numbers), left) == (known, strange)


def test_every_proposed_prompt_means_the_same_in_english() -> None:
    spec = texto_imagem.SPEC
    proposed = {spec.complete()["prompt"], *(p.params["prompt"] for p in spec.presets if "prompt" in p.params)}
    assert proposed == set(texto_imagem.ENGLISH)
    for portuguese in proposed:
        params = [spec.ready(spec.complete({"prompt": portuguese}), lang) for lang in ("pt", "en")]
        prompts = [texto_imagem.wanted(one) for one in params]
        [meant, same] = [meaning(prompt) for prompt in prompts]
        assert prompts[0] == portuguese != prompts[1] and meant == same != set()


def meaning(prompt: str) -> set[int]:
    """Give the attributes that a prompt names, whatever its language."""
    world = texto_imagem.world_of(prompt)
    numbers, (_, synonyms, _) = texto_imagem.read(prompt, world)[0], texto_imagem.vocabulary(world)
    return {row for number in numbers for row in (synonyms == number).any(1).nonzero().flatten().tolist()}


def test_a_prompt_chooses_its_world_and_a_strange_one_is_refused_with_the_words_that_are_known() -> None:
    assert texto_imagem.world_of("um círculo") == "shapes"
    assert texto_imagem.world_of("um sete") == "digits"
    with pytest.raises(DemoError, match="heart"):
        texto_imagem.world_of("um dragão roxo")


def test_a_prompt_is_only_words_and_fits_a_title() -> None:
    assert _texto_imagem.clean("**um** [sete](x) @todos|") == "um setex todos"
    assert _texto_imagem.titled("azul") == "“azul”"
    assert len(_texto_imagem.titled("azul " * 30)) <= 47


def test_the_judge_of_shapes_reads_real_drawings() -> None:
    judge = texto_imagem.Judge("shapes", 8, 0)
    assert judge.real_share > 0.9
    assert judge.copied() < 0.2


def test_a_small_run_in_the_world_of_digits_and_what_can_be_done_with_it() -> None:
    result = the_result(texto_imagem.run(short(texto_imagem, prompt="um sete", steps=15), 0))
    assert [metric.name for metric in result.metrics] == ["accuracy", "frechet"]
    params, memory = short(texto_imagem, prompt="um sete"), ""
    for move in ("noise", "guide8", "um cinco roxo"):
        turn = ends_with_a_turn(texto_imagem.play(result.state, memory, params, move))
        memory = turn.memory
    assert memory == "3|1|um cinco roxo" and "“roxo”" in turn.text.en
    (refusal,) = texto_imagem.play(result.state, memory, params, "círculo azul")
    assert isinstance(refusal, Turn) and refusal.prompt and refusal.memory == memory


def test_random_labels_teach_nothing_to_transfer() -> None:
    told = the_result(transferencia.run(short(transferencia, source="random", freeze=True), 0))
    assert told.why == transferencia.SENSELESS
    labels = transferencia.digits("random", 0)["old"][1]
    assert torch.bincount(labels, minlength=25).min() > 700


def test_chimeras_are_halves_of_two_digits_and_a_digit_with_its_own_label_stays_whole() -> None:
    x = torch.arange(5.0)[:, None, None, None].expand(5, 1, 14, 14)
    made, labels = transferencia.chimeras(x, torch.tensor([0, 1, 2, 3, 3]), torch.Generator().manual_seed(0))
    tops, bottoms = made[:, 0, 0, 0], made[:, 0, 13, 0]
    assert len(made) == len(labels) == 25
    assert torch.equal(labels, (5 * tops.clamp(max=3) + bottoms.clamp(max=3)).long())
    same = labels // 5 == labels % 5
    assert same.any() and torch.equal(made[same], made[same][:, :, :1, :1].expand(-1, 1, 14, 14))


def test_the_first_step_of_a_run_comes_before_the_first_long_computation() -> None:
    assert isinstance(next(iter(gan.run(short(gan), 0))), Step)
