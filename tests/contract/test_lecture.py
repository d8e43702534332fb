"""The knowledge base keeps its own rules (`knowledge/lecture/README.md`) and corrects the lecture where it must."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from markdown_it import MarkdownIt

from bot.texts import Catalogues
from knowledge import code_examples, figures, formulas, linking
from knowledge.attacks import is_attack
from knowledge.passages import LANGS, Lang, Lecture, Passage, Twin
from knowledge.phrases import PhraseClass, Phrases
from knowledge.text import clean

LONGEST_ID = 60  # bytes of "p:pt:<id>": Telegram allows 64 in a button, and "s:pt:" is two longer
FIRST = {"definition", "who", "list", "link"}
SENTENCE = re.compile(r"(?<=[.!?])\s+")
LINK = re.compile(r"(?:https?://|www\.)[^\s<>\"]+|\]\(([^)]*)\)")
GARBAGE = ("1406.2891", "Proteobots", "Pythorch", "PLtBw6njORU", "7sB052PzOsQ")
MAY_QUOTE = {"Pythorch"}  # in a note that corrects it
ALLOWED = {
    *("paragraph_open", "paragraph_close", "inline", "fence", "hr"),
    *("bullet_list_open", "bullet_list_close", "ordered_list_open", "ordered_list_close"),
    *("list_item_open", "list_item_close", "table_open", "table_close", "thead_open", "thead_close"),
    *("tbody_open", "tbody_close", "tr_open", "tr_close", "th_open", "th_close", "td_open", "td_close"),
}
MARKDOWN = MarkdownIt("commonmark").enable("table")


def twins(lecture: Lecture) -> Iterator[tuple[Passage, Lang, Twin]]:
    return ((p, lang, p.twins[lang]) for p in lecture.passages.values() for lang in LANGS)


def said(passage: Passage, lang: Lang) -> str:
    twin = passage.twins[lang]
    return "\n".join((twin.title, twin.body, twin.note))


def test_the_lecture_is_large(lecture: Lecture) -> None:
    assert len(lecture.concepts) >= 60
    assert len(lecture.passages) >= 400


def test_every_slide_has_a_passage(lecture: Lecture) -> None:
    cited = {slide for p in lecture.passages.values() for slide in p.source.slides}
    assert set(lecture.slides) - cited == set()


def test_every_concept_begins_by_saying_what_it_is(lecture: Lecture) -> None:
    assert [c.id for c in lecture.concepts.values() if c.passages[0].aspect not in FIRST] == []


def test_every_passage_has_three_questions_a_language(lecture: Lecture) -> None:
    assert [(p.id, lang) for p, lang, twin in twins(lecture) if len(twin.questions) < 3] == []


def test_no_question_is_written_twice_in_a_passage(lecture: Lecture) -> None:
    assert [(p.id, lang) for p, lang, twin in twins(lecture) if len(set(twin.questions)) < len(twin.questions)] == []


def test_every_passage_is_of_a_readable_length(lecture: Lecture) -> None:
    assert [(p.id, lang, len(t.body)) for p, lang, t in twins(lecture) if not 120 <= len(t.body) <= 1200] == []


def test_every_passage_has_a_first_sentence(lecture: Lecture) -> None:
    firsts = {(p.id, lang): SENTENCE.split(twin.body.strip(), maxsplit=1)[0] for p, lang, twin in twins(lecture)}
    assert [key for key, sentence in firsts.items() if not any(ch.isalnum() for ch in sentence)] == []


def test_every_id_fits_into_a_button(lecture: Lecture) -> None:
    assert [p for p in lecture.passages if len(f"p:pt:{p}".encode()) > LONGEST_ID] == []


def test_every_figure_is_there(lecture: Lecture) -> None:
    named = {c.figure for c in lecture.concepts.values() if c.figure}
    paths = [figures.path(f, lang, theme) for f in named for lang in LANGS for theme in figures.THEME_NAMES]
    assert named <= set(figures.names())
    assert [path.name for path in paths if not path.is_file()] == []


def test_every_formula_is_there(lecture: Lecture) -> None:
    named = {c.formula for c in lecture.concepts.values() if c.formula}
    paths = [formulas.get(f).path(theme) for f in named for theme in figures.THEME_NAMES]
    assert [path.name for path in paths if not path.is_file()] == []


def test_every_code_example_is_there(lecture: Lecture) -> None:
    named = {p.code for p in lecture.passages.values() if p.code}
    assert named and all(code_examples.listings(name) for name in named)


def test_code_stands_on_passages_about_code(lecture: Lecture) -> None:
    assert [p.id for p in lecture.passages.values() if p.code and p.aspect != "code"] == []


@pytest.mark.parametrize("garbage", GARBAGE)
def test_what_the_slides_garbled_is_not_repeated(lecture: Lecture, garbage: str) -> None:
    quoted = garbage in MAY_QUOTE
    texts = {
        (p.id, lang): (t.title, t.body, *t.questions, *([] if quoted else [t.note])) for p, lang, t in twins(lecture)
    }
    assert [key for key, parts in texts.items() if any(garbage in part for part in parts)] == []


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize(
    ("concept", "patterns"),
    [
        ("alexnet", (r"84[.,]7", r"top-5")),
        ("gan", (r"1406\.2661",)),
        ("alphago", (r"AlphaGo Zero",)),
        ("premio-turing", (r"\b2018\b", r"\b2019\b")),
    ],
)
def test_a_slip_of_the_lecture_is_corrected(
    lecture: Lecture, concept: str, patterns: tuple[str, ...], lang: Lang
) -> None:
    texts = [said(p, lang) for p in lecture.concepts[concept].passages]
    assert any(all(re.search(pattern, text) for pattern in patterns) for text in texts)


def test_the_accuracy_of_alexnet_always_says_that_it_is_top_5(lecture: Lecture) -> None:
    told = [(p.id, said(p, lang)) for p, lang, _ in twins(lecture)]
    assert [key for key, text in told if re.search(r"84[.,]7", text) and "top-5" not in text] == []


def test_the_styles_of_tensorflow_and_pytorch_are_put_right(lecture: Lecture) -> None:
    for name in ("tensorflow", "pytorch"):
        notes = [p.twins[lang].note for p in lecture.concepts[name].passages for lang in LANGS]
        assert any("TensorFlow" in note and "slide" in note for note in notes)


def test_every_link_is_well_formed(lecture: Lecture) -> None:
    found = [(p.id, m) for p, lang, _ in twins(lecture) for m in LINK.finditer(said(p, lang))]
    wrong = []
    for passage, match in found:
        parts = urlsplit((match[1] or match[0]).rstrip("*.,;:)"))
        if parts.scheme not in ("http", "https") or "." not in parts.netloc:
            wrong.append((passage, match[0]))
    assert found and wrong == []


def test_a_comparison_begins_with_a_table(lecture: Lecture) -> None:
    pairs = [(p.id, lang, t) for p, lang, t in twins(lecture) if p.aspect == "comparison"]
    assert [key for *key, t in pairs if MARKDOWN.parse(t.body)[0].type != "table_open"] == []


def test_a_comparison_names_another_concept(lecture: Lecture) -> None:
    pairs = [p for p in lecture.passages.values() if p.aspect == "comparison"]
    assert [p.id for p in pairs if p.versus not in lecture.concepts or p.versus == p.concept] == []


def test_every_passage_is_plain_markdown_without_html(lecture: Lecture) -> None:
    wrong = []
    for passage, lang, twin in twins(lecture):
        tokens = MARKDOWN.parse(f"{twin.body}\n\n{twin.note}")
        inline = [child.type for token in tokens for child in token.children or () if child.type == "html_inline"]
        strange = {token.type for token in tokens} - ALLOWED | {*inline}
        wrong += [(passage.id, lang, kind) for kind in strange]
    assert wrong == []


def test_the_rows_of_a_table_are_of_one_length(lecture: Lecture) -> None:
    wrong = []
    for passage, lang, twin in twins(lecture):
        for table in re.findall(r"(?:^\|.*\|[ ]*$\n?)+", twin.body, re.MULTILINE):
            if len({row.count("|") - row.count(r"\|") for row in table.strip().splitlines()}) > 1:
                wrong.append((passage.id, lang))
    assert wrong == []


def test_no_passage_calls_everyone(lecture: Lecture) -> None:
    assert [p.id for p, lang, _ in twins(lecture) if re.search(r"@(everyone|here)\b", said(p, lang))] == []


def test_the_twins_tell_the_same_years(lecture: Lecture) -> None:
    """A year that only one language tells is a slip of the pen."""
    years = [(p.id, *({*re.findall(r"\b(?:19[4-9]\d|20[0-2]\d)(?=s?\b)", p.twins[lang].body)} for lang in LANGS))
             for p in lecture.passages.values()]  # fmt: skip
    assert [key for key, pt, en in years if pt != en] == []


def test_every_concept_is_found_by_its_own_names(lecture: Lecture) -> None:
    linker = linking.build(lecture)
    names = [
        (c.id, name) for c in lecture.concepts.values() for lang in LANGS for name in (*c.aliases[lang], c.titles[lang])
    ]
    assert [(c, name) for c, name in names if c not in linker.exact(name)] == []


def test_no_sample_question_is_refused_as_an_attack(lecture: Lecture) -> None:
    assert [q for _, _, twin in twins(lecture) for q in twin.questions if is_attack(clean(q))] == []


def test_no_name_of_a_concept_is_refused_as_an_attack(lecture: Lecture) -> None:
    names = {name for c in lecture.concepts.values() for lang in LANGS for name in c.aliases[lang]}
    assert [name for name in names if is_attack(f"o que é {name}?") or is_attack(f"what is {name}?")] == []


def test_no_sample_question_is_small_talk(lecture: Lecture, classes: tuple[PhraseClass, ...]) -> None:
    phrases = Phrases(classes)
    asked = [q for _, _, twin in twins(lecture) for q in twin.questions][::3]  # each takes half a millisecond
    assert [q for q in asked if phrases.said(clean(q))] == []


def test_there_is_every_kind_of_chat(classes: tuple[PhraseClass, ...]) -> None:
    assert {c.kind for c in classes} == {"talk", "attack", "outside"}
    assert all(len(c.phrases) >= 20 for c in classes)


@pytest.mark.parametrize("lang", LANGS)
def test_all_small_talk_has_three_replies(classes: tuple[PhraseClass, ...], lang: Lang) -> None:
    texts = Catalogues()
    replies = [texts(lang, f"talk.{c.name}.{n}") for c in classes if c.kind == "talk" for n in (1, 2, 3)]
    assert replies and all(replies)


def test_no_phrase_is_in_two_classes(classes: tuple[PhraseClass, ...]) -> None:
    owners: dict[str, set[str]] = {}
    for phrase_class in classes:
        for phrase in phrase_class.phrases:
            owners.setdefault(phrase.casefold().strip(" ?!."), set()).add(phrase_class.name)
    assert {phrase: names for phrase, names in owners.items() if phrase and len(names) > 1} == {}


def test_every_phrase_of_small_talk_is_recognised(classes: tuple[PhraseClass, ...]) -> None:
    phrases = Phrases(classes)
    assert [p for p, c in phrases.flat if c.kind == "talk" and phrases.said(clean(p)) is not c] == []
