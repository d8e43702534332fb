"""Tell Portuguese from English in a short chat message, with the twins of the knowledge base as the evidence."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import log
from sys import intern

from knowledge.passages import LANGS, Lang, Lecture
from knowledge.text import SHORTHAND, fold, words

# Words of ordinary chat that a lecture seldom uses. The rest is learned from the passages.
CHAT_WORDS: dict[Lang, str] = {
    "pt": "oi ola bom boa dia tarde noite obrigado obrigada valeu tchau eae opa beleza tudo bem voce vc quem sou e eh "
    "nao sim por favor ajuda me fala explica diz manda quero queria posso pode sabe entendi bora cara mano qual quais "
    "onde quanto quanta custa preco hoje ontem amanha receita tempo jogo presidente meu minha seu sua agora isso isto "
    "esse essa ele ela eles elas dele dela ignore instrucoes senha mostre revele repita finja aja como para com sem "
    "criou inventou foi fez ano ganhou melhor pior pq oq tbm tb vlw obg blz pra pro cade kd ta to num uma um os as do "
    "da dos das no na nos nas ao aos o que",
    "en": "hi hello hey good morning afternoon evening night thanks thank bye yo sup you who are is i am not yes please "
    "help me tell explain say give want would can could know understand got where how much cost price today yesterday "
    "tomorrow recipe weather game president my mine your now this that it he she they his her their ignore "
    "instructions password show reveal repeat pretend act like for with without created invented was did made year won "
    "better worse u ur pls plz thx whats the an of in on at to what which when why does do",
}
# Of these, the words that are a subject of their own: they tell a price or the news from a question on the lecture.
TOPICS = frozenset(
    {
        *("custa", "preco", "hoje", "ontem", "amanha", "receita", "jogo", "presidente", "senha", "instrucoes"),
        *("cost", "price", "today", "yesterday", "tomorrow", "recipe", "weather", "game", "president", "password"),
    }
)
UNKNOWN_WEIGHT = 0.35  # letters of an unseen word say less than a seen word
UNDECIDED = 0.8  # natural-log odds below which the learner's own setting decides


@dataclass(frozen=True)
class LanguageModel:
    """Log odds of Portuguese against English for words and for letter trigrams."""

    by_word: Mapping[str, float]
    by_trigram: Mapping[str, float]

    def odds(self, text: str) -> float:
        """Sum the evidence: positive for Portuguese, negative for English."""
        total = 0.0
        for word in words(text):
            if word in self.by_word:
                total += self.by_word[word]
            else:
                grams = _trigrams(word)
                total += UNKNOWN_WEIGHT * sum(self.by_trigram.get(g, 0.0) for g in grams) / max(len(grams), 1)
        return total + _accents(text)

    def detect(self, text: str, default: Lang) -> Lang:
        """Name the language; `default` (the learner's setting) where the message doesn't tell."""
        odds = self.odds(text)
        if abs(odds) < UNDECIDED:
            return default
        return "pt" if odds > 0 else "en"


def train(lecture: Lecture) -> LanguageModel:
    """Count the words of both twins of every passage."""
    seen: dict[Lang, Counter[str]] = {lang: Counter() for lang in LANGS}
    for passage in lecture.passages.values():
        for lang in LANGS:
            twin = passage.twins[lang]
            seen[lang].update(map(intern, words(" ".join((twin.body, *twin.questions)))))  # the gate keeps them too
    for lang in LANGS:
        seen[lang].update(dict.fromkeys(CHAT_WORDS[lang].split(), 40))
        seen[lang].update({fold(word): 10 for word in SHORTHAND[lang]})
    grams = {lang: Counter(g for w in seen[lang] for g in _trigrams(w)) for lang in LANGS}
    return LanguageModel(_log_odds(seen, 3.0), _log_odds(grams, 4.0))


def _log_odds(counts: Mapping[Lang, Counter[str]], limit: float) -> dict[str, float]:
    scale = sum(counts["pt"].values()) / max(sum(counts["en"].values()), 1)
    keys: Iterable[str] = counts["pt"].keys() | counts["en"].keys()
    raw = {k: log((counts["pt"][k] + 0.5) / (counts["en"][k] * scale + 0.5)) for k in keys}
    return {k: max(-limit, min(limit, v)) for k, v in raw.items()}


def _trigrams(word: str) -> list[str]:
    padded = f" {word} "
    return [padded[i : i + 3] for i in range(len(padded) - 2)]


def _accents(text: str) -> float:
    return min(4.0, 2.0 * sum(ch in "ãõçáéíóúâêôà" for ch in text.lower()))
