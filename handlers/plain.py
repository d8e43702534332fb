"""What a learner wants of a quiz when they say it in plain words, not as a command. Pure."""

import re
from dataclasses import dataclass
from typing import Literal

from handlers.study import Sureness
from knowledge.text import fold

Wish = Literal["hint", "skip", "leave"]
MOST = 50  # questions of one quiz


@dataclass(frozen=True, slots=True)
class Wanted:
    """A quiz as it was asked for."""

    topic: str = ""  # in the learner's words
    length: int | None = None
    test: bool = False  # to test out of the topic: its hardest questions


_ABOUT = r"(?:(?:\s+(?:de|sobre|em|do|da|dos|das|no|na|nos|nas|on|about|in|of|covering|com|with))\s+(?P<topic>.+?))?"
_PT = (
    r"(?:(?:eu )?(?:quero|queria|gostaria de|bora|vamos|pode|poderia|consegue|me da|me de|me manda|manda|faz|faca|fazer|"
    r"comeca|comecar|inicia|iniciar|vamos fazer|quero fazer|queria fazer|faz pra mim|faca para mim|me faz|me faca|tem)\s+)*"
    r"(?:fazer\s+)?(?:(?:um|uns|o|mais um|outro|novo)\s+)?(?:mini\s*)?(?:quiz|quizz|quizes|quizzes|simulado|questionario)"
)
_ME_PT = (
    r"(?:(?:quero que voce|pode|poderia|voce pode|vai)\s+)?"
    r"(?:me (?:testa|teste|testar|avalia|avalie|questiona|questione|sabatina|sabatine)|testa eu|teste me|testa meu conhecimento|"
    r"me faz(?: umas?)? perguntas?|me faca(?: umas?)? perguntas?|faz(?: umas?)? perguntas? pra mim|"
    r"quero (?:ser testad[oa]|praticar|treinar perguntas|responder perguntas))"
)
_EN = (
    r"(?:(?:i want|i would like|i d like|can i (?:have|get|take)|could i (?:have|get|take)|can you give me|give me|"
    r"let s (?:do|have|take|try)|lets (?:do|have|take|try)|start|make me|do|take|have)\s+)*"
    r"(?:(?:a|an|the|another|one more|new|to take a|to do a)\s+)*(?:quick\s+|short\s+|mini\s+)?(?:quiz|quizz|pop quiz)"
)
_ME_EN = r"(?:(?:can|could|would|will) you\s+|please\s+)?(?:quiz|test|examine) me(?: out)?|ask me(?: some| a few)? questions?"
_POLITE = re.compile(r"\b(?:por favor|pfv|pf|please|pls|agora|now|ai|entao|hoje|today)\b")
_WANTS = re.compile(rf"(?:{_PT}|{_ME_PT}|{_EN}|{_ME_EN}){_ABOUT}")
_BARE = re.compile(r"(?:quiz|quizz)\s+(?P<topic>.+)")
_TEST_OUT = re.compile(r"\b(?:prova|desafio|ja sei|dificeis|dificil|test out|test-out|testout|hardest|hard)\b")

_HINT = re.compile(
    r"(?:(?:me )?(?:da|de|quero|queria|uma|mais|outra|a|give me|i want|another|one more|need)\s+)*(?:uma |a )?(?:dica|dicas|pista|hint|hints|clue)"
)
_SKIP = re.compile(r"(?:pula|pular|pule|passa|passo|proxima|proxima pergunta|outra pergunta|outra|skip|skip it|skip this(?: one)?|next|next question|another one)")  # fmt: skip
_ON = re.compile(
    r"(?:manda |bora |vamos |give me )?(?:a |pra |para )?(?:proxima|outra pergunta|mais uma|next|another question|one more)"
    r"(?: pergunta| question| one)?"
)
_LEAVE = re.compile(
    r"(?:sair|sai|chega|cancela|cancelar|encerra|encerrar|parar|para|para o quiz|parar o quiz|sair do quiz|fim|acabou|"
    r"stop|quit|exit|leave|end|enough|stop the quiz|end the quiz|quit the quiz|cancel)(?: quiz| o quiz| the quiz)?"
)
_SURE: dict[Sureness, re.Pattern[str]] = {
    "know": re.compile(
        r"(?:eu )?(?:sei|tenho certeza|certeza|com certeza)|(?:i )?(?:know|am sure|m sure)|sure|certain"
    ),
    "think": re.compile(r"(?:eu )?acho(?: que sim)?|talvez|(?:i )?think(?: so)?|maybe|probably"),
    "guess": re.compile(r"(?:foi |e |eh )?(?:um )?chute|chutei|(?:a |i )?guess(?:ed|ing)?|just a guess|no idea"),
}


def _spoken(text: str) -> str:
    """Fold a message to words: no accents, no punctuation but what numbers need."""
    return " ".join(re.sub(r"[^a-z0-9\-+ ]+", " ", fold(text)).split())


def quiz(text: str) -> Wanted | None:
    """Read a wish for a quiz; None where the message is something else."""
    spoken = " ".join(_POLITE.sub(" ", _spoken(text)).split())
    length, rest = _counted(spoken)
    match = _WANTS.fullmatch(rest) or _BARE.fullmatch(rest)
    if not match:
        return None
    return wanted(match["topic"] or "", length)


def wanted(topic: str, length: int | None = None) -> Wanted:
    """Read what follows /quiz: a topic, how many questions, and whether the hardest ones."""
    spoken = topic.strip()
    if length is None and (
        found := re.search(r"(?:^|\s)(\d{1,3})\s*(?:perguntas?|questões|questoes|questions?)?\s*$", spoken)
    ):
        length, spoken = int(found[1]), spoken[: found.start()].strip()
    test = bool(_TEST_OUT.search(fold(spoken)))
    spoken = " ".join(_TEST_OUT.sub(" ", fold(spoken)).split()) if test else spoken
    return Wanted(spoken, min(max(length, 1), MOST) if length else None, test)


def _counted(spoken: str) -> tuple[int | None, str]:
    """Take "(com) 5 perguntas" out of a wish."""
    found = re.search(r"(?:\b(?:com|with|de|of)\s+)?\b(\d{1,3})\s+(?:perguntas?|questoes|questao|questions?)\b", spoken)
    if not found:
        return None, spoken
    return int(found[1]), " ".join((spoken[: found.start()] + " " + spoken[found.end() :]).split())


def wish(text: str) -> Wish | None:
    """Read what is wished of an open question; None where the message is something else."""
    spoken = " ".join(_POLITE.sub(" ", _spoken(text)).split())
    named: tuple[tuple[Wish, re.Pattern[str]], ...] = (("hint", _HINT), ("skip", _SKIP), ("leave", _LEAVE))
    return next((name for name, pattern in named if pattern.fullmatch(spoken)), None)


def goes_on(text: str) -> bool:
    """Tell whether a message, after a quiz's answer, asks for the next question."""
    return bool(_ON.fullmatch(" ".join(_POLITE.sub(" ", _spoken(text)).split())))


def sureness(text: str) -> Sureness | None:
    """Read how sure a learner says to be."""
    spoken = _spoken(text)
    return next((name for name, pattern in _SURE.items() if pattern.fullmatch(spoken)), None)
