"""A demo asked for in words: which, with what parameters and seed. Pure.

A question about training ("como treinar uma GAN?") is none: only who says "train", "show me", or a demo's name with
parameters wants one.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache

from knowledge.text import fold
from models.engine.protocol import Both, DemoSpec, Param

LETTERS, NEAR = 4, 0.6  # of a word that tells something; share of a task's words that is near enough
LONGEST = 300  # characters of a message that may ask for a demo
POLITE = re.compile(
    r"\b(?:por favor|por gentileza|pfv|pf|please|pls|plz|oi|ola|hey|hi|hello|ei|entao|ai|agora|now|sinapse)\b[,!.]?"
)
WANT = (
    r"(?:(?:eu )?(?:quero|queria|gostaria de|vamos|bora|pode|poderia|consegue|voce pode|vc pode|da pra|"
    r"can you|could you|will you|would you|i want(?: you)? to|i d like(?: you)? to|i would like(?: you)? to|"
    r"let s|lets|let us)\s+)?"
    r"(?:ver\s+(?:voce\s+|vc\s+)?|see\s+(?:you\s+)?|me\s+)?"
)
TRAIN = re.compile(
    rf"^{WANT}(?:treina|treine|treinar|treinando|re-?treina|train|training|retrain|roda|rode|rodar|run|executa|execute|"
    r"executar|inicia|iniciar|start|demonstra|demonstre|demonstrar|demonstrate)\b"
    r"(?:\s+(?:pra mim|para mim|me|for me))?\s*(?P<rest>.*)$"
)
ABOUT = re.compile(r"(?:training|treinando)\b")  # begins to tell or to ask, not to command
SHOW = re.compile(
    rf"^{WANT}(?:mostra|mostre|mostrar|me mostra|ver|simula|simule|simular|show me|show|simulate|watch|see)\b"
    r"(?:\s+(?:pra mim|para mim|me))?\s*(?P<rest>.*)$"
)
DEMO = re.compile(
    r"\b(?:demo|demonstracao|demonstration|treino|treinamento|training)\b(?:\s+(?:de|da|do|of|on|sobre))?"
)
ARTICLE = (
    r"\b(?:o|a|os|as|um|uma|uns|umas|the|an|some|de|da|do|of|minha|meu|my|rede|network|net|modelo|model|pequena|small|"
    r"tiny)\b"
)
LIVE = re.compile(
    r"\b(?:ao vivo|em acao|acontecendo|acontecer|funcionando|na pratica|treinando|aprendendo|aprender|live|in action|"
    r"happening|happen|training|learning|learn|being trained)\b"
)
ENDS = re.compile(r"\b(?![-\w])")  # where a name may end
NETWORK = re.compile(r"\b(?:rede|redes|neural|modelo|network|networks|net|model|demo|demos)\b")
SEED = re.compile(r"\b(?:(?:com|with|e|and|a)\s+)?(?:semente|seed)\s*[:=]?\s*(?P<seed>-?\w+)")
NUMBER = r"[-+]?\d+(?:[.,]\d+)?(?:e[-+]?\d+)?|nan|inf|infinity"
LENGTH = re.compile(
    r"\b(?:(?:por|for|durante|during|em|in)\s+)?(?P<n>\d+)\s*(?P<unit>s|seg\w*|sec\w*|min\w*)\b"
    r"|\b(?:seconds|segundos|secs|duracao|duration)\s*[:=]\s*(?P<set>\d+)\b"
)
SCORES = re.compile(r"^[\d.,%]+\W+(?:\w+\W+)?(?:test|teste|val\w*)\b")  # "train 99 test 61": a result, told
SHARE = re.compile(r"[a-z0-9-]+~[A-Za-z0-9_-]{6,1200}")
FILLER = re.compile(rf"\b(?:com|with|e|and|em|in|on|por|for|use|using|usando|set|{ARTICLE[5:-3]})\b|[,;.!?:=]+")


Named = Callable[[str], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was asked for. `demo` is "" where only the gallery fits; `left` is what wasn't understood."""

    demo: str = ""
    params: Mapping[str, object] = field(default_factory=dict)
    seed: object = None  # as typed; None where none was
    left: str = ""


def wanted(text: str, specs: Mapping[str, DemoSpec], named: Named = lambda _: ()) -> Wanted | None:
    """Read a plain message; None where it asks for no demo. `named` gives the concepts that a text names."""
    if len(text) > LONGEST:
        return None
    said = " ".join(POLITE.sub(" ", fold(text)).split()).strip(" .!")
    if "?" in said.rstrip("?") or ("?" in said and ABOUT.match(said)):
        return None  # more than one sentence, one of them a question; "training a DBN takes two phases, right?"
    said = said.rstrip("?").strip()
    if (train := TRAIN.match(said)) and not SCORES.match(train["rest"]):
        return _trained(train["rest"], text, specs) or _about(train["rest"], text, specs, named)
    if shown := SHOW.match(said):
        return _exact(shown["rest"], text, specs)
    return _task(said, specs) or _named(said, text, specs)


def asked(text: str, specs: Mapping[str, DemoSpec]) -> Wanted:
    """Read what follows the command: a demo's name first, then parameters. `demo` is "" for an unknown one."""
    said = " ".join(fold(text).split())
    if not said:
        return Wanted()
    if found := _longest(said, specs, start=True):
        spec, name = found
        return _read(spec, said[len(name) :], text)
    return wanted(f"treina {text}", specs) or Wanted(left=text)


def _task(said: str, specs: Mapping[str, DemoSpec]) -> Wanted | None:
    """A demo's task, title or hyphened name, and nothing else: "crie sua rede", "jogar contra o alphago", "mlp-avc"."""
    for spec in specs.values():
        if said in _tasks(spec):
            return Wanted(spec.name)
    return None


def _trained(rest: str, text: str, specs: Mapping[str, DemoSpec]) -> Wanted | None:
    """After "train": a demo named anywhere; a network of no kind that is known gets the gallery."""
    found = _longest(rest, specs, asks=True)
    if found is None and (spec := _nearest(rest, specs)):
        return _read(spec, rest, text, lenient=True)
    if found is None:
        return None
    spec, name = found
    before, _, after = f" {rest} ".partition(f" {name} ")
    return _read(spec, f"{before} {after}", text, lenient=True)


def _about(rest: str, text: str, specs: Mapping[str, DemoSpec], named: Named) -> Wanted | None:
    """After "train": a demo about a concept that is named; a network of no kind that is known gets the gallery."""
    kind = re.sub(rf"^(?:{ARTICLE}\s*)+", "", " ".join(NETWORK.sub(" ", rest).split()))
    demos = by_concept(specs)
    if demo := next((demos[c] for c in named(kind) if c in demos), ""):
        return _read(specs[demo], kind, text, lenient=True)
    return Wanted() if NETWORK.search(rest) or not rest.strip() else None


def by_concept(specs: Mapping[str, DemoSpec]) -> dict[str, str]:
    """Name the demo that shows each concept: the one that is about it, else one that is related to it."""
    related = {concept: spec.name for spec in specs.values() for concept in spec.related}
    return related | {spec.concept: spec.name for spec in reversed(list(specs.values()))}


def _exact(rest: str, text: str, specs: Mapping[str, DemoSpec]) -> Wanted | None:
    """After "show me": only a demo's name, with parameters or "live" beside it, and nothing else."""
    plain = " ".join(LIVE.sub(" ", DEMO.sub(" ", rest)).split())
    found = _longest(plain, specs, asks=True)
    if found is None:
        return None
    spec, name = found
    before, _, after = f" {plain} ".partition(f" {name} ")
    read = _read(spec, f"{before} {after}", text)
    return None if read.left else read


def _named(said: str, text: str, specs: Mapping[str, DemoSpec]) -> Wanted | None:
    """A demo's name with parameters ("gan por 60 s, semente 7"), or the word demo beside it ("demo da gan")."""
    is_demo = DEMO.match(said)
    plain = " ".join(DEMO.sub(" ", said, count=1).split()) if is_demo else said
    plain = re.sub(rf"^(?:{ARTICLE}\s+)+", "", plain)
    found = _longest(plain, specs, start=True)
    if found is None:
        return None
    spec, name = found
    read = _read(spec, plain[len(name) :], text)
    told = read.params or read.seed is not None or is_demo
    return read if told and not read.left else None


def _longest(
    said: str, specs: Mapping[str, DemoSpec], *, start: bool = False, asks: bool = False
) -> tuple[DemoSpec, str] | None:
    """Find the demo whose longest name, alias or (with `asks`) task stands in a text as whole words."""
    best: tuple[DemoSpec, str] | None = None
    begun, spaced = f"{said} ", f" {re.sub(r'[,;:!?]', ' ', said)} "
    for spec in specs.values():
        for name in names(spec, asks=asks):
            here = begun.startswith(f"{name} ") or (start and said.startswith(name) and ENDS.match(said, len(name)))
            inside = not start and f" {name} " in spaced
            if (here or inside) and (best is None or len(name) > len(best[1])):
                best = (spec, name)
    return best


def _nearest(rest: str, specs: Mapping[str, DemoSpec]) -> DemoSpec | None:
    """Find the demo one of whose tasks shares most of its words with a text, in any order."""
    said = {word for word in re.findall(r"\w+", rest) if len(word) >= LETTERS}
    best, most = None, 0.0
    for spec in specs.values():
        for task in spec.asks:
            told = {word for word in re.findall(r"\w+", fold(task)) if len(word) >= LETTERS}
            share = len(told & said) / len(told) if told else 0.0
            if share >= NEAR and share > most and len(told & said) > 1:
                best, most = spec, share
    return best


@lru_cache(maxsize=128)
def names(spec: DemoSpec, *, asks: bool = False) -> tuple[str, ...]:
    """Give what a demo is called, folded."""
    found = (spec.name, spec.name.replace("-", " "), spec.title.pt, spec.title.en, *spec.aliases)
    return _folded((*found, *(spec.asks if asks else ())))


@lru_cache(maxsize=64)
def _tasks(spec: DemoSpec) -> list[str]:
    """Give what says a demo's task and nothing else, folded."""
    tasks = _folded((spec.name, spec.title.pt, spec.title.en, *spec.asks))
    return [task for task in tasks if " " in task or "-" in task]


def _folded(texts: tuple[str, ...]) -> tuple[str, ...]:
    """Fold texts, each kept once."""
    return tuple(dict.fromkeys(" ".join(fold(text).split()) for text in texts))


def _read(spec: DemoSpec, rest: str, text: str, *, lenient: bool = False) -> Wanted:
    """Take seed, length and parameters out of a text; what remains is left over (lenient: is taken as chat)."""
    given: dict[str, object] = {}
    seed: object = None
    if found := SEED.search(rest):
        seed, rest = found["seed"], _without(rest, found)
    if (found := LENGTH.search(rest)) and (param := spec.grows):
        seconds = int(found["set"] or found["n"]) * (60 if (found["unit"] or "s").startswith("m") else 1)
        given[param.name] = seconds if param.name == "seconds" else round(float(param.default) * seconds / spec.seconds)
        rest = _without(rest, found)
    for param in spec.params:
        if param.name not in given and (taken := _param(param, rest, text)):
            given[param.name], rest = taken
    left = " ".join(FILLER.sub(" ", rest).split())
    return Wanted(spec.name, given, seed, "" if lenient else left)


def _without(text: str, found: re.Match[str]) -> str:
    return f"{text[: found.start()]} {text[found.end() :]}"


def _param(param: Param, rest: str, text: str) -> tuple[object, str] | None:
    """Find one parameter's value in a text; gives it with the text without it."""
    for pattern in _compiled(param):
        if found := pattern.search(rest):
            value: object = found["value"]
            if param.kind == "bool":
                value = found["value"] in ("com", "with", "sim", "yes", "on", "true", "1")
            if param.kind == "text":
                value = _as_typed(text, str(value))
            return value, _without(rest, found)
    return None


@cache  # as many as the demos have
def _compiled(param: Param) -> list[re.Pattern[str]]:
    name = "|".join(re.escape(n) for n in sorted(_param_names(param), key=len, reverse=True))
    return [re.compile(pattern) for pattern in _patterns(param, name)]


def _patterns(param: Param, name: str) -> list[str]:
    """List the ways to say a value, the plainest first."""
    joined = r"\s*[:=]\s*|\s+(?:de |of |em |in )?"
    match param.kind:
        case "int" | "float":
            return [
                rf"\b(?:{name})(?:{joined})(?P<value>{NUMBER})(?![\w.])",
                rf"\b(?P<value>{NUMBER})\s+(?:{name})\b",
                rf"\b(?:{name})\s*[:=]\s*(?P<value>\S+)",
            ]
        case "choice":
            options = [w for o in param.choices for w in (o.value, o.label.pt, o.label.en, *o.words)]
            known = "|".join(re.escape(fold(o)) for o in sorted(options, key=len, reverse=True))
            return [
                rf"\b(?:{name})(?:{joined})(?P<value>{known})\b",
                rf"\b(?:{name})\s*[:=]\s*(?P<value>\S+)",
                rf"\b(?P<value>{known})\b",
            ]
        case "bool":
            return [
                rf"\b(?P<value>sem|com|no|without|with)\s+(?:{name})\b",
                rf"\b(?:{name})\s*[:=]\s*(?P<value>\S+)",
            ]
        case _:
            return [
                rf"\b(?:{name})\s*[:=]\s*(?P<value>.+)$",
                r"[\"“'‘](?P<value>[^\"”'’]+)[\"”'’]",
            ]


def _param_names(param: Param) -> set[str]:
    return {" ".join(fold(n).split()) for n in (param.name, param.label.pt, param.label.en, *param.words)}


def _as_typed(text: str, value: str) -> str:
    """Give a text parameter as it was typed, with its accents, not folded."""
    at = fold(text).find(value)
    return text[at : at + len(value)] if at >= 0 and len(fold(text)) == len(text) else value


def unknown(wanted: Wanted, spec: DemoSpec) -> Both:
    """Say which words weren't understood, and what can be set."""
    shown = wanted.left[:60]
    settable = Both(*(", ".join(f"{p.label[lang]} ({p.name})" for p in spec.params) for lang in ("pt", "en")))
    return Both(
        f"Não entendi “{shown}”. O que dá para ajustar: {settable.pt or 'a semente'}, e a semente.",
        f"I didn't get “{shown}”. What can be set: {settable.en or 'the seed'}, and the seed.",
    )


def shared(text: str) -> str:
    """Find a share code in a message; "" where there is none."""
    found = SHARE.fullmatch(text.strip())
    return found[0] if found else ""
