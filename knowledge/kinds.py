"""Which kind of question a message asks: rules over folded text, first match wins."""

import re
from enum import StrEnum

from knowledge.text import remembering


class Kind(StrEnum):
    """Kinds of question; each is answered in its own form."""

    DEFINE = "define"
    HOW = "how"
    WHY = "why"
    USE = "use"
    WHICH = "which"
    COMPARE = "compare"
    WHO = "who"
    WHEN = "when"
    NUMBER = "number"
    SIMPLE = "simple"
    EXAMPLE = "example"
    CODE = "code"
    FORMULA = "formula"
    YESNO = "yesno"
    LIST = "list"
    LIMITS = "limits"
    HISTORY = "history"
    EXERCISE = "exercise"
    LINK = "link"
    OPINION = "opinion"
    OPEN = "open"


# Aspects that answer a kind, the best first.
ASPECTS_FOR: dict[Kind, tuple[str, ...]] = {
    Kind.DEFINE: ("definition", "simple", "list", "who"),
    Kind.HOW: ("how", "definition", "formula"),
    Kind.WHY: ("why", "misconception", "how", "limits"),
    Kind.USE: ("use", "example", "why", "definition"),
    Kind.WHICH: ("use", "list", "definition", "comparison"),
    Kind.COMPARE: ("comparison", "misconception", "use"),
    Kind.WHO: ("who", "history", "definition"),
    Kind.WHEN: ("when", "who", "history", "definition"),
    Kind.NUMBER: ("number", "definition"),
    Kind.SIMPLE: ("simple", "definition"),
    Kind.EXAMPLE: ("example", "use", "simple"),
    Kind.CODE: ("code",),
    Kind.FORMULA: ("formula", "how"),
    Kind.YESNO: ("misconception", "limits", "use", "why", "comparison"),
    Kind.LIST: ("list", "example", "use"),
    Kind.LIMITS: ("limits", "misconception", "use"),
    Kind.HISTORY: ("history", "when", "who"),
    Kind.EXERCISE: ("exercise", "example"),
    Kind.LINK: ("link", "list", "definition"),
    Kind.OPINION: ("opinion", "definition"),
    Kind.OPEN: ("definition",),
}

_RULES: tuple[tuple[Kind, str], ...] = (
    (Kind.CODE, r"\b(codigos?|code|snippet|script|implementa\w*|implement\w*|programa(r|cao)|coded?)\b"
                r"|\b(em|no|com|in|with|using|usando)( o)? (pytorch|keras|torch)\b.*"),
    (Kind.FORMULA, r"\b(formulas?|equacao|equacoes|equations?|matematicamente|matematica|maths?|mathematic\w*|"
                   r"notacao|como (se )?calcula\w*|how (is|are|do you|to) .*(calculated|computed?)|escreve.* a conta)\b"),
    (Kind.SIMPLE, r"\b(analogias?|analogy|mais simples|mais facil|simples?mente|simplifi\w+|leigos?|palavras simples|"
                  r"simple (terms|words)|simpler|plain (english|words|terms)|layman\w*|eli5|intuic\w+|intuitiv\w*|"
                  r"intuition|metafora|metaphor|crianca|\d+ anos|\d+[ -]?years?|\w+[ -]year[ -]olds?|(in|into) words|like i'?m|dumb it down|"
                  r"nao entendi|n entendi|nao to entendendo|don'?t (get|understand)|didn'?t (get|understand)|"
                  r"explica (de novo|melhor|direito)|explain (again|better)|historinha|trocando em miudos|for dummies|"
                  r"bedtime story|(minha|meu|pra|para|a|my|to) (mae|avo|vo|vovo|sobrinh[oa]|irmazinha|irmaozinho|"
                  r"grand(ma|mother|pa|father)|gran|nan|mom|mum|kid|niece|nephew|little (sister|brother)))\b"),
    (Kind.EXERCISE, r"\b(exercicios?|exercises?|praticar|practice|lista de exerc\w+|desafio)\b"),
    (Kind.EXAMPLE, r"\b(exemplos?|examples?|exemplific\w+|na pratica|in practice|caso de uso|casos de uso|use cases?|"
                   r"mundo real|real[- ](world|life)|vida real|instance of|com numeros|w(ith)? (some |real |actual )?numbers|"
                   r"faz a conta|work(ed)? (it )?(out|through)|walk me through)\b"),
    (Kind.COMPARE, r"\b(diferencas?|difere\w*|differences?|differs?|distin\w+|versus|vs|compar\w+|"
                   r"melhor (que|do que)|better than|same (thing )?as|mesma coisa|igual a|parecid\w+|"
                   r"contrast\w*|confund\w+)\b|\w+ x \w+"),
    (Kind.WHO, r"\b(quem|who|whose|whom|inventor\w*|criador\w*|creators?|autor(es|a|as)?|authors?|pai d[aoe]s?|"
               r"padrinhos?|godfathers?|fathers? of|by whom|by who|que pesquisador\w*|which (researcher|scientist)s?|"
               r"qual empresa|que empresa|which company|what company)\b"),
    (Kind.WHEN, r"\b((em )?(q|que|qual|quais) (o )?anos?|em que epoca|(what|which) (year|decade)|desde quando|since when|"
                r"ha quanto tempo|how long ago|how old is (the )?|que decada|qual (e |foi )?a data|data d[aeo]|"
                r"quando (foi|e que|surgi\w+|apareceu|nasceu|criaram|inventaram|comecou|aconteceu|ganh\w+|venceu|saiu|"
                r"lancaram|o|a|os|as|isso)|when (was|were|did|is|has|have) |quando\?*$|when\?*$)"),
    (Kind.NUMBER, r"\b(quant[oa]s?|how (many|much|big|large|deep|accurate|tall)|numero de|number of|"
                  r"qual (a|foi a|era a|o) (acuracia|precisao|taxa|tamanho|placar|porcentagem|numero)|porcentagem|"
                  r"what (was the |is the )?(accuracy|percentage|score|size|number)|que acuracia|what percent\w*)\b"),
    (Kind.USE, r"\b(quando (usar|uso|devo|se usa|vale|usa|utiliz\w+|escolher|preferir|e melhor|aplicar|nao usar|compensa)|"
               r"when (should|to|do|would|shouldn'?t|not) |serv\w+ (para|pra|pro)|para que (serve|servem|usa|e)|"
               r"p(a)?ra que|used for|use(s)? of|usa(do|da|dos|das)\w* (para|em|pra)|good for|what'?s? .* for\??$|"
               r"aplicac\w+|applications?|utilidade|useful|onde (se )?(usa|aplica|uso|e usad)|where (is|are|do) .*us(ed|e)|"
               r"vale a pena|worth|para que$|uso d[aeo]s?)\b"),
    (Kind.WHICH, r"\b((qual|que|quais|q) (e |seria |a |o |tipo de )*(melhor )*(rede|arquitetura|modelo|tecnica|algoritmo)\w*"
                 r".*(para|pra|usar|uso|usaria|devo|recomenda|indicad|serve|melhor|treino|treinar|resolve|funciona|aplico|escolh)|"
                 r"(qual|que|what|which) (rede|modelo|arquitetura|model|network|net|architecture)\??$|"
                 r"(i )?(need|want|looking for) (a |an |some|smth|sth|something)?.{0,30}(that|to|which)|preciso (de )?(um|uma|algo|classificar|prever)|"
                 r"(which|what) (type of |kind of |sort of )*(neural )*(net(work)?|architecture|model|technique)s?.*"
                 r"(for|use|should|best|suit|pick|choose|need)|should i (use|pick|choose|go)|(o que|qual|que) (eu )?(devo )?uso\b|"
                 r"devo usar|o que usar|me recomenda|recommend.*(architecture|network|model)|tenho (um|uma|uns|muit\w+|dados|imagens|fotos)|"
                 r"i have (a|an|some|lots|data|images|photos)|quero (fazer|criar|prever|classificar|gerar|detectar)|"
                 r"i want to (predict|classify|generate|detect|build|make|do|recogni[sz]e))\b"),
    (Kind.LIMITS, r"\b(limit\w+|desvantag\w+|drawbacks?|disadvantag\w+|downsides?|pontos? fracos?|fraquezas?|"
                  r"weakness\w*|contras|cons|defeitos?|problemas? (d[aeo]|com)|problems? (of|with)|"
                  r"dificuldades?|shortcomings?)\b"),
    (Kind.WHY, r"\b(por ?que|porque|why|motivos?|razao|razoes|reasons?|how come|pra que que|por qual)\b"),
    (Kind.HISTORY, r"\b(historia|history|historic\w*|origem|origins?|surgimento|como (surgiu|nasceu|comecou|apareceu)|"
                   r"how did .* (start|begin|come about|originate)|evolucao|invernos?)\b"),
    (Kind.LINK, r"\b(links?|url|site|website|onde (eu )?(acho|encontro|assisto|vejo|leio|estudo|aprendo|posso|baixo|compro)|"
                r"where (can|do) (i|you|we) (find|watch|read|learn|study|see|get|reach)|playlists?|videos?|assistir|"
                r"contato|contact|e-?mail)\b"),
    (Kind.LIST, r"\b(quais|liste|listar?|list|lists|enumer\w+|cite|citar|nomeie|name (the|some|a few|three|all)|"
                r"todos os|todas as|all the|what are the|which are|what (architectures|books|libraries|languages)|"
                r"livros?|books?|recomend\w+|recommend\w*|linha do tempo|timeline|which (books?|libraries|libs|frameworks|languages|models|topics)|(cited|mentioned) in)\b"),
    (Kind.OPINION, r"\b(opiniao|opinions?|acha (de|que|sobre)|pensa (de|sobre|que)|what (does|do|did) .* (think|say)|"
                   r"o que .* (disse|diz|acha|pensa|fala)|segundo o|according to)\b"),
    (Kind.HOW, r"\b(como|how|passo a passo|step by step|steps?|mecanismo|funciona\w*|works?|por dentro|inside)\b"),
    (Kind.YESNO, r"^(e|entao|mas|so|but|and|ok)?,? *(e verdade|verdade que|is it true|true that|is|are|does|do|did|can|could|was|were|"
                 r"has|have|should|will|would|isn'?t|aren'?t|doesn'?t|don'?t|can'?t|da (para|pra)|posso|pode|podem|"
                 r"consegu\w+|preciso|precisa|existe\w*|sera que|isn't|foi|foram|eh|sao|tem (como|que)|vou|vai)\b"
                 r"|\b(certo|ne|correto|right|correct|verdade|true|true or false|sera)\?*$"),
    (Kind.DEFINE, r"\b((e|eh|sao|seria|significa) o ?que\b|o ?que (e|sao|significa|seria|foi|era|eh|vem a ser|quer dizer|faz|fazem|acontece)|que e\b|defin\w+|"
                  r"what (is|are|does|was|were|did|do|a|an|the)|what'?s|mean(s|ing)?|signific\w+|conceito|concept|explica\w*|explain\w*|"
                  r"fal[ae] (de|sobre|do|da|mais)|me conta|conta (de|sobre)|sobre|about|tell me|resum\w+|summar\w+|describe|descreva|"
                  r"diz (o )?que|entender|understand)\b"),
)  # fmt: skip
_COMPILED = tuple((kind, re.compile(pattern)) for kind, pattern in _RULES)
_WH = re.compile(
    r"\b(o ?que|que|qual|quais|quem|quando|onde|como|por ?que|quant[oa]s?|what|which|who|when|where|how|why)\b"
)


_WITHOUT = re.compile(  # who wants no formula wants plain words
    r"\b(sem( usar)?|without|no|zero) (nenhuma?s? |muitas? |qualquer |any |the |all (the |that )?)?"
    r"(formulas?|equac(ao|oes)|equations?|matematica|contas?|codigos?|maths?|code|jargon|jargao|termos tecnicos)\b"
)


_DATA = re.compile(  # "errar um exemplo", "with few examples": what a network learns from
    r"\b(cada|os|dos|nos|aos|poucos|muitos|mais|menos|novos|mesmos|seus|\d+|(errar?|erra|ve|ver|viu|rotular) (um|os)|"
    r"each|every|few(er)?|more|many|training|its|new|wrong|label+ed|unseen|one) (exemplos?|examples?)\b"
)


@remembering(512)
def kinds_of(folded: str) -> tuple[Kind, ...]:
    """Name every kind that a folded question shows, the strongest first; empty when none does."""
    folded = _DATA.sub("", _WITHOUT.sub("mais simples", folded))
    found = [kind for kind, pattern in _COMPILED if pattern.search(folded)]
    if Kind.YESNO not in found and folded.rstrip().endswith("?") and folded.count(" ") > 2 and not _WH.search(folded):
        found.insert(0 if not found or found[0] not in _FIRM else 1, Kind.YESNO)
    return tuple(dict.fromkeys(found))


_FIRM = {Kind.CODE, Kind.FORMULA, Kind.SIMPLE, Kind.EXAMPLE, Kind.EXERCISE, Kind.COMPARE}
