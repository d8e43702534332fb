"""Clean, fold and cut text: the pure steps before anything is understood."""

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache
from typing import TypeVar

import Stemmer

from knowledge.passages import Lang

MAX_MESSAGE = 2000  # characters kept of a message: a million would take seconds to analyse
WORD = re.compile(r"[a-z0-9]+(?:[.-][a-z0-9]+)*")
FOLD_SAFE = str.maketrans({"ß": "ss", "ø": "o", "œ": "oe", "æ": "ae"})

K = TypeVar("K", str, tuple[str, ...])
V = TypeVar("V")
BEYOND_ASCII = re.compile(r"[^\x00-\x7f]+")

# Chat shorthand by language, folded. Keys are whole words.
SHORTHAND: dict[Lang, dict[str, str]] = {
    "pt": {
        "oq": "o que", "qro": "quero", "qm": "quem", "oqe": "o que", "ngm": "ninguém",
        "ex": "exemplo", "oque": "o que", "okê": "o que", "q": "que", "qe": "que", "pq": "por que", "porq": "por que",
        "pqe": "por que", "vc": "você", "vcs": "vocês", "ce": "você", "tb": "também", "tbm": "também", "pra": "para",
        "pro": "para o", "pros": "para os", "pras": "para as", "n": "não", "naum": "não", "nao": "não", "eh": "é",
        "qd": "quando", "qdo": "quando", "qnd": "quando", "qto": "quanto", "qtos": "quantos", "qtas": "quantas",
        "qnts": "quantos", "qts": "quantos", "ql": "qual", "qual eh": "qual é", "msm": "mesmo", "dps": "depois",
        "mt": "muito", "mto": "muito", "fzr": "fazer", "fz": "faz", "td": "tudo", "tds": "todos", "hj": "hoje",
        "cmo": "como", "cm": "como", "c": "com", "p": "para", "sla": "sei lá",
        "dif": "diferença", "difs": "diferenças", "kd": "cadê", "to": "estou",
        "vlw": "valeu", "obg": "obrigado", "flw": "falou", "blz": "beleza", "nn": "rede neural", "rn": "rede neural",
        "ia": "IA", "dl": "deep learning", "ml": "machine learning", "pfv": "por favor", "pf": "por favor",
        "explik": "explica", "dq": "do que", "qria": "queria", "qnto": "quanto", "ngc": "negócio",
        "pfvr": "por favor", "pfvrzinho": "por favor", "cnsg": "consigo", "smp": "sempre",
        "hr": "hora", "nd": "nada", "ta": "está", "tô": "estou", "tava": "estava", "exp": "explica",
        "pse": "pois é", "aki": "aqui", "entaum": "então", "neh": "né",
    },
    "en": {
        "u": "you",
        "hw": "how", "smth": "something", "sth": "something", "ppl": "people", "gimme": "give me", "whyd": "why did",
        "tmrw": "tomorrow", "lemme": "let me", "kinda": "kind of",
        "ur": "your", "whats": "what is", "wats": "what is", "wat": "what", "wut": "what",
        "hows": "how is", "whos": "who is", "wheres": "where is", "whens": "when is", "pls": "please",
        "plz": "please",
        "thx": "thanks", "ty": "thanks", "bc": "because", "cuz": "because", "diff": "difference",
        "b/w": "between", "dont": "don't", "doesnt": "doesn't", "isnt": "isn't", "cant": "can't",
        "im": "I'm", "explan": "explain", "nn": "neural network", "nns": "neural networks", "dl": "deep learning",
        "ml": "machine learning", "tho": "though", "rly": "really", "abt": "about",
        "idk": "I don't know", "yr": "year", "yrs": "years", "w": "with", "n": "and",
        "cld": "could", "wld": "would", "shld": "should", "bw": "between", "btwn": "between", "defn": "definition",
        "ex": "example", "eg": "example", "gud": "good", "bcuz": "because", "cos": "because", "didnt": "didn't",
        "wasnt": "wasn't", "arent": "aren't",
        "wont": "won't", "whys": "why is", "thats": "that's", "ive": "I've", "imgs": "images", "pics": "pictures",
        "wanna": "want to", "gonna": "going to",
    },
}  # fmt: skip
_ARE = re.compile(r"\br (?=u\b|you\b|they\b|we\b|these\b|those\b)", re.IGNORECASE)  # any other "R" is the language
HOW_MANY = re.compile(r"q[nu]?[na]?t+([oa]s?)")  # "qtos", "qntas", "qnto"


def remembering(size: int) -> Callable[[Callable[[K], V]], Callable[[K], V]]:
    """Remember the latest outcomes: a message is looked at a dozen times on its way. A huge one isn't kept."""

    def decorate(look: Callable[[K], V]) -> Callable[[K], V]:
        kept = lru_cache(size)(look)
        return lambda text: kept(text) if len(text) <= MAX_MESSAGE else look(text)

    return decorate


def clean(message: str) -> str:
    """Make a message safe: NFKC, no lone surrogates, control or invisible characters, at most MAX_MESSAGE."""
    return _cleaned(message[: MAX_MESSAGE * 2])


@remembering(64)
def _cleaned(message: str) -> str:
    text = message.encode("utf-8", "replace").decode("utf-8")
    text = unicodedata.normalize("NFKC", text)
    kept = (ch if ch in "\n\t" or unicodedata.category(ch)[0] != "C" else "" for ch in text)
    text = re.sub(r"[ \t\u00a0]+", " ", "".join(kept))
    return re.sub(r"\n\s*\n+", "\n", text).strip()[:MAX_MESSAGE]


def fold(text: str) -> str:
    """Lower case without accents: what "não" and "NAO" have in common."""
    folded = text.casefold()
    return folded if folded.isascii() else BEYOND_ASCII.sub(lambda m: _without_marks(m[0]), folded)


@lru_cache(maxsize=1024)
def _without_marks(run: str) -> str:
    """Fold a run of characters beyond ASCII; the same few hundred make up nearly all of a lecture's."""
    return without_accents(run.translate(FOLD_SAFE))


def without_accents(text: str) -> str:
    """Drop accents and keep capitals, as people type who don't care."""
    return "".join(ch for ch in unicodedata.normalize("NFD", text) if unicodedata.category(ch) != "Mn")


def words(text: str) -> list[str]:
    """Cut into folded words; "lenet-5" and "1406.2661" stay whole."""
    return list(_words(text))


@remembering(256)
def _words(text: str) -> tuple[str, ...]:
    return tuple(WORD.findall(fold(text)))


@lru_cache(maxsize=2)
def _stemmer(lang: Lang) -> Stemmer.Stemmer:
    return Stemmer.Stemmer("portuguese" if lang == "pt" else "english", 0)  # `stem` remembers instead


@lru_cache(maxsize=2048)
def stem(word: str, lang: Lang) -> str:
    """Give a folded word's Snowball stem."""
    return str(_stemmer(lang).stemWord(word))


def expand_shorthand(text: str, lang: Lang) -> str:
    """Spell chat shorthand out ("oq é" becomes "o que é") and calm a message that SHOUTS."""
    letters = [ch for ch in text if ch.isalpha()]
    if len(letters) > 8 and sum(ch.isupper() for ch in letters) > 0.7 * len(letters):
        text = text.lower()
    table = SHORTHAND[lang]
    if lang == "en":
        text = _ARE.sub("are ", text)

    def spell(match: re.Match[str]) -> str:
        word = match[0]
        if lang == "pt" and (how_many := HOW_MANY.fullmatch(word.lower())):
            return "quant" + how_many[1]
        return table.get(fold(word), word) if word.upper() != word or len(word) > 1 else word

    return re.sub(r"[^\W_]+(?:/[^\W_])?", spell, text)


def word_ngrams(word: str) -> tuple[str, ...]:
    """Cut a folded word, in spaces, into runs of 3 to 5 characters."""
    padded = f" {word} "
    return tuple(padded[i : i + n] for n in (3, 4, 5) for i in range(len(padded) - n + 1))


def char_ngrams(text: str) -> list[str]:
    """Cut folded words, each in spaces, into runs of 3 to 5 characters."""
    return [gram for word in words(text) for gram in word_ngrams(word)]
