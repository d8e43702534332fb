"""Understand a message: split it into questions; for each its language, kind, concepts and what it follows up."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from knowledge.kinds import Kind, kinds_of
from knowledge.language import LanguageModel
from knowledge.light import LIGHT
from knowledge.linking import Linker, Mention
from knowledge.passages import LANGS, Lang, Lecture
from knowledge.text import clean, expand_shorthand, fold, words

MAX_PARTS = 4  # questions answered in one message
REMEMBERED = 4  # concepts kept for follow-ups
FEW = 4  # words
TELLING = 0.25  # 0..1: how specific a concept is for its code to be meant, not a library's
SHORT = 8  # words: a longer question tells its own subject
_FOLLOW_START = re.compile(
    r"^((and )?(what|how) about|e quanto a|e|and|mas|but|entao|so|ok|certo|ta|tá|hm+|ah|oh|agora|now)\b[ ,]*"
)
_ANAPHORA = re.compile(
    r"\b(el[ea]s?|dela|dele|delas|deles|nela|nele|nelas|neles|iss[oe]|ist[oe]|ess[ea]s?|est[ea]s?|dis[st]o|niss[oe]|nisto|"
    r"dess[ea]s?|dest[ea]s?|ness[ea]s?|aquil[oe]|daquil[oe]|os dois|as duas|ambos|ambas|it|its|that|this|they|them|their|"
    r"those|these|he|his|she|both|the (first|second|two)|mesm[oa]|outr[oa])\b"
)
_PAIRS = re.compile(
    r"\b(el[ea]s?|dela|dele|com|para|ao?|do|da|it|that|this|iss[oe]|ess[ea]|to|from|than|outr[oa]|other)\b"
)
_AS_WRITTEN = re.compile(r"[^\W_]+(?:[.-][^\W_]+)*")  # the tokens of `words`, in their own letters
_WHICH_ONE = re.compile(r"^(e |and )?(qual|which)( one| dos| das| of)?\b")
_ABOUT = re.compile(r"^(and )?(what|how) about\b|^e quanto a\b")
_FOR = re.compile(r"^(em|para|pra|com|de|no|na|nos|nas|in|for|with|on|and for|se for|if)\b")
_IN_CODE = re.compile(  # "e em python como fica?"
    r"^((e|and|but|mas|so|ok) )?((como|how) (fica|seria|e|faco|faz|do i do|would)( (isso|it|that))? )?(em|no|com|in|with|using) "
    r"(python|pytorch|keras|tensorflow)( (como|how)( q| que)?( (fica|seria|e|faz|faco))?)?$"
)
ORDINARY = {
    *(Kind.DEFINE, Kind.HOW, Kind.WHY, Kind.USE, Kind.WHO, Kind.WHEN, Kind.SIMPLE, Kind.EXAMPLE, Kind.CODE),
    *(Kind.FORMULA, Kind.LIMITS, Kind.HISTORY),
}
_KIN = re.compile(
    r"\b(pais?(?! d[aoe]s?\b)|maes?|filh[oa]s?|irma(os?|s)?|prim[oa]s?|avos?|father(?! of)|dad|mother|mom|kids?|children)\b"
)  # light words that, of a person, ask for what the lecture doesn't tell
_NOW = re.compile(
    r"\b(how old|(?<!\bha )quantos anos|(this|last|next) year|(n?[ed]?ste|n?[ed]?sse) ano|ano (passado|que vem))\b"
)
_PRICE = re.compile(
    r"\b((quanto|qto) (e que )?(custa\w*|ta|esta|sai|fica|e)\b|custa\w* quanto|prec(o|os|inho)|prices?|pric(ey|ing)|"
    r"how much (is|are|does|do|for|would)|costs?\b(?! function)|mensalidade|assinatura|subscription|salario|salary)\b"
)
_FORMS = {Kind.CODE, Kind.FORMULA, Kind.EXAMPLE, Kind.SIMPLE}  # "e em código?" asks for a form, not for another thing
_PLURAL_PAIR = re.compile(
    r"\b(el[ea]s|entre (el[ea]s|os dois|as duas)|os dois|as duas|ambos|ambas|them|the two|both|these|those|they)\b"
)
_SPLIT = re.compile(
    r"(?<=[?!])\s+|\n+|;\s+|(?<=[a-z?])\s+(?:e tambem|and also|além disso|alem disso)\s+", re.IGNORECASE
)
_ASKS = (
    r"(?:o ?q(?:ue)? (?:é|e|eh|são|sao|significa|faz|cada|acontece|muda)|quem|quando|como|por ?que|pq|qual|quais|em q(?:ue)? ano|"
    r"p(?:a?ra)? ?q(?:ue)?|quant[oa]s|onde|desde quando|since when|h[aá] quanto tempo|what|whats|who|whos|when|how|why|which|where)\b"
)
_DEMAND = r"(?:me (?:passa|passe|da|dá|de|dê|fala|fale|diz|diga|explica|explique|mostra|mostre|manda|ensina|conta)|(?:give|tell|show|teach|send) me)\b"
_JOIN = re.compile(
    rf",?\s+(?:e|and|&)\s+(?:(?:dps|depois|tb|tbm|também|tambem|then|also)\s+)?(?={_ASKS}|{_DEMAND})", re.IGNORECASE
)
_LISTED = re.compile(rf"{_JOIN.pattern}|,\s*(?={_ASKS})", re.IGNORECASE)  # in a message that begins with a question
_BEGINS = re.compile(rf"(?:{_ASKS}|{_DEMAND})", re.IGNORECASE)
_SUBJECT = re.compile(  # what stands before its questions
    r"^(?:[\w-]+\s+){0,4}[\w-]+\s*(?:[:–—-]\s+|,\s+(?=(?:o ?q|what|quem|who)))", re.IGNORECASE
)
_EITHER = re.compile(r"\b(or|ou|vs|versus)\b")  # "whats better, cursor or windsurf": what is asked about
_POLITE = re.compile(
    r"\b(por favor|pfv|please|pls|plz|obrigad[oa]|thanks|thank you|ai|mano|cara|galera|prof|professor|bot|sinapse|hey|oi|ola|hi|hello|"
    r"bom dia|boa (tarde|noite)|gente|pessoal|mds|kkk+|rs+|lol|tipo|assim|entao|bro|dude|man|so)\b"
)
_CLAUSES = re.compile(
    r"[,;:()!?\n]+|\.(?=\s|$)|\b(?:mas|but|so que|e que|pq eu|por que eu|porque|because|cuz|que eu|aí|sabe|kkk+)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Context:
    """What a conversation was last about; kept for follow-ups."""

    concepts: tuple[str, ...] = ()  # the newest first
    question: str = ""
    kind: str = ""
    passage: str = ""
    shown: tuple[str, ...] = ()  # passages shown since the concept came up


@dataclass(frozen=True, slots=True)
class Question:
    """One question, understood."""

    asked: str  # as it came, cleaned
    text: str  # shorthand spelled out, follow-ups completed: what retrieval sees
    folded: str
    lang: Lang
    kinds: tuple[Kind, ...]
    concepts: tuple[str, ...]
    follow_up: bool = False
    unnamed: str = ""  # the folded words that don't name a concept
    of_person: bool = False  # it names somebody
    unlinked: str = ""  # the words as they came, without those that name a concept
    exact: bool = False  # its concepts are named letter by letter
    sharpened: bool = False  # it is only the part of a message that asks
    core: str = ""  # the folded clauses that ask or name something: what is left of a message without its chat

    @property
    def bare(self) -> bool:
        """Tell whether it follows up and says no more than a name: "quem criou?", "mais simples", "e a LSTM?"."""
        return self.follow_up and not content_words(self.unnamed)

    @property
    def plain(self) -> bool:
        """Tell whether it asks an ordinary thing of a named concept, and says no more: "quem foi o Hinton?"."""
        if not self.plainly_named:
            return False
        if len(self.concepts) > 1:
            return Kind.COMPARE in self.kinds
        return bool(ORDINARY & set(self.kinds)) and not self.private

    @property
    def plainly_named(self) -> bool:
        """Tell whether it names its concepts letter by letter and says nothing else about them."""
        return self.exact and not content_words(self.unnamed)

    @property
    def private(self) -> bool:
        """Tell whether it asks for somebody's family or age, for this year's news or for a price."""
        if Kind.SIMPLE in self.kinds:
            return False
        if _PRICE.search(self.folded):
            return True
        return bool(_NOW.search(self.folded)) or (self.of_person and bool(_KIN.search(self.folded)))

    @property
    def kind(self) -> Kind:
        """Give the leading kind."""
        return self.kinds[0] if self.kinds else Kind.OPEN


@dataclass(frozen=True)
class Understanding:
    """The pure analysis of messages over one lecture."""

    lecture: Lecture
    language: LanguageModel
    linker: Linker

    def language_of(self, text: str, default: Lang) -> Lang:
        """Name a message's language; names of concepts, alike in both, don't count."""
        text = clean(text)
        rest = self._unnamed(text)
        plain = rest + " " + "".join(ch for ch in text if ch in "ãõçáéíóúâêôà") if rest else ""
        pt, en = (self.language.detect(plain, lang) for lang in LANGS)
        return pt if rest and pt == en else self.language.detect(text, default)  # else the names may tell

    def parts(self, message: str) -> list[str]:
        """Split a message into the questions in it."""
        whole = clean(message)
        pieces = [span for span in _between(_SPLIT, whole, (0, len(whole))) if whole[slice(*span)].strip()]
        halves = (
            half
            for piece in pieces
            for half in _between(_LISTED if _lists(whole[slice(*piece)].strip()) else _JOIN, whole, piece)
        )
        merged: list[tuple[int, int]] = []
        for half in halves:
            if merged and not self._stands_alone(whole[slice(*merged[-1])]):
                merged[-1] = (merged[-1][0], half[1])
            else:
                merged.append(half)
        if len(merged) > 1 and not self._stands_alone(whole[slice(*merged[-1])]):
            last = merged.pop()
            merged[-1] = (merged[-1][0], last[1])
        return [part for span in merged[:MAX_PARTS] if (part := whole[slice(*span)].strip())] or [whole]

    def _stands_alone(self, part: str) -> bool:
        """Tell whether a piece is a question by itself: it asks, and says about what."""
        folded = fold(part)
        bare = _POLITE.sub("", folded).strip(" ,.!?")
        count = len(words(bare))
        asks = "?" in part or kinds_of(expand_shorthand(folded, "pt")) or (_BEGINS.match(folded) and count >= FEW)
        return bool(bare and asks) and count >= 2

    def understand(self, part: str, lang: Lang, context: Context) -> Question:
        """Analyse one question; where it can be read in two ways, the first one."""
        return self.readings(part, lang, context)[0]

    def readings(self, part: str, lang: Lang, context: Context) -> tuple[Question, ...]:
        """Analyse one question: by itself, as a follow-up of the conversation, or, where both may be, both."""
        text = expand_shorthand(part, lang)
        folded = fold(text).strip()
        alone = self._by_itself(part, text, folded, lang)
        in_code = bool(context.concepts and _IN_CODE.match(folded.rstrip(" ?!.")))
        if in_code:
            alone = replace(alone, kinds=(Kind.CODE,), concepts=(), unnamed="")
        if not context.concepts:
            return (self._named(alone), *self._sharpened(alone))
        bare = _FOLLOW_START.sub("", folded)
        short, opened = len(words(bare)) <= SHORT, bare != folded
        if alone.concepts and not (short and self._may_continue(alone)):
            return (self._named(self._with_context(alone, context, opened)), *self._sharpened(alone))
        if in_code or not content_words(folded):
            return (self._follow_up(alone, context),)
        if opened and short:
            return self._opened(alone, bare, context)
        if short or _ANAPHORA.search(folded):
            return (self._named(alone), self._follow_up(alone, context))
        return (self._named(alone),)

    def _by_itself(self, part: str, text: str, folded: str, lang: Lang) -> Question:
        kinds, mentions = kinds_of(folded), self.linker.mentions(text)
        concepts = tuple(dict.fromkeys(m.concept for m in mentions))
        return Question(
            part,
            text,
            folded,
            lang,
            kinds,
            self._asked_about(kinds, concepts),
            unnamed=_without(words(text), mentions),
            unlinked=_without(_AS_WRITTEN.findall(text), mentions),
            of_person=any(self.lecture.concepts[c].kind == "person" for c in concepts),
            exact=bool(self.linker.exact(text)),
            core=self._core(folded),
        )

    def _sharpened(self, question: Question) -> tuple[Question, ...]:
        """Read a message that wraps its question in talk as the clauses that both name something and ask."""
        clauses = [c.strip() for c in _CLAUSES.split(question.text) if c and c.strip()]
        sharp = [c for c in clauses if self.linker.exact(c) and kinds_of(fold(c))]
        if not sharp or len(sharp) == len(clauses):
            return ()
        text = ", ".join(sharp)
        read = self._by_itself(question.asked, text, fold(text), question.lang)
        return (replace(self._named(read), sharpened=True),)

    def _asked_about(self, kinds: tuple[Kind, ...], concepts: tuple[str, ...]) -> tuple[str, ...]:
        """Leave out the library of "código em Keras de uma CNN": what is wanted is the CNN's code."""
        if Kind.CODE not in kinds:
            return concepts
        tools = {c for c in concepts if self.lecture.concepts[c].kind in ("library", "language")}
        others = tuple(c for c in concepts if c not in tools)
        return others if any(self.linker.specific.get(c, 1.0) > TELLING for c in others) else concepts

    def _opened(self, alone: Question, bare: str, context: Context) -> tuple[Question, ...]:
        """Read a short message that opens with "e …": the last question asked for something else, or about the same."""
        unkind = alone.kinds in ((), (Kind.YESNO,))
        if _ANAPHORA.search(bare) and unkind:
            return (self._follow_up(alone, context),)
        if not _FORMS & set(alone.kinds) and (unkind or _ABOUT.match(alone.folded) or _FOR.match(bare)):
            return (self._same_with(alone, bare, context), self._follow_up(alone, context))
        return (self._named(alone), self._follow_up(alone, context))

    def _unnamed(self, text: str) -> str:
        return _without(words(text), self.linker.mentions(text))

    def _core(self, folded: str) -> str:
        """Keep the clauses that name a concept or ask something; all of them where none does."""
        clauses = [c.strip() for c in _CLAUSES.split(folded) if c and c.strip()]
        names = [bool(self.linker.exact(c)) for c in clauses]
        asks = [bool(kinds_of(c)) for c in clauses]
        kept = [c for c, name, ask in zip(clauses, names, asks, strict=True) if name or ask or _EITHER.search(c)]
        return ", ".join(kept) or folded

    def _may_continue(self, question: Question) -> bool:
        """Tell whether "quantas camadas?" may be about the conversation's concept, though it names another."""
        general = all(self.lecture.concepts[c].kind == "concept" for c in question.concepts)
        few = len(words(question.folded)) <= (SHORT if _ANAPHORA.search(question.folded) else FEW)
        return general and few and question.kind in (Kind.NUMBER, Kind.WHO, Kind.WHEN)

    def _named(self, question: Question) -> Question:
        """Read a bare name as "what is …?"."""
        if question.kinds or not question.concepts:
            return question
        return replace(question, kinds=(Kind.DEFINE,))

    def _with_context(self, question: Question, context: Context, opened: bool) -> Question:
        if (
            opened
            and context.question
            and question.kinds in ((), (Kind.YESNO,))
            and len(words(question.folded)) <= SHORT
        ):
            return self._same_of(question, context)
        if len(question.concepts) == 1 and Kind.COMPARE in question.kinds and _PAIRS.search(question.folded):
            other = next((c for c in context.concepts if c not in question.concepts), None)
            if other:
                return replace(question, concepts=(*question.concepts, other), follow_up=True)
        return question

    def _follow_up(self, question: Question, context: Context) -> Question:
        """Read a question without a subject as one about what the conversation is about."""
        two = len(context.concepts) > 1
        wants_two = _PLURAL_PAIR.search(question.folded) or _WHICH_ONE.match(question.folded)
        if two and (Kind.COMPARE in question.kinds or wants_two):
            return self._about(question, (context.concepts[1], context.concepts[0]))
        return self._about(question, context.concepts[:1])

    def _about(self, question: Question, concepts: tuple[str, ...]) -> Question:
        names = " · ".join(self.lecture.concepts[c].titles[question.lang] for c in concepts)
        text = f"{question.text} ({names})"
        return replace(question, text=text, concepts=concepts, follow_up=True)

    def _same_with(self, question: Question, bare: str, context: Context) -> Question:
        """Read "e em imagens?" as the last question asked for something else: of an architecture, which one then."""
        concept = self.lecture.concepts[context.concepts[0]]
        if concept.section == "arquiteturas" and (_FOR.match(bare) or _ABOUT.match(question.folded)):
            which = "que rede usar" if question.lang == "pt" else "which network should i use for"
            return replace(question, text=f"{which} {bare.removeprefix('for ')}", kinds=(Kind.WHICH,), follow_up=True)
        last = words(expand_shorthand(context.question, question.lang))
        for m in reversed(self.linker.mentions(context.question)):
            del last[m.start : m.end]
        kinds = tuple(Kind(k) for k in [context.kind] if k)
        return replace(question, text=f"{' '.join(last)} {bare}", kinds=kinds, follow_up=True)

    def _same_of(self, question: Question, context: Context) -> Question:
        """Read "e a LSTM?" as the last question asked of the LSTM."""
        last = expand_shorthand(context.question, question.lang)
        tokens, new = words(last), " ".join(words(_FOLLOW_START.sub("", question.folded)))
        mentions = self.linker.mentions(last)
        if mentions:
            first = mentions[0]
            tokens[first.start : first.end] = [new]
            text = " ".join(tokens)
        else:
            text = f"{new} ({last})"
        kinds = tuple(Kind(k) for k in [context.kind] if k)
        return replace(question, text=text, kinds=kinds, follow_up=True)


def _lists(piece: str) -> bool:
    """Tell whether commas may part questions: it begins with one, or with its subject ("deepfake: o que é, desde …")."""
    if _BEGINS.match(piece):
        return True
    subject = _SUBJECT.match(piece)
    return bool(subject and _BEGINS.match(piece, subject.end()) and not kinds_of(fold(subject[0])))


def _between(separator: re.Pattern[str], text: str, span: tuple[int, int]) -> list[tuple[int, int]]:
    """Give the spans between the separators inside a span of a text."""
    start, spans = span[0], list[tuple[int, int]]()
    for found in separator.finditer(text, *span):
        spans.append((start, found.start()))
        start = found.end()
    return [*spans, (start, span[1])]


def _without(tokens: list[str], mentions: Sequence[Mention]) -> str:
    """Join the tokens that name no concept."""
    taken = {i for m in mentions for i in range(m.start, m.end)}
    return " ".join(w for i, w in enumerate(tokens) if i not in taken)


def content_words(folded: str) -> list[str]:
    """List the words of a folded question that say what it is about."""
    return [w for w in words(folded) if w not in LIGHT]


def points_back(folded: str) -> bool:
    """Tell whether a folded question points at what was said before: "e …", "isso", "it"."""
    return bool(_FOLLOW_START.match(folded) or _ANAPHORA.search(folded))
