"""Reading the lecture's files; whatever is wrong is named with its file and line."""

from collections.abc import Callable
from pathlib import Path

import pytest

from knowledge import loader
from knowledge.errors import KnowledgeError
from knowledge.passages import Lecture, Source

Spoil = Callable[[str], str]


def replaced(old: str, new: str) -> Spoil:
    """Replace text that must be there."""

    def spoil(text: str) -> str:
        assert old in text
        return text.replace(old, new, 1)

    return spoil


def problem_of(folder: Path, name: str, spoil: Spoil) -> KnowledgeError:
    path = folder / name
    path.write_text(spoil(path.read_text("utf-8")), "utf-8")
    with pytest.raises(KnowledgeError) as caught:
        loader.load(folder)
    return caught.value


def test_a_concept_is_read_whole(lecture: Lecture) -> None:
    gan = lecture.concepts["gan"]
    assert (gan.section, gan.kind, gan.year) == ("arquiteturas", "architecture", 2014)
    assert gan.titles == {"pt": "Rede generativa adversária", "en": "Generative adversarial network"}
    assert (gan.by, gan.related, gan.slides) == (("ian-goodfellow",), ("vae", "rede-neural"), ("gans",))
    assert (gan.figure, gan.formula) == ("gan", "gan")


def test_what_a_concept_may_leave_out_is_empty(lecture: Lecture) -> None:
    layers = lecture.concepts["camadas"]
    assert (layers.by, layers.year, layers.figure, layers.formula) == ((), None, "", "")


def test_a_twin_is_cut_into_title_body_note_and_questions(lecture: Lecture) -> None:
    twin = lecture.passages["gan.who"].twins["pt"]
    assert twin.title == "Quem criou a GAN"
    assert twin.body == "Ian Goodfellow criou a GAN em 2014, em Montreal."
    assert twin.note == "o endereço certo é arxiv.org/abs/1406.2661."
    assert twin.questions == ("quem criou a GAN?", "quem inventou as gans")


def test_a_note_is_read_in_english_too(lecture: Lecture) -> None:
    assert lecture.passages["gan.who"].twins["en"].note.startswith("the right address")


def test_a_table_stays_in_the_body(lecture: Lecture) -> None:
    assert lecture.passages["gan.comparison-vae"].twins["pt"].body.startswith("| | GAN | VAE |\n|---|")


@pytest.mark.parametrize(
    ("passage", "source"),
    [
        ("gan.definition", Source(("gans",))),
        ("gan.who", Source(("gans",), "Goodfellow et al., 2014")),
        ("gan.comparison-vae", Source((), "Kingma, 2013")),
        ("gan.code", Source()),
    ],
)
def test_a_source_is_slides_a_reference_or_both(lecture: Lecture, passage: str, source: Source) -> None:
    assert lecture.passages[passage].source == source


def test_a_source_may_be_several_slides(folder: Path) -> None:
    path = folder / "arquiteturas" / "gan.md"
    path.write_text(path.read_text("utf-8").replace("source: slide gans\n", "source: slide gans, redes\n", 1), "utf-8")
    assert loader.load(folder).passages["gan.definition"].source.slides == ("gans", "redes")


def test_empty_lines_between_fields_are_skipped(folder: Path) -> None:
    path = folder / "arquiteturas" / "gan.md"
    path.write_text(path.read_text("utf-8").replace("versus: vae\n", "\nversus: vae\n"), "utf-8")
    assert loader.load(folder).passages["gan.comparison-vae"].versus == "vae"


def test_slides_keep_their_order(lecture: Lecture) -> None:
    assert list(lecture.slides) == ["capa", "redes", "gans"]
    assert lecture.slides["gans"].title == "2014 - GANS"


GAN = "arquiteturas/gan.md"


@pytest.mark.parametrize(
    ("spoil", "line", "problem"),
    [
        (replaced("---\n", ""), 1, "front matter"),
        (replaced("related: [vae, rede-neural]\nfigure: gan\nformula: gan\n---", ""), 1, "front matter"),
        (lambda _: "", 1, "front matter"),
        (replaced("slides: [gans]", "slides: [gans"), 5, "not valid YAML"),
        (lambda _: "---\nnothing\n---\n", 2, "not a list of keys"),
        (replaced("figure:", "colour:"), 2, "unknown key 'colour'"),
        (replaced("title: {pt: Rede generativa adversária,", "title: {"), 2, "'title' needs both"),
        (replaced("  en: [gan, gans, generative adversarial network]\n", ""), 2, "'aliases' needs both"),
        (replaced("kind: architecture", "kind: animal"), 2, "kind 'animal'"),
        (replaced("slides: [gans]", "slides: [gone]"), 2, "slide 'gone'"),
        (replaced("related: [vae,", "related: [gone,"), 2, "no concept is called 'gone'"),
        (replaced("by: [ian-goodfellow]", "by: [nobody]"), 2, "no concept is called 'nobody'"),
        (replaced("versus: vae", "versus: gone"), 2, "no concept is called 'gone'"),
        (replaced("\n## definition", "\nstray\n## definition"), 15, "text before the first"),
        (lambda text: text.split("\n## ")[0], 1, "at least one passage"),
        (replaced("## definition", "## banana"), 15, "'banana' does not begin with an aspect"),
        (replaced("## definition", "## definition-É"), 15, "does not begin with an aspect"),
        (replaced("source: slide gans\n", ""), 15, "no 'source:'"),
        (replaced("source: slide gans\n", "source: slide gone\n"), 16, "slide 'gone'"),
        (replaced("source: slide gans\n", "source: slide\n"), 16, "source is 'slide ID'"),
        (replaced("source: slide gans\n", "source: book gans\n"), 16, "source is 'slide ID'"),
        (replaced("source: slide gans\n", "source:\n"), 16, "expected 'source:'"),
        (replaced("source: slide gans\n", "colour: red\n"), 16, "expected 'source:'"),
        (replaced("source: slide gans\n", "a line\n"), 16, "expected 'source:'"),
        (replaced("### pt: O que é uma GAN", "### de: Was ist ein GAN"), 17, "expected '### pt: title'"),
        (replaced("### pt: O que é uma GAN", "### pt:"), 17, "expected '### pt: title'"),
        (replaced("? o que é uma GAN?\n? oq é gan\n", ""), 17, "no sample question"),
        (replaced("A GAN is a pair of networks that compete: the generator makes fake data and the discriminator tries "
                  "to spot the fraud.", ""), 21, "the passage is empty"),
        (replaced("### en: Who created the GAN", "### pt: Who created the GAN"), 26, "no '### en: title'"),
        (replaced("versus: vae\n", ""), 41, "needs 'versus: concept-id'"),
        (replaced("## who", "## definition"), 1, "two passages are called 'gan.definition'"),
    ],
)  # fmt: skip
def test_a_wrong_file_is_named_with_its_line(folder: Path, spoil: Spoil, line: int, problem: str) -> None:
    error = problem_of(folder, GAN, spoil)
    assert str(error).startswith(f"{folder / GAN}:{line}: ")
    assert problem in error.problem


def test_a_concept_in_two_sections_is_refused(folder: Path) -> None:
    (folder / "pessoas" / "gan.md").write_text((folder / GAN).read_text("utf-8"), "utf-8")
    with pytest.raises(KnowledgeError, match=r"pessoas/gan\.md:1: concept 'gan' is already in gan\.md"):
        loader.load(folder)


def test_a_file_that_is_not_utf8_is_named(folder: Path) -> None:
    (folder / GAN).write_bytes("---\ntítulo".encode("latin-1"))
    with pytest.raises(KnowledgeError, match=r"gan\.md:1: not UTF-8"):
        loader.load(folder)


def test_a_folder_without_concepts_is_refused(tmp_path: Path) -> None:
    (tmp_path / "slides.yaml").write_text("[]", "utf-8")
    with pytest.raises(KnowledgeError, match="no concept files"):
        loader.load(tmp_path)


def test_wrong_yaml_in_the_slides_is_named(folder: Path) -> None:
    assert problem_of(folder, "slides.yaml", lambda text: text + "- {id: a\n").line >= 4


def test_yaml_that_python_cannot_read_is_named(folder: Path) -> None:
    assert problem_of(folder, "slides.yaml", lambda _: "\x01").line == 1


@pytest.mark.parametrize("text", ["", "- {id: capa}", "- capa", "- {title: capa}"])
def test_wrong_slides_are_named(folder: Path, text: str) -> None:
    assert problem_of(folder, "slides.yaml", lambda _: text).path.name == "slides.yaml"


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError):
        loader.load(tmp_path / "gone")


def test_a_passage_without_twins_is_named(folder: Path) -> None:
    assert problem_of(folder, "fundamentos/camadas.md", lambda text: text.split("### pt")[0]).line == 11


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("slides: [gans]", "slides: 12"),
        ("slides: [gans]", "slides: [[gans]]"),
        ("related: [vae, rede-neural]", "related: true"),
        ("related: [vae, rede-neural]", "related: [[vae]]"),
        ("by: [ian-goodfellow]", "by: 1"),
        ("kind: architecture", "kind: [architecture]"),
        ("pt: [gan, gans, rede generativa adversária]", "pt: gan"),  # taken letter by letter
        ("year: 2014", "year: '2014'"),  # never equals a question's year
        ("figure: gan", "figure: [gan]"),
    ],
)
def test_a_value_of_a_wrong_type_is_named(folder: Path, old: str, new: str) -> None:
    assert problem_of(folder, GAN, replaced(old, new)).path.name == "gan.md"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("### en: What a GAN is", "### pt: Outra\nOutra GAN.\n? outra?\n### en: What a GAN is"),
        ("source: slide gans\n", "source: slide gans\nsource: slide capa\n"),
    ],
)
def test_the_same_thing_twice_is_refused(folder: Path, old: str, new: str) -> None:
    assert problem_of(folder, GAN, replaced(old, new)).path.name == "gan.md"
