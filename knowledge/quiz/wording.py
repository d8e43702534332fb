"""The few sentences that grading adds to what authors wrote, in both languages."""

from knowledge.passages import Lang

TEXTS: dict[str, dict[Lang, str]] = {
    "true": {"pt": "Verdadeiro", "en": "True"},
    "false": {"pt": "Falso", "en": "False"},
    "true.holds": {"pt": "A afirmação está certa.", "en": "The statement holds."},
    "order.first": {"pt": "O primeiro passo é “{step}”.", "en": "The first step is “{step}”."},
    "order.next": {"pt": "Depois de “{before}” vem “{step}”.", "en": "After “{before}” comes “{step}”."},
    "match.pair": {"pt": "{left} combina com {right}.", "en": "{left} goes with {right}."},
    "cloze.gap": {"pt": "A lacuna {n} é “{word}”.", "en": "Gap {n} is “{word}”."},
    "cloze.one": {"pt": "A palavra era “{word}”.", "en": "The word was “{word}”."},
    "number.close": {"pt": "Quase: confira o arredondamento.", "en": "Nearly: check the rounding."},
    "number.sign": {"pt": "O valor está certo, mas o sinal não.", "en": "The size is right, but not the sign."},
    "number.is": {"pt": "A resposta é {value}.", "en": "The answer is {value}."},
    "short.denied": {
        "pt": "Sua resposta nega uma parte do que é certo: confira o “não”.",
        "en": "Your answer denies a part of what is right: check the “not”.",
    },
    "short.stuffed": {
        "pt": "As palavras estão aí, mas falta ligá-las numa frase: diga o que faz o quê.",
        "en": "The words are there, but they need a sentence: say what does what.",
    },
}


def say(key: str, lang: Lang, /, **values: object) -> str:
    """Fill a sentence in. Raises KeyError for an unknown one."""
    return TEXTS[key][lang].format(**values)
