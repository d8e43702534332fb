"""Understand a message: split it into questions; for each its language, kind, concepts and what it follows up."""

import re
from dataclasses import dataclass, replace

from knowledge.kinds import Kind, kinds_of
from knowledge.language import LanguageModel
from knowledge.linking import Linker
from knowledge.passages import Lang, Lecture
from knowledge.text import clean, expand_shorthand, fold, words

MAX_PARTS = 4  # questions answered in one message
REMEMBERED = 4  # concepts kept for follow-ups

_FOLLOW_START = re.compile(r"^(e|and|mas|but|entao|so|ok|certo|ta|tá|hm+|ah|oh|agora|now)\b[ ,]*")
_ANAPHORA = re.compile(
    r"\b(el[ea]s?|dela|dele|delas|deles|nela|nele|nelas|neles|iss[oe]|ist[oe]|ess[ea]s?|est[ea]s?|dis[st]o|niss[oe]|nisto|"
    r"dess[ea]s?|dest[ea]s?|ness[ea]s?|aquil[oe]|daquil[oe]|os dois|as duas|ambos|ambas|it|its|that|this|they|them|their|"
    r"those|these|he|his|she|both|the (first|second|two)|mesm[oa]|outr[oa])\b"
)
_BARE_KIND = re.compile(
    r"^(quem|who|quando|when|em que ano|que ano|what year|por que|why|como|how|onde|where|exemplo|example|codigo|code|"
    r"mais|more|nao entendi|n entendi|formula|explica|explain|outro|another|fonte|source|me da|give me|mostra|show)\b"
)
_PLURAL_PAIR = re.compile(
    r"\b(el[ea]s|entre (el[ea]s|os dois|as duas)|os dois|as duas|ambos|ambas|them|the two|both|these|those|they)\b"
)
_SPLIT = re.compile(
    r"(?<=[?!])\s+|\n+|;\s+|(?<=[a-z?])\s+(?:e tambem|and also|além disso|alem disso)\s+", re.IGNORECASE
)
_JOIN = re.compile(
    r"(?:,)?\s+(?:e|and)\s+(?=(?:o ?q(?:ue)? (?:é|e|eh|são|sao)|quem|quando|como|por ?que|pq|qual|quais|para que|what|who|when|how|why|"
    r"which|where)\b)",
    re.IGNORECASE,
)
_POLITE = re.compile(
    r"\b(por favor|pfv|please|pls|plz|obrigad[oa]|thanks|thank you|ai|mano|cara|galera|prof|professor|bot|sinapse|hey|oi|ola|hi|hello|"
    r"bom dia|boa (tarde|noite)|gente|pessoal|mds|kkk+|rs+|lol|tipo|assim|entao|bro|dude|man|so)\b"
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
        tokens = words(text)
        taken = {i for m in self.linker.mentions(text) for i in range(m.start, m.end)}
        rest = " ".join(w for i, w in enumerate(tokens) if i not in taken)
        plain = rest + " " + "".join(ch for ch in text if ch in "ãõçáéíóúâêôà") if rest else ""
        lang = self.language.detect(plain, default)
        return lang if rest else self.language.detect(text, default)

    def parts(self, message: str) -> list[str]:
        """Split a message into the questions in it."""
        pieces = [p.strip() for p in _SPLIT.split(clean(message)) if p and p.strip()]
        parts = [half.strip() for piece in pieces for half in _JOIN.split(piece) if half.strip()]
        merged: list[str] = []
        for part in parts:
            if merged and not self._stands_alone(merged[-1]):
                merged[-1] = f"{merged[-1]} {part}"
            else:
                merged.append(part)
        if len(merged) > 1 and not self._stands_alone(merged[-1]):
            last = merged.pop()
            merged[-1] = f"{merged[-1]} {last}"
        return merged[:MAX_PARTS] or [clean(message)]

    def _stands_alone(self, part: str) -> bool:
        """Tell whether a piece is a question by itself: it asks, and says about what."""
        folded = fold(part)
        bare = _POLITE.sub("", folded).strip(" ,.!?")
        asks = "?" in part or bool(kinds_of(expand_shorthand(folded, "pt")))
        return bool(bare) and asks and len(words(bare)) >= 2

    def understand(self, part: str, lang: Lang, context: Context) -> Question:
        """Analyse one question in the light of the conversation."""
        text = expand_shorthand(part, lang)
        folded = fold(text).strip()
        kinds = kinds_of(folded)
        concepts = self.linker.concepts(text)
        question = Question(part, text, folded, lang, kinds, concepts)
        if not concepts and words(folded):
            question = self._complete(question, context)
        elif context.question and _FOLLOW_START.match(folded) and not kinds and len(words(folded)) <= 6:
            question = self._same_of(question, context)
        elif len(concepts) == 1 and context.concepts and self._needs_pair(question):
            question = replace(question, concepts=(*concepts, context.concepts[0]), follow_up=True)
        if not question.kinds and question.concepts:
            question = replace(question, kinds=(Kind.DEFINE,))
        return question

    def _needs_pair(self, question: Question) -> bool:
        return Kind.COMPARE in question.kinds and bool(_ANAPHORA.search(question.folded) or " com " in question.folded)

    def _complete(self, question: Question, context: Context) -> Question:
        """Give a question without a subject the conversation's one."""
        if not context.concepts:
            return question
        bare = _FOLLOW_START.sub("", question.folded)
        short = len(words(bare)) <= 7
        if Kind.COMPARE in question.kinds and _PLURAL_PAIR.search(question.folded) and len(context.concepts) > 1:
            return self._about(question, (context.concepts[1], context.concepts[0]))
        if short and bare != question.folded and not question.kinds:
            return self._same_with(question, bare, context)
        if short and (_ANAPHORA.search(bare) or _BARE_KIND.match(bare) or self._only_kind(bare, question)):
            return self._about(question, context.concepts[:1])
        return question

    def _only_kind(self, bare: str, question: Question) -> bool:
        return bool(question.kinds) and len(words(_POLITE.sub("", bare))) <= 3

    def _about(self, question: Question, concepts: tuple[str, ...]) -> Question:
        names = " · ".join(self.lecture.concepts[c].titles[question.lang] for c in concepts)
        text = f"{question.text} ({names})"
        return replace(question, text=text, concepts=concepts, follow_up=True)

    def _same_with(self, question: Question, bare: str, context: Context) -> Question:
        """Read "e em imagens?" as the last question asked again of something else."""
        last = expand_shorthand(context.question, question.lang)
        kinds = tuple(Kind(k) for k in [context.kind] if k)
        return replace(question, text=f"{bare} ({last})", kinds=kinds, follow_up=True)

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
