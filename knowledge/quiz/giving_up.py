"""Tell "não sei" from an answer."""

import re

from knowledge.text import fold, words

_GIVES_UP = re.compile(
    r"(eu )?(ainda )?(nao|n|num) (faco (a menor )?ideia|sei|lembro|me lembro|consigo|entendi)"
    r"( (mesmo|nao|nada|essa|dizer|responder|disso|a resposta|isso))*|"
    r"sei (la|nao)|sla|nsei|nem ideia|sem ideia|faco (a )?(menor )?ideia|"
    r"desisto|passo|pula|pular|proxima|(eu )?nao tenho (a menor )?ideia|branco|deu branco|"
    r"(i )?(really )?(do not|don t|dont|dunno) ?(know|remember|get it|understand)?"
    r"( (it|this|that|the answer|this one|sorry))*|idk|"
    r"no (idea|clue)|(i )?(have|ve got|got) no (idea|clue)|(i )?(give|gave) up|pass|skip( (it|this))?|next|not sure|"
    r"(i m |im )?(no idea|clueless|not sure)|i can t( remember)?|beats me"
)
_LIGHT = re.compile(
    r"\b(desculpa|desculpe|sorry|hm+|ah|oh|well|honestly|sinceramente|acho que|eu acho que|professor)\b"
)


def gives_up(text: str) -> bool:
    """Tell whether a message says no more than that its writer doesn't know."""
    spoken = " ".join(words(_LIGHT.sub(" ", fold(text).replace("'", " ").replace("’", " "))))
    return bool(_GIVES_UP.fullmatch(spoken)) or not spoken
