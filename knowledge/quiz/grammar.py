"""The small words of both languages: what negates, how far, and what doesn't count."""

import re

SENTENCE = re.compile(r"[.!?;:\n]+(?=\s|$)|\n+")
# What negates is made one word; what only looks like a negation is made none.
REWRITES = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"[’`´]", "'"),
        (r"\b(it|that|this|there|what|he|she)'s\b", r"\1 is"),
        (r"\b(nao|n|not)[\s-]+(so|apenas|somente|only|just|merely)\b", " inclusive "),
        (r"\b(nao|non|not)[\s-]*(linear\w*)", r" nao\2 "),
        (r"\b(nao|non)[\s-]*(supervisionad\w+)", r" nao\2 "),
        (r"\bcan'?not\b|\bcan't\b|\bcant\b", " can not "),
        (r"\bwon'?t\b", " will not "),
        (r"n't\b", " not "),
        (r"\b(?:nao\s+(?:e|eh) (?:verdade|o caso)|is\s+not\s+(?:true|the case)) (?:que|that)\b", " falsoque "),
        (r"\bnao\s+(?:e|eh) que\b", " naoque "),
        (r"\bw/o\b", " without "),
        (r"\bfails? (to|at)\b|\bfalha\w* (em|ao)\b", " deixade "),
        (r"\b(stop|stops|stopped|stopping) (?=\w+ing\b)", " deixade "),
        (r"\b(e|eh|is) (falso|mentira|false|a lie|errado|wrong) (que|dizer|that|to say)\b", " falsoque "),
        (r"\b(do|does|did|is|are|was|were|has|have|had|would|could|should)nt\b", r" \1 not "),
        (r"(?<!\w)ñ(?!\w)|\bnaum\b|\bnum\b(?= (?:(?:e|eh|pode|tem|ve|vai)\b|(?:ajust|aprend|consegu)))", " nao "),
        (r"\b(em vez|ao inves|no lugar) de\b|\b(instead of|rather than)\b", " emvezde "),
        (r"\b(deix\w+|par(?:a|am|ar|ou|aram)) de\b(?= \w+r\b)", " deixade "),
        (r"\b(quase|almost) (nunca|never)\b", " nunca "),
        (r"\b(?:keep|stop)(?:s|ing|ped)? (?:(?:the|a|its) )?(\w+) from\b", r" \1 deixade "),
        (r"\b(so que nao|sqn)\b", " somenteque falsoque "),
        (r"\bde (forma|jeito|maneira|modo) (alguma|nenhuma|algum|nenhum)\b|\bat all\b", " "),
        (r"\bno longer\b|\bno more\b", " not "),
        (r"\b(\w+)-(se|lo|la|los|las|o|a|os|as|lhe)\b", r"\1 \2"),
    )
)
LEADING = re.compile(r"^\s*(nao|no|nope|n)\s*(,|\.|:|!|-|(?=(porque|pois|pq|because|since)\b))")
DENIALS = re.compile(
    r"\b(falsoque|e (mentira|falso)|isso (e|eh) (mentira|falso)|is (false|a lie)|(is )?not true|nao e verdade)\s*$"
)


def _bag(text: str) -> frozenset[str]:
    return frozenset(text.split())


SHORTHAND = {
    "mt": "muito", "mto": "muito", "mtos": "muitos", "mta": "muita", "mtas": "muitas", "msm": "mesmo", "td": "todo",
    "tds": "todos", "tb": "tambem", "tbm": "tambem", "vc": "voce", "qd": "quando", "qdo": "quando", "qnd": "quando",
    "bc": "because", "cuz": "because", "rn": "rede", "nn": "network", "mlhr": "melhor", "dps": "depois",
}  # fmt: skip
SHORT = re.compile(rf"\b({'|'.join(SHORTHAND)})\b")
RETRACTS = re.compile(  # a sentence that takes back those before it
    r"(?:(?:nao|not|no|mas|but|isso|this|that|e|eh|is|tudo|all|it|inclusive|somenteque|so|que) )*"
    r"(?:mentira|falso|errado|false|wrong|a lie|untrue|falsoque)"
)
NEGATORS = _bag("nao not nunca jamais never nenhum nenhuma nem ninguem nada nobody nothing none neither nor tampouco")
CONCORD = NEGATORS - {"nao", "not"}  # "não aprende nada" negates once
REVERSERS = _bag("""
    sem without emvezde deixade evita evitar evitam evitando impede impedir impedem impedindo avoid avoids avoiding
    prevent prevents preventing incapaz incapazes unable raramente rarely hardly barely dispensa dispensam impossivel
    impossible falsoque naoque lacks lack
""")
WHOLE = "falsoque"  # "não é verdade que": denies all that follows
COUNTS = _bag("importa importam matter matters existe existem exist exists conta contam count counts interessa vale")
SENTENCE_WIDE = _bag("falsoque naoque")
DENIES_SUBJECT = _bag("nao not nunca jamais never n deixade")
NOUN_NEGATORS = _bag("sem without emvezde lacks lack")
ENGLISH = _bag("the of is are and to it its in that by with be for they there has have")
PORTUGUESE = _bag("nao que o os as um uma para com de do da dos das e em se ela ele mas por ao")
STOPS = _bag("""
    mas porem contudo entretanto senao exceto but however except porque pois because since so entao then embora although
    though enquanto while whereas sim apenas somente only inclusive pq somenteque
""")
# A negation reaches back to one of these at most.
OPENERS = STOPS | _bag("e and to for para pra pro que that which who quando when se if")
JOINS = _bag("e and")
DETERMINERS = _bag("o a os as um uma the an ele ela eles elas it they")
REACH = 10  # words that a negation reaches
NOUN_REACH = 5
ENOUGH = 2  # words of its own that a negated clause has before "e" may begin another

LITTLE = _bag("""
    o a os as um uma uns umas de do da dos das em no na nos nas ao aos por pelo pela pelos pelas com para pra pro que se
    seu sua seus suas e ou isso isto esse essa este esta ele ela eles elas lhe me eu voce ja entao como
    quando porque pois pq tambem ser eh sao foi era estao estar ter tem ha vai vao pode podem fica faz the an of
    in on at to for by with and or that this these those it its they them their is are was were be been being has have
    had do does did as so because when then there will would can could may very also into from which who what we you i
    ai la ate sobre entre nele nela dele dela num numa algum alguma qual
""")
