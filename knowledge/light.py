"""Small words: they ask, fill or colour a message without saying what it is about. Folded, both languages together."""

from knowledge.language import CHAT_WORDS, TOPICS

_ASKING = """
exemplo exemplos example examples codigo code formula equacao simples simple simpler facil easier mais more menos less
diferenca diferencas difference differences entre between quando when ano year inventou inventor criador creator
invented created criou funciona funcionam work works explica explique explicar explain entendi entender understand
outro outra another detalhe detalhes detail details vantagem vantagens desvantagem desvantagens advantages
disadvantages drawbacks limites limitacoes limits limitations historia history fonte source usar usa uso use used
serve lista list cite citar dar mostra mostre significa mean means pratica practice resumo resume resumir summary
analogia analogy melhor better nova novo jeito palavras words de para pra por porque fale diga sobre about isso
ser pode podem posso ter tem ha haver can be could would should if its muito very tudo todo sim nao no not also
avo vovo avos mae pai filho filha sobrinho sobrinha primo prima irmao irma amigo amiga vizinho colega crianca criancas
leigo leiga leigos burro idiota iniciante iniciantes novato cinco dez anos ano tivesse fosse grandma grandmother mom
dad kid kids child children friend beginner beginners newbie noob dummies dummy five ten years old plain terms layman
simplificado simplificada resumida resumidamente rapido rapidamente curto brief briefly quick quickly short jargao
jargon complicado complicada complicar matematica matematiques math maths sem without snippet trecho script codar
programar implementar implemento implement implementation implementacao adiciono adicionar coloco colocar ponho
rodar carrego carregar load loading write escrever escrevo faco facam fazem made python pytorch keras
cite nomeie enumere enumera enliste three tres quatro alguns algumas several principais main principal todos todas
all existem existe exist exists tipos types kinds tipo kind motivo motivos razao reason reasons causa cara sujeito
galera pessoal pessoa pessoas person people guy guys dude man bro mano exatamente exactly basicamente basically
realmente really sério afinal duvida doubt question pergunta gostaria saber know wondering curious curioso queria
preciso need consigo consegue poderia might favor thanks obrigado valeu topico tema assunto topic subject
ex eg dia day mim me eu nos aqui nada don t s get got didn doesn isn ainda still nele nela ne n ok
a em e quero ver show there so entao tambem also too mesmo again passo step detalhadamente continua continue segue qual
alguma algum some any vez duas dois two both foram foi sao esta is are were surgiu apareceu antes depois usam usada
usado usadas usados them those these it its that and or ou mas but then aprofunda aprofundar fundo
author authors autor autora autores wrote escreveu escreveram published publicou lancou
launched developed desenvolveu bolou bolaram concebeu conceberam conceived brainchild inventaram criaram deus nossa
sempre always confundo confunde confundir sorry desculpa desculpe peguei saquei captei brain hurts melt cabeca
"""
# How people talk in a chat: filler, swearing, slang for things and for working, the student's day.
_CHAT = {
    "pt": """
    diabos diabo raios caramba porra caralho krl pqp cacete merda bosta inferno bagaca bagulho treco troco
    parada negocio coisa coisas coisinha trem treta lance esquema danado danada bendito bendita tal tais famoso
    famosa maldito maldita facinho facinha facilzinho rapidinho rapidao direitinho certinho devagar calma
    tranquilo suave firmeza massa legal maneiro bacana daora top foda fodase demais bastante meio assim la sei
    saca entende entendeu hein ein uai ue oxe oxente eita vish vixe nossa aff ufa puts poxa caraca mds slk pse
    pois salve alo oie oii tava tavam estava estavam estou tou ando andei fiquei fico ficar tao tamo vamo vamos
    simbora lendo estudando estudar estudo estudei revisando revisar prova provas aula aulas slide slides profe
    profa professora colega colegas turma faculdade facul escola tcc reuniao funfa funfar rola rolar pega pegar
    manja manjar manjo boiando boiei viajei viajando travei travado perdido perdida confuso confusa confundi
    embananei esqueci lembro lembrar lembra ouvi vi li leio falaram disseram comentou comentaram mencionou caiu
    errei acertei passei falar falem dizer digam explicaria explicasse explicaram ensina ensinar ensine contar
    ajuda ajudar socorro help dica dicas afinal contas diacho macho rapaz moco moca tio tia galerinha povo
    turminha chefe parca brother velho veio vei moleque crl plmdds pelamor pelo amor deus senhor jesus credo
    rapida curtinha pequena grande resumao resuminho detalhadinho mesma realidade fundo verdade serio
    sinceramente honestamente literalmente basicamente simplesmente teria poderia poderiam conseguiria consegui
    dizem dizendo falando chamado chamada chama chamam nome nomes conhecido conhecida
    1 2 3 4 5 6 7 8 9 10 tres quatro
    """,
    "en": """
    heck hell wtf damn darn freaking fricking effing friggin fucking fuck shit crap bloody actual actually
    literally legit like lol lmao lmfao rofl haha hahaha omg ffs smh tbh imo imho fyi btw afaik irl yo yoo yep
    yup nah nope aight hiya dear sir madam mate buddy pal folks team stuff thing things thingy deal business
    story gist tldr nutshell basics basic intro quickie real fast asap rn lecture slide slides class course
    professor prof teacher exam midterm study studying review revising stuck lost confused stumped clueless
    forgot remember remind recall heard saw read reading mentioned said came come out wo bout coz cos gotta
    outta lotta tryna imma finna dunno ik ikr hit walk talk through break down breakdown spell throw drop hand
    over word words sentence sentences basically simply honestly seriously truly exactly precisely roughly
    briefly clearly properly whole entire called name names named known again please kindly able wonder wonders
    wondered confuse confuses confusing grasp wrap head around figure bit little couple lil mind blown fancy
    fancypants jibber mumbo jumbo
    """,
}
LIGHT = frozenset(" ".join((*CHAT_WORDS.values(), _ASKING, *_CHAT.values())).split()) - TOPICS
