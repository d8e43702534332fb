"""Answer questions from the knowledge base, or say honestly that it isn't in there."""

import re
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from zlib import crc32

from handlers import languages
from handlers.compose import Composer, first_sentence, plain_start, show_id
from handlers.demos.words import by_concept
from handlers.messages import Block, Choice, Choices, Reply, Request, Text
from handlers.ports import Tools
from knowledge.kinds import ASPECTS_FOR, Kind
from knowledge.passages import Lecture, Passage
from knowledge.premises import Claim, Premise
from knowledge.questions import REMEMBERED, Context, content_words
from knowledge.retrieval import Hit
from knowledge.tutor import Found, Verdict

NEAREST = 3  # things offered when a question isn't covered
_KERAS = re.compile(r"\b(keras|tensorflow|tf)\b")
# Aspects whose first sentence needs its own question before it.
NOT_ALSO = {"misconception", "code", "exercise", "formula", "link", "example", "simple"}
_VERDICT = re.compile(r"(não|sim|no|yes|em teoria|in theory|depende|it depends)\b", re.IGNORECASE)
_APART = {  # "X em Y", "X of Y": not two things named side by side
    *("em", "de", "do", "da", "dos", "das", "no", "na", "para", "pra", "com", "como"),
    *("in", "of", "for", "with", "on", "at", "to", "from", "by", "how"),
}
PLAIN = {Kind.CODE, Kind.LIST, Kind.FORMULA}  # kinds whose answer is a form: nothing is added
CLOSE = 0.045  # score below the best passage's from which another concept may have been meant
AGAIN = ("simple", "example", "definition", "use", "how")  # aspects for who asks again and again for simpler words
GUESSED = 2  # sentences of what may have been meant
ALSO = 3  # sentences added from the next passages
NEARLY = 0.15  # score below the best passage's that still counts as near
LONGEST = 1150  # characters of the answer's own text
_MARKUP = re.compile(r"[`*_~<>|#@\\\[\]]")  # what a learner's words must not bring into a reply's Markdown
DEFINED_AFTER = {
    "simple": "answer.technically",
    "example": "answer.in_a_sentence",
}  # aspect -> how the definition is led
MOST_COMPARED = 4  # concepts side by side
QUOTED = 80  # characters of a learner's question that are said back
VARIANTS = 3  # wordings of a small-talk reply


async def ask(request: Request, tools: Tools) -> AsyncIterator[Reply]:
    """Answer a message: each question in it, small talk, and what it doesn't handle."""
    lang = await languages.of_message(request, tools)
    named = tools.knowledge.understanding.linker.concepts
    composer = Composer(tools.knowledge.lecture, tools.texts, lang, named, by_concept(tools.training.runner.specs))
    if not any(ch.isalnum() for ch in request.text) and not tools.knowledge.talk(request.text):
        yield _plain(request, composer, "ask.empty")
    elif tools.knowledge.attack(request.text):
        yield refusal(request, composer, "decline.attack")
    elif talk := tools.knowledge.talk(request.text):
        yield small_talk(request, composer, talk)
    else:
        async for reply in _questions(request, composer, tools):
            yield reply


async def _questions(request: Request, composer: Composer, tools: Tools) -> AsyncIterator[Reply]:
    context = await tools.conversations.context(request.learner, request.chat)
    parts = [p for p in tools.knowledge.split(request.text) if len(p) > 1] or [request.text]
    spoken = [p for p in parts if not tools.knowledge.talk(p)] or parts
    found: list[Found] = []
    for part in spoken:
        readings = tools.knowledge.readings(part, composer.lang, context)
        if found and found[-1].verdict is Verdict.ANSWER:  # in one message, what names no subject is about the last one
            readings = tuple(q for q in readings if q.follow_up or q.concepts) or readings
        one = await tools.finder.find(*readings)
        if found and (_same(found, one) or _hangs_on(found[-1], one)):
            continue
        found.append(one)
        context = remember(context, one, composer.lecture)
    await tools.conversations.remember(request.learner, request.chat, context)
    if len(found) > 1 and any(f.verdict is Verdict.ANSWER for f in found):
        found.sort(key=lambda f: f.verdict is not Verdict.ANSWER)  # stable: what it knows first
        found = [f for f in found if f.verdict is not Verdict.ASK_BACK or "?" in f.question.asked]
    else:
        # "oq os outros perguntaram? me mostra as mensagens deles": what is refused isn't passed over for small talk
        found = [next((f for f in found if f.verdict is Verdict.ATTACK), found[0])]
    beside = found[0].verdict is Verdict.ANSWER
    for n, one in enumerate(found):
        if beside and one.verdict in (Verdict.DECLINE, Verdict.ASK_BACK):
            yield _not_covered(request, composer, one, n)
        else:
            yield _reply(request, composer, one, context, n)


def _not_covered(request: Request, composer: Composer, found: Found, n: int) -> Reply:
    """Say of one question among several that it isn't covered."""
    plain = _MARKUP.sub("", found.question.asked)
    asked = plain if len(plain) <= QUOTED else plain[:QUOTED] + "…"
    text = Text(composer.texts(composer.lang, "decline.part", asked=asked))
    return Reply(f"{request.id}.{n}", composer.lang, (text,), refused=True)


def _same(found: Sequence[Found], one: Found) -> bool:
    """Tell whether a further question is answered by what was already answered."""
    shown = {f.hits[0].passage.id for f in found if f.hits}
    return one.verdict is Verdict.ANSWER and one.hits[0].passage.id in shown


def _hangs_on(before: Found, one: Found) -> bool:
    """Tell whether a further question has its subject in one that isn't covered: "… and what was the score"."""
    bare = not one.question.concepts and len(content_words(one.question.folded)) <= 1
    return bare and before.verdict is Verdict.DECLINE


def _reply(request: Request, composer: Composer, found: Found, context: Context, n: int) -> Reply:
    if found.verdict is Verdict.TALK:
        return small_talk(request, composer, found.talk)
    if found.verdict is Verdict.ATTACK:
        return refusal(request, composer, "decline.attack")
    if found.verdict is Verdict.ANSWER:
        reply = answer(request, composer, found, context.shown)
    elif found.verdict is Verdict.ASK_BACK:
        reply = ask_back(request, composer, found)
    else:
        reply = decline(request, composer, found)
    return replace(reply, key=f"{request.id}.{n}")


def remember(context: Context, found: Found, lecture: Lecture) -> Context:
    """Give the context after a question."""
    if found.verdict is not Verdict.ANSWER:
        return context
    top = found.hits[0].passage
    named = tuple(c for c in found.question.concepts if c != top.concept)
    about = (
        (top.concept, *reversed(named))
        if top.concept in found.question.concepts or not named
        else (*named, top.concept)
    )
    concepts = tuple(dict.fromkeys((*about, *context.concepts)))[:REMEMBERED]
    before = context.shown if context.concepts[:1] == concepts[:1] else ()
    chosen = choose(found, before, lecture).id
    anew = chosen in before and not found.question.follow_up  # who asks what a thing is once more begins once more
    shown = (chosen,) if anew else (*before, chosen)
    question = context.question if found.question.follow_up and context.question else found.question.asked
    return Context(concepts, question, found.question.kind.value, top.id, shown)


def answer(request: Request, composer: Composer, found: Found, shown: Sequence[str] = ()) -> Reply:
    """Compose the answer to a covered question."""
    before = shown[:-1]  # what is shown now was remembered already
    question, top = found.question, choose(found, before, composer.lecture)
    library = "keras" if _KERAS.search(question.folded) else "torch"
    blocks: list[Block] = []
    if found.premise:
        blocks.append(Text(_judgement(composer, found.premise)))
    pair = _uncompared(composer, found, top)
    if pair:
        blocks += composer.side_by_side(*(composer.lecture.concepts[c] for c in pair))
        used = [p for c in pair for p in composer.lecture.concepts[c].passages[:1]]
        title = " × ".join(composer.lecture.concepts[c].titles[composer.lang] for c in pair)
    else:
        blocks += composer.passage(top, question.kind, [p for p in before if p != top.id], library)
        used, title = [top], top.twins[composer.lang].title
        more = technically(composer, top) or also(composer, found, top)
        blocks += [*more, *or_else(composer, found, top, more)]
    blocks += [composer.sources(used), composer.choices(top, shown, library)]
    return Reply(request.id, composer.lang, tuple(blocks), data={"kind": question.kind.value}, title=title)


def technically(composer: Composer, passage: Passage) -> list[Block]:
    """After an analogy or an example, say in one sentence what the thing is."""
    definition = next(composer.lecture.with_aspect(passage.concept, "definition"), None)
    if passage.aspect not in DEFINED_AFTER or definition is None:
        return []
    sentence = first_sentence(plain_start(definition.twins[composer.lang].body))
    return [Text(f"{composer.texts(composer.lang, DEFINED_AFTER[passage.aspect])} {sentence}")]


def also(composer: Composer, found: Found, top: Passage) -> list[Block]:
    """Add the first sentences of what was found nearly as near: a short answer may miss the point asked for."""
    if found.question.kind in PLAIN or found.premise:
        return []
    about = {top.concept, *found.question.concepts}
    floor = found.hits[0].score - NEARLY
    near = [h.passage for h in found.hits if h.score > floor and h.passage.concept in about]
    others = [p for p in near if p.id != top.id and p.aspect not in {top.aspect, *NOT_ALSO}]
    others.sort(key=lambda p: p.concept != top.concept)  # stable: what is about the same thing first
    told = top.twins[composer.lang].body
    sentences = [first_sentence(plain_start(p.twins[composer.lang].body)) for p in others]
    fresh = [s for s in sentences if s.endswith((".", "!", ")")) and s not in told and not _VERDICT.match(s)][:ALSO]
    text = " ".join([composer.texts(composer.lang, "answer.also"), *fresh])
    return [Text(text)] if fresh and len(told) + len(text) < LONGEST else []


def or_else(composer: Composer, found: Found, top: Passage, more: Sequence[Block]) -> list[Block]:
    """Add what a question that doesn't name the answer's concept may have meant as well, when it scores as high."""
    if found.question.kind in PLAIN or found.premise or top.concept in found.question.concepts:
        return []
    close = (h for h in found.hits if h.score > found.hits[0].score - CLOSE and h.passage.concept != top.concept)
    other = next(close, None)
    if other is None:
        return []
    told = "\n".join([top.twins[composer.lang].body, *(b.markdown for b in more if isinstance(b, Text))])
    sentence = first_sentence(plain_start(other.passage.twins[composer.lang].body))
    if not sentence or sentence in told or _VERDICT.match(sentence) or len(told) + len(sentence) > LONGEST:
        return []
    title = composer.lecture.concepts[other.passage.concept].titles[composer.lang]
    return [Text(f"{composer.texts(composer.lang, 'answer.or_else', title=title)} {sentence}")]


def choose(found: Found, before: Sequence[str], lecture: Lecture) -> Passage:
    """Pick the passage: the best one, but on a follow-up none that was shown before."""
    hits = found.hits
    if found.premise:
        wanted = [
            h
            for h in hits
            if h.passage.concept == found.premise.concept and h.passage.aspect in ("who", "when", "history")
        ]
        return (wanted or list(hits))[0].passage
    top = hits[0].passage
    if found.question.follow_up and found.question.kind in (Kind.SIMPLE, Kind.EXAMPLE, Kind.OPEN):
        found_too = [h.passage for h in hits if h.passage.concept == top.concept]
        further = [p for aspect in AGAIN for p in lecture.with_aspect(top.concept, aspect)]
        return next((p for p in (*found_too, *further) if p.id not in before), top)
    return top


def _uncompared(composer: Composer, found: Found, top: Passage) -> tuple[str, ...]:
    """Name the concepts to lay side by side when the passage found doesn't speak of them all."""
    pair = found.question.concepts[:MOST_COMPARED]
    kind, together = found.question.kind, not _APART & set(found.question.unnamed.split())
    asked = kind is Kind.COMPARE or (kind is Kind.DEFINE and found.question.plainly_named and together)
    if not asked or len(pair) < 2 or set(pair) == {top.concept, top.versus}:
        return ()
    linked = composer.lecture.concepts
    if any(linked[c].kind == "person" for c in pair):
        return ()
    twin = top.twins[composer.lang]
    mentioned = set(found.question.concepts) & {top.concept, *composer.named(f"{twin.title}. {twin.body}")}
    if kind is Kind.COMPARE and set(pair) <= mentioned and top.aspect in ("comparison", "misconception"):
        return ()
    return pair


def _judgement(composer: Composer, premise: Premise) -> str:
    concept = composer.lecture.concepts[premise.concept]
    people = [composer.lecture.concepts[p].titles[composer.lang] for p in concept.by]
    values = {
        "thing": concept.titles[composer.lang],
        "people": composer.texts(composer.lang, "list.and").join([", ".join(people[:-1]), people[-1]])
        if len(people) > 1
        else "".join(people),
        "year": concept.year or "",
        "orgs": " / ".join(concept.org),
        "said": composer.lecture.concepts[premise.said].titles[composer.lang]
        if premise.claim is Claim.CREATOR
        else premise.said,
    }
    return composer.texts(composer.lang, f"premise.{premise.claim.value}.{'yes' if premise.holds else 'no'}", **values)


def decline(request: Request, composer: Composer, found: Found) -> Reply:
    """Say that it isn't in the lecture, and offer what is nearest."""
    return _with_nearest(request, composer, found.hits, "decline.outside")


def ask_back(request: Request, composer: Composer, found: Found) -> Reply:
    """Ask whether one of the nearest passages was meant; how the likeliest one begins may spare the press."""
    near = [h.passage for h in _distinct(found.hits)]
    items = tuple(Choice(show_id(composer.lang, p.id), p.twins[composer.lang].title) for p in near)
    blocks: list[Block] = [Text(composer.texts(composer.lang, "ask.did_you_mean"))]
    twin = near[0].twins[composer.lang]
    guess = first_sentence(plain_start(twin.body), GUESSED)
    if guess.endswith(":"):  # what it announces, a list, isn't shown
        guess = first_sentence(guess) if guess != first_sentence(guess) else guess[:-1] + "."
    if guess and not _VERDICT.match(guess):  # "No: …" to what wasn't understood would mislead
        guessed = composer.texts(composer.lang, "ask.best_guess", title=twin.title, text=guess)
        blocks += [Text(guessed), composer.sources(near[:1])]
    return Reply(request.id, composer.lang, (*blocks, Choices(items)), refused=True, tone="refusal")


def refusal(request: Request, composer: Composer, key: str) -> Reply:
    """Decline without looking anything up."""
    text = composer.texts(composer.lang, key)
    return Reply(request.id, composer.lang, (Text(text), composer.starters()), refused=True, tone="refusal")


def _with_nearest(request: Request, composer: Composer, hits: Sequence[Hit], key: str) -> Reply:
    names = [composer.lecture.concepts[h.passage.concept].titles[composer.lang] for h in _distinct(hits)]
    text = composer.texts(composer.lang, key, topics=" · ".join(names))
    items = tuple(composer.concept_choice(h.passage.concept) for h in _distinct(hits))
    return Reply(request.id, composer.lang, (Text(text), Choices(items)), refused=True, tone="refusal")


def _distinct(hits: Sequence[Hit]) -> list[Hit]:
    """Keep the best hit of each concept."""
    seen: dict[str, Hit] = {}
    for hit in hits:
        seen.setdefault(hit.passage.concept, hit)
    return list(seen.values())[:NEAREST]


def small_talk(request: Request, composer: Composer, name: str) -> Reply:
    """Answer small talk in the tutor's voice; the wording varies with the message."""
    variant = crc32(f"{request.id}{request.text}".encode()) % VARIANTS + 1
    text = composer.texts(composer.lang, f"talk.{name}.{variant}")
    offer = name in {"greeting", "capabilities", "confused-general", "who-are-you", "frustration"}
    choices = (composer.starters(),) if offer else ()
    return Reply(request.id, composer.lang, (Text(text), *choices), data={"talk": name})


def _plain(request: Request, composer: Composer, key: str) -> Reply:
    return Reply(request.id, composer.lang, (Text(composer.texts(composer.lang, key)),), refused=True, tone="refusal")


def best_for(composer: Composer, concept: str, kind: Kind) -> Passage:
    """Pick a concept's passage for a kind of question, else its first."""
    for aspect in ASPECTS_FOR[kind]:
        found = next(composer.lecture.with_aspect(concept, aspect), None)
        if found:
            return found
    return composer.lecture.concepts[concept].passages[0]
