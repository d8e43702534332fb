"""What people say while a question is open, as patterns over folded words."""

import re

HINT = re.compile(
    r"(?:(?:voce )?(?:pode|poderia|consegue) )?(?:me )?(?:da|de|dar|quero|queria|preciso de|tem|mostra|give me|i want|"
    r"i need|can i have|can i get|can you give me|another|mais|outra|uma|um|a|some)? ?(?:uma|um|mais uma|outra|a|another)? ?"
    r"(?:dica|dicas|pista|pistas|hint|hints|clue|clues|ajuda|ajudinha|help|me ajuda|me ajude|help me)(?: por favor| please| ai)?"
)
KEY = re.compile(
    r"\b(?:qual|quais|diz|diga|fala|fale|conta|conte|mostra|mostre|me da|me de|da|quero|saber|revela|revele|entrega|what|whats|"
    r"tell|give|show|reveal|know|say)\b.*\b(?:respostas?|solucao|gabarito|alternativa (?:certa|correta)|opcao (?:certa|correta)|"
    r"letra (?:certa|correta)|certa|correta|answer|answers|solution|answer key|right (?:one|option)|correct (?:one|option))\b|"
    r"^(?:a )?(?:resposta|gabarito|solucao|answer|solution)$|\bresponde (?:ai|pra mim|por mim|essa|voce)\b|\banswer it for me\b"
)
TALK = re.compile(
    r"(?:oi+|ola|opa|eae|e ai|hey+|hi+|hello|bom dia|boa (?:tarde|noite)|good (?:morning|evening|afternoon)|tudo (?:bem|bom|certo)|"
    r"how are you|obrigad[oa]|valeu|vlw|thanks|thank you|thx|ty|ok|okay|okey|blz|beleza|certo entao|entendi|got it|legal|massa|"
    r"cool|nice|great|k{2,}|(?:ha)+|(?:rs)+|lol+|lmao|hm+|ah+|eita|nossa|caramba|wow|uau|tchau|bye|ate (?:mais|logo)|see you|"
    r"gostei|adorei|que legal|muito bom|que dificil|dificil|dificil essa|that s hard|hard|hard one|espera|pera|calma|wait|"
    r"um momento|one moment|ja volto|brb)(?: (?:professor|prof|sinapse|bot|tutor|pessoal|gente|galera|everyone|all))?"
)
ASKS = re.compile(
    r"(?:mas |e |and |but |so |entao )?(?:o que (?:e|eh|sao|significa|quer dizer|faz)|oq (?:e|eh|sao|faz)|oque (?:e|eh)|"
    r"quem (?:criou|inventou|fez|foi|e|eh)|me? ?(?:explica|explique|ensina|fala|conta)|explica|explique|explain|describe|define|"
    r"defina|what (?:is|are|does|do|s)|whats|who (?:is|was|created|invented|made)|how (?:does|do|is|are|can)|why (?:is|are|does|do)|"
    r"when (?:was|did|is)|where (?:is|are|does)|tell me|can you|could you|do you|voce (?:pode|sabe|consegue)|(?:da|de)(?: me)? um exemplo|"
    r"give (?:me )?an example|(?:qual|quais) (?:e|eh|a|o|as|os|sao)|pra que serve|para que serve|como funciona|como (?:e|eh|se)|"
    r"qual a diferenca|difference between|fala sobre|tell me about|muda (?:o|de) idioma|fale (?:em )?(?:ingles|portugues))\b"
)
