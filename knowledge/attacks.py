"""Recognise attempts to change the tutor's instructions, to get its secrets, or to make it ping everyone."""

import re

from knowledge.text import fold

_ATTACKS = tuple(
    re.compile(pattern, re.DOTALL)
    for pattern in (
        r"@(everyone|here|todos|all)\b|<@&?\d+>",
        r"(?:^|[.,;:!?\n] ?|please |agora |now |and |e |must |should |quero que (?:voce )?|want you to |you to )"
        r"(ignor[ea]r?|ignoring|esquec[ae]|esqueca|desconsider[ea]r?|desobede[cç]a|forget|disregard|override|bypass|burl[ae]r?|drop)\b.{0,40}"
        r"\b(instruc\w*|instruct\w*|regras?|rules?|prompts?|orders?|ordens|restric\w*|filtros?|filters?|limits?|guidelines|"
        r"tudo (o )?que|everything|all (of )?(the|your)|anterior\w*|previous|above|acima)\b",
        r"\b(system|sistema|initial|inicial|hidden|oculto|secret\w*|your|seu|teu|original) ?(prompts?|instruc\w+|instructions?)\b",
        r"\bprompt (de|do|of) (sistema|system|seu)\b|\bprompt (inicial|original|oculto|secreto)\b",
        r"\b(suas?|teus?|tuas?|your)( \w+){0,2} (instruc\w+|instructions?|prompts?|regras? (internas?|secretas?)|diretrizes|guidelines)\b",
        r"\b(api|bot|discord|telegram|access|acesso|secret|secreta?|auth|seu|your) ?_?-?(token|key|chave)s?\b.{0,40}"
        r"\b(mostr|mand|pass|envi|revel|show|send|give|tell|print|qual|what|leak|exib|imprim)",
        r"\b(mostr\w*|mand[ae]|pass[ae]|envi[ae]|revel[ae]|show|send|give|tell|print|qual|what is|what'?s|leak|exib[ae]|imprim[ae]|dump|"
        r"cat|read|leia|col[ae]|copi[ae]|copy|quero|want|me da|diga|fala|list[ae]?|export|repeat|repita|paste|cole|expose|conta)\b.{0,40}"
        r"\b((api|bot|discord|telegram|access|acesso|secret|seu|teu|your|bot's|do bot) ?_?-?(token|key|chave|password|senha|secret)s?|"
        r"tokens? (do|de|of|from) (bot|discord|telegram|acesso|the bot)|"
        r"senhas?|passwords?|api keys?|api_key|\.env\b|environment variables?|variaveis de ambiente|config\.toml|"
        r"credenciais|credentials|(your|seu|teu|bot's|do bot|the bot) ?(database|banco de dados)|(database|banco de dados|sqlite) (do|of the|of this) bot|/etc/|id_rsa|ssh|source code of (the )?bot|"
        r"(seu|teu) codigo[- ]fonte|your (own )?source code|mensagens d[oae]s? outr\w+|other (users?|students?|learners?)'? ?\w*|"
        r"dados d[oae]s? (outr\w+|usuari\w+|alun\w+)|(arquivos?|files?) (do|on|of|no) (servidor|server|sistema|host))",
        r"\b(mostr\w*|mand[ae]|pass[ae]|envi[ae]|revel[ae]|show|send|give|tell|print|list|leak|exib[ae]|imprim[ae]|dump|read|leia|abr[ae]|open|cat|col[ae]|copi[ae]|copy|paste)\b"
        r".{0,60}(?<!\w)(\.env\b|/etc/|~/|\.ssh\b|\.git\b)",
        r"\b(discord_token|telegram_token|bot_token|openai_api_key|aws_secret\w*|os\.environ|process\.env|getenv|printenv)\b",
        r"\b(rm -rf|sudo|drop table|select \* from|os\.system|subprocess|(?<!\.)eval\(|exec\(|__import__|curl http|wget|chmod|"
        r"cat /|ls -la|/etc/passwd|shutdown|union select|<script|import os)",
        r"\b(jailbreak\w*|dan mode|modo dan|do anything now|developer mode|modo (desenvolvedor|deus|admin\w*|root|debug|irrestrito)|modo sem filtros?|(respond\w+|fal[ae]r?|convers[ae]r?|aja|fique|seja|answer|speak|talk|act)\b.{0,40}\b(sem filtros?|without (any )?filters?)|"
        r"god mode|admin mode|root mode|debug mode|sem (nenhum filtro|restric\w+|censura)|without (restrictions?|rules)|"
        r"unrestricted( (mode|ai|answers?|access|assistant|bot|version)|$)|uncensored|no restrictions|sudo mode)\b",
        r"\b(a partir de agora|de agora em diante|from now on),? (voce|vc|tu|you|seja|be|act|aja|responda|answer|fale|ignore|finja)\b"
        r"|\b((voce|vc|tu) agora (e|eh|vai ser)|you are now|agora (voce|vc|tu) (e|eh|vai ser))\b",
        r"\b(finja|finge|faca de conta|pretend|roleplay|role-play|act as|aja como|atue como|se passe por|simule ser|behave as|"
        r"interprete o papel)\b(?! (?:that |que )?(?:i ?'?m|i am|eu sou|sou|we|im)\b(?!.{0,40}\b(?:admin\w*|root|dono|owner|desenvolvedor\w*|"
        r"developers?|hacker|host|creator|criador\w*|boss|chefe|professora?|teacher|maker|staff|moderator\w*)\b)).{0,60}\b(dan|hacker|admin\w*|root|dono|owner|desenvolvedor|developer|sem|without|outr[oa]|another|"
        r"nao (e|tem)|unrestricted|that|que|my|minha|meu|terminal|shell|linux|evil|dev|assistente|assistant|gpt|ia|ai|grandm\w+|avo)\b",
        r"\b(marqu?e|mencion\w+|mention|ping(ue|a|s)?|notifi\w+|avis[ea]|chame|tag) (a )?(todo|todos|todas|everyone|everybody|all|geral|"
        r"o servidor|the (whole )?server|a turma|toda)\b",
        r"\b(repita|repeat|print|copie|output|escreva|write|show|mostre|traduza|translate)\b.{0,30}"
        r"\b((o que (esta|vem|foi)|tudo|texto|mensagem|everything|text|message|instruc\w+|prompt).{0,15}(acima|above)|your (first|initial|previous)|(sua|tua) primeira (mensagem|instrucao)|(palavra por palavra|verbatim|word for word))\b",
        r"\[(system|inst|/inst|admin)\]|<\|?(system|im_start|endoftext)|###? ?(system|instruction|sistema|nova instrucao|new instruction)",
        r"\b(nova|new) (instrucao|instruction|ordem|regra|rule)s?\b ?:|^(system|sistema|admin|root) ?:",
        r"\bbase64\b.{0,60}(decod|execut|rode|run|obey|obede|siga|follow)|(decod\w+|decifr\w+).{0,40}\b(execut\w*|obedec\w*|siga|run|follow|obey)\b",
        r"\b(execut[ea]|rode|roda|run|executar) (o|este|esse|this|the|um|a|isso)? ?(comando|command|shell|script abaixo|terminal)\b",
        r"\b(deslig\w+|desative|delete|apague|apaga|reinicie|reset|wipe|disable|turn off|shut down)\b.{0,30}"
        r"\b(bot|servidor|server|banco|database|filtro\w*|filter\w*|seguranca|safety|si mesmo|yourself|progresso|todos|dados|data)\b",
        r"\bend of (user )?input\b|\b(new |system |nova |sistema )(system )?(directive|diretiva)s?\b",
        r"\b(rules?|regras|instruc\w+|instructions?) (that )?(you|(que )?(voce|vc|tu)) (follow|obey|were given|segue|obedece|recebeu)\w*",
        r"\b(absolute|full|server|caminho) (file )?(paths?|absoluto|completo)\b|\bpaths? (on|of) (the )?(disk|server|host)\b",
        r"\b(dm|send|mand[ae]|envi[ae]|message|post|spam)\b.{0,20}\b(every|all|each|todos?|cada)( the| os)? "
        r"(members?|users?|membros?|usuarios?|people|pessoas)\b",
        r"\b(answer|respond\w*|say|tell|diga|fal[ea])\b.{0,30}\b(everyone|everybody|all|todo mundo|todos)\b.{0,15}\b(from now on|a partir de agora|daqui pra frente)",
        # to hurt somebody with what the lecture explains: a face or a voice that isn't one's own to use
        # (but who asks how to report, spot or survive one is answered)
        r"^(?!.*\b(denunci\w+|report\w*|detect\w*|descobr\w+|identific\w+|prote[gct]\w+|evit\w+|avoid|crimes?|ilegal|illegal|law|lei|errado|"
        r"wrong|remov\w+|take down))"
        r"(?=.*\b(deep ?fakes?|nudes?|pelad[ao]s?|naked|adult (clip|video)|video adulto))"
        r".*\b(fazer|faco|faz|criar|crio|cria|gerar|gero|montar|monto|botar|boto|colocar|coloco|trocar|troco|clonar|clono|mak(e|ing)|creat(e|ing)|"
        r"generat(e|ing)|put(ting)?|swap(ping)?|clon(e|ing))\b"
        r".*\b(d[aeo] (minha|meu|um[a]? (colega|menina|moca|vizinh[ao]))|(minha|meu) (ex|colega|chefe|professora?|vizinh[ao])|(my|an?) "
        r"(ex|classmate|girl\w*|boss|teacher|neighbou?r|co-?worker)|sem (ela|ele) saber|without (her|him|them) knowing|getting caught)\b",
        r"\b(tokens?|senhas?|passwords?|credenciais|credentials|segredos?|secrets?)\b.{0,30}\b(discord|telegram|bot|host|servidor|server|"
        r"professor|admin)\b|\b(discord|telegram|bot)('s)? (token|senha|password|secret)s?\b",
    )
)


def is_attack(message: str) -> bool:
    """Tell whether a cleaned message is an attempt on the tutor, not a question."""
    folded = fold(message)
    return any(pattern.search(folded) for pattern in _ATTACKS)
