"""AlphaGo in small: a network and a tree search teach each other tic-tac-toe, with no human game to copy.

Each round it plays itself, the search picking better moves than the network's hunch alone; then the network learns
what the search chose and who won. That is AlphaGo Zero's recipe (2017). Go can't be checked to the end; this game is.
"""

# [code]
import json
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

# [end]
from models.demos import _alphago
from models.demos._alphago import Round, Thought

# [code]
from models.demos._tictactoe import SYMMETRIES, Boards, Tally, at_random, certificate, outcome, played

# [end]
from models.engine.protocol import (
    Answer,
    Baseline,
    Both,
    DemoError,
    DemoSpec,
    Event,
    Expectation,
    Knob,
    Metric,
    Move,
    Option,
    Param,
    Params,
    Preset,
    Result,
    Step,
    Turn,
)
from models.kit import arrays
from models.kit.said import share

CLEAN = 3  # certificates in a row without a lost line, and the training stops
USUAL = 14  # rounds that it mostly takes
BOARD = 600  # height of a picture of the board

SPEC = DemoSpec(
    name="alphago",
    title=Both("AlphaGo: aprender jogando contra si mesmo", "AlphaGo: learning by playing itself"),
    summary=Both(
        "Aprende o jogo da velha sozinha até não perder; depois, jogue contra ela",
        "Teaches itself tic-tac-toe until it can't lose; then play it",
    ),
    lesson=Both(
        "Ninguém mostra partidas à rede: ela joga contra si mesma, a busca em árvore escolhe melhor que o palpite, e o "
        "palpite aprende com a busca. "
        "No fim, ela enfrenta todas as partidas possíveis, e contamos quantas perde. Depois é a sua vez.",
        "Nobody shows the network any game: it plays itself, the tree search chooses better than its hunch, and the "
        "hunch learns from the search. "
        "At the end it faces every possible game, and we count how many it loses. Then it's your turn.",
    ),
    concept="alphago",
    seconds=9,
    params=(
        Param("rounds", "int", 30, Both("rodadas, no máximo", "rounds, at most"), 1, 60, words=("rodadas", "rounds")),
        Param("games", "int", 64, Both("partidas por rodada", "games per round"), 8, 128, words=("partidas", "games")),
        Param(
            "simulations",
            "int",
            30,
            Both("simulações por lance, no treino", "simulations per move, in training"),
            2,
            60,
            words=("simulacoes", "simulações", "simulations", "busca", "search"),
        ),
        Param(
            "explore",
            "float",
            0.5,
            Both("partidas com aberturas sorteadas", "games with drawn openings"),
            0.0,
            1.0,
            words=("exploracao", "exploração", "explore", "exploration"),
            help=Both("0: joga sempre o que acha melhor", "0: always plays what it thinks best"),
        ),
        Param(
            "depth",
            "int",
            100,
            Both("simulações por lance, no jogo", "simulations per move, in the game"),
            10,
            200,
            words=("profundidade", "depth"),
        ),
        Param(
            "rule",
            "choice",
            "normal",
            Both("regra", "rule"),
            choices=(
                Option("normal", Both("três em linha ganha", "three in a row wins"), ("normal",)),
                Option(
                    "misere",
                    Both("três em linha perde", "three in a row loses"),
                    ("invertida", "misere", "perde", "loses"),
                ),
            ),
            words=("regra", "rule"),
        ),
        Param(
            "lr", "float", 0.003, Both("taxa de aprendizado", "learning rate"), 1e-5, 0.3, words=("taxa", "lr", "rate")
        ),
    ),
    expect=Expectation(
        Both(
            "Sem ver nenhuma partida humana, depois de mil e poucas contra si mesma: como ela se sai contra todas as "
            "respostas possíveis?",
            "Without seeing a human game, after a thousand or so against itself: how does it do against every "
            "possible reply?",
        ),
        (
            Option("never", Both("não perde nenhuma", "never loses")),
            Option("search", Both("só não perde com busca", "only safe with search")),
            Option("some", Both("ainda perde algumas", "still loses some")),
        ),
    ),
    quick={"rounds": 1, "games": 8, "simulations": 4, "depth": 10},
    presets=(
        Preset(
            "misere",
            Both("vire a regra: três em linha perde", "turn the rule: three in a row loses"),
            {"rule": "misere"},
            Both(
                "O mesmo código, outra regra: ninguém precisou explicar estratégia nenhuma. É mais difícil, e leva "
                "o dobro de rodadas.",
                "The same code, another rule: nobody had to explain any strategy. It is harder, and takes twice "
                "the rounds.",
            ),
        ),
        Preset(
            "narrow",
            Both("quebre isso: sem explorar", "break it: no exploring"),
            {"explore": 0.0, "rounds": 12},
            Both(
                "Jogando sempre o que acha melhor, ela repete a mesma partida e decora um caminho só: fora dele, "
                "perde mais do que perdia antes de treinar.",
                "Always playing what it thinks best, it repeats one game and learns a single path by heart: off "
                "it, it loses more than before training.",
            ),
            broken=True,
        ),
        Preset(
            "blind",
            Both("quebre isso: quase sem busca", "break it: hardly any search"),
            {"simulations": 2, "rounds": 12},
            Both(
                "Com 2 simulações a busca não melhora o palpite: a rede aprende com os próprios erros, e os repete.",
                "With 2 simulations the search doesn't improve the hunch: the network learns from its own "
                "mistakes, and repeats them.",
            ),
            broken=True,
        ),
    ),
    knobs=(
        Knob("wider", Both("o dobro de partidas", "twice the games"), "games", times=2),
        Knob("shallow", Both("metade da busca", "half the search"), "simulations", times=0.5),
        Knob("rate10", Both("taxa ×10", "rate ×10"), "lr", times=10),
        Knob("turned", Both("três em linha perde", "three in a row loses"), "rule", to="misere"),
    ),
    aliases=("alphazero", "alphago zero", "jogo da velha", "tic-tac-toe", "self-play", "mcts"),
    asks=(
        "jogar jogo da velha",
        "jogar contra a rede",
        "jogar contra o alphago",
        "quero jogar contra o alphago",
        "play against alphago",
        "aprender sozinho jogando",
        "play tic-tac-toe",
        "play against the network",
        "learn by playing itself",
    ),
    related=("alphago-zero", "aprendizado-por-reforco"),
    slides=("2016-alphago",),
    reference="Silver et al., 2016; Silver et al., 2017",
    data=Both("Nenhum: as partidas que ela mesma joga", "None: the games that it plays itself"),
    plays=("press",),
    call=(
        "torch.manual_seed({seed})\n"
        "net = Net()\n"
        "plan = Plan({rounds}, {games}, {simulations}, {explore}, 1.0 if {rule} == 'normal' else -1.0)\n"
        "for games, loss in train(net, plan, {lr}, seed={seed}):\n"
        "    alone, searching = certified(net, {depth}, plan.prize)\n"
        '    print(f"{{games:5}} games  loss {{loss:.2f}}  defeats: {{alone.lost}} alone, {{searching.lost}} with '
        'search")\n'
        "    if alone.lost + searching.lost == 0:\n"
        "        break"
    ),
)


# [code]
Floats = NDArray[Any]
Think = Callable[[Boards], tuple[Floats, Floats]]  # boards [N, 9] -> how likely each move is [N, 9], who will win [N]
CURIOSITY = 1.5  # how far the search trusts the network's hunch over what it has tried
UNIFORM = 0.25  # of every hunch is spread evenly when it plays: no move is left unlooked at


@dataclass(frozen=True, slots=True)
class Plan:
    """How a training goes; `prize` is what three in a row is worth to who makes it, 1 or -1."""

    rounds: int = 30
    games: int = 64  # a round
    simulations: int = 30  # a move
    explore: float = 0.5  # of the games begin with moves drawn at random
    prize: float = 1.0


class Net(nn.Module):
    """One body, two heads: where to play, and who will win (-1 to 1)."""

    def __init__(self, width: int = 64) -> None:
        """Take random weights."""
        super().__init__()
        self.body = nn.Sequential(nn.Linear(18, width), nn.ReLU(), nn.Linear(width, width), nn.ReLU())
        self.policy = nn.Linear(width, 9)
        self.value = nn.Linear(width, 1)

    def forward(self, boards: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """Boards [N, 9] -> logits of the moves [N, 9], value [N]."""
        seen = self.body(torch.cat([boards == 1, boards == -1], dim=1).float())
        logits = self.policy(seen).masked_fill(boards != 0, -1e9)
        return logits, torch.tanh(self.value(seen)).squeeze(1)


def thinker(net: Net) -> Think:
    """Let the network judge boards."""

    def think(boards: Boards) -> tuple[Floats, Floats]:
        with torch.inference_mode():
            logits, value = net(torch.from_numpy(boards))
            return torch.softmax(logits, 1).numpy(), value.numpy()

    return think


class Search:
    """Monte Carlo tree search of many boards side by side: node n of tree g is [g, n] in each array."""

    def __init__(self, think: Think, boards: Boards, room: int, prize: float) -> None:
        """Plant a tree on each board."""
        self.think, self.prize, self.trees = think, prize, np.arange(len(boards))
        shape = (len(boards), room + 1, 9)
        self.board, self.child = np.zeros(shape, np.int8), np.zeros(shape, np.int32)
        self.prior, self.visits, self.total = (np.zeros(shape, np.float32) for _ in range(3))
        self.ended = np.full(shape[:2], np.nan, np.float32)
        self.board[:, 0], self.prior[:, 0] = boards, think(boards)[0]

    def grow(self, new: int) -> None:
        """Simulate once in each tree: go down to a new node, judge it, and tell the way back."""
        path, node = self._descend()
        fresh = self.trees[node == 0]
        value = self.ended[self.trees, node].copy()
        value[fresh] = self._judge(fresh, path, new)
        depth = np.zeros(len(self.trees), np.int32)
        for trees, _, _ in path:
            depth[trees] += 1
        for d, (trees, nodes, moves) in enumerate(path):
            sign = np.where((depth[trees] - d) % 2 == 1, -1, 1)
            self.visits[trees, nodes, moves] += 1
            self.total[trees, nodes, moves] += sign * value[trees]

    def _descend(self) -> tuple[list[tuple[NDArray[Any], NDArray[Any], NDArray[Any]]], NDArray[Any]]:
        """Take in each node the move that promises most, tried or hoped for."""
        node, on, path = np.zeros(len(self.trees), np.int32), self.trees, []
        while len(on):
            n = node[on]
            tried = self.visits[on, n]
            known = self.total[on, n] / np.maximum(tried, 1)
            hoped = CURIOSITY * self.prior[on, n] * np.sqrt(tried.sum(1, keepdims=True) + 1) / (1 + tried)
            move = np.where(self.board[on, n] == 0, known + hoped, -np.inf).argmax(1)
            path.append((on, n, move))
            node[on] = self.child[on, n, move]
            on = on[(node[on] > 0) & np.isnan(self.ended[on, node[on]])]
        return path, node

    def _judge(self, trees: NDArray[Any], path: list[Any], new: int) -> Floats:
        """Add a node to these trees and give its value: the game's end, or what the network says."""
        parent, move = np.zeros((2, len(self.trees)), np.int32)
        for on, n, m in path:
            parent[on], move[on] = n, m
        boards = played(self.board[trees, parent[trees]], move[trees])
        self.child[trees, parent[trees], move[trees]] = new
        self.board[trees, new], self.ended[trees, new] = boards, outcome(boards, self.prize)
        self.prior[trees, new], value = self.think(boards)
        return np.where(np.isnan(self.ended[trees, new]), value, self.ended[trees, new])


def search(think: Think, boards: Boards, simulations: int, prize: float = 1.0) -> tuple[Floats, Floats]:
    """Think ahead; give the visits of each move [N, 9] and what it is worth to the mover [N, 9]."""

    def open_minded(boards: Boards) -> tuple[Floats, Floats]:
        hunch, value = think(boards)
        free = boards == 0
        return (1 - UNIFORM) * hunch + UNIFORM * free / np.maximum(free.sum(1, keepdims=True), 1), value

    found = Search(open_minded, boards, simulations, prize)
    for new in range(1, simulations + 1):
        found.grow(new)
    return found.visits[:, 0], found.total[:, 0] / np.maximum(found.visits[:, 0], 1)


def self_play(think: Think, plan: Plan, dice: np.random.Generator) -> tuple[Boards, Floats, Floats]:
    """Play against itself; give the boards seen, the search's choice on each [N, 9], and how the game ended [N]."""
    games = plan.games
    boards, result = np.zeros((games, 9), np.int8), np.zeros(games, np.float32)
    at_random = np.where(
        dice.random(games) < plan.explore, dice.integers(1, 6, games), 0
    )  # so many first moves anywhere
    on, seen = np.arange(games), []
    for ply in range(9):
        free = boards[on] == 0
        move = (dice.random((len(on), 9)) * free).argmax(1)
        thinks = at_random[on] <= ply
        if thinks.any():
            visits, _ = search(think, boards[on[thinks]], plan.simulations, plan.prize)
            chance = visits / visits.sum(1, keepdims=True)
            seen.append((on[thinks], np.full(thinks.sum(), ply), boards[on[thinks]], chance))
            drawn = (chance.cumsum(1) > dice.random((len(chance), 1))).argmax(1)
            move[thinks] = drawn if plan.explore else chance.argmax(1)
        boards[on] = played(boards[on], move)
        value = -outcome(boards[on], plan.prize)
        result[on] = np.where(np.isnan(value), 0, value) * (1 if ply % 2 == 0 else -1)
        on = on[np.isnan(value)]
        if not len(on):
            break
    game, plies, positions, chances = (np.concatenate(column) for column in zip(*seen, strict=True))
    return positions, chances, result[game] * np.where(plies % 2 == 0, 1, -1).astype(np.float32)


def learn(net: Net, optimizer: torch.optim.Optimizer, memory: list[Any], dice: np.random.Generator) -> float:
    """Teach the network what the search chose and who won, in the board's eight symmetries; give the loss."""
    boards, chances, results = (np.concatenate(column) for column in zip(*memory, strict=True))
    for _ in range(60):
        rows = dice.integers(len(boards), size=256)
        turned = SYMMETRIES[dice.integers(8, size=256)]
        logits, value = net(torch.from_numpy(np.take_along_axis(boards[rows], turned, 1)))
        chosen = torch.from_numpy(np.take_along_axis(chances[rows], turned, 1))
        wrong = (value - torch.from_numpy(results[rows])) ** 2
        loss = (wrong - (chosen * torch.log_softmax(logits, 1)).sum(1)).mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return float(loss.item())


def train(net: Net, plan: Plan, lr: float, seed: int) -> Iterator[tuple[int, float]]:
    """Play and learn in turn; yield (games played, loss)."""
    dice = np.random.default_rng(seed)
    optimizer = torch.optim.Adam(net.parameters(), lr=lr, weight_decay=1e-4)
    memory: deque[Any] = deque(maxlen=6)  # rounds
    for done in range(1, plan.rounds + 1):
        memory.append(self_play(thinker(net), plan, dice))
        yield done * plan.games, learn(net, optimizer, list(memory), dice)


def certified(net: Net, simulations: int, prize: float) -> tuple[Tally, Tally]:
    """Play every possible line against the network alone, and against network and search."""
    think = thinker(net)
    alone = certificate(lambda boards: think(boards)[0].argmax(1), prize)
    return alone, certificate(lambda boards: search(think, boards, simulations, prize)[0].argmax(1), prize)


# [end]


def run(params: Params, seed: int) -> Iterator[Event]:
    """Play and learn until no line is lost; then prove it."""
    torch.manual_seed(seed)
    net, prize, lang = Net(), prize_of(params), params.lang
    yield Step(0.0, Both("medindo antes de treinar", "measuring before training"))
    rule, before = certificate(at_random(seed), prize), certified(net, params.int("depth"), prize)
    seen = [Round(0, 0.0, *before, _hunches(net))]
    yield _alphago.live(seen, rule.lost, lang)
    for games, loss in train(net, _plan(params), params.float("lr"), seed):
        if not np.isfinite(loss):
            break
        seen.append(Round(games, loss, *certified(net, params.int("depth"), prize), _hunches(net)))
        yield _step(seen, params)
        if len(seen) % 3 == 2:
            yield _alphago.live(seen, rule.lost, lang)
        if _clean(seen):
            break
    yield _alphago.film(seen, lang)
    yield _alphago.final(seen, before, rule, lang)
    yield Step(1.0, Both("pronto: sua vez de jogar", "done: your turn to play"))
    yield _result(params, seen, before, rule, net)


def _plan(params: Params) -> Plan:
    rounds, games, simulations = (params.int(name) for name in ("rounds", "games", "simulations"))
    return Plan(rounds, games, simulations, params.float("explore"), prize_of(params))


def prize_of(params: Params) -> float:
    """Give what three in a row is worth to who makes it."""
    return 1.0 if params.text("rule") == "normal" else -1.0


def _hunches(net: Net) -> Floats:
    return thinker(net)(_alphago.OPENINGS)[0]


def _clean(seen: list[Round]) -> bool:
    last = seen[-CLEAN:]
    return len(last) == CLEAN and all(r.alone.lost == r.both.lost == 0 for r in last)


def _step(seen: list[Round], params: Params) -> Step:
    now, done, most = seen[-1], len(seen) - 1, params.int("rounds")
    usual = min(most, USUAL)
    stage = Both(
        f"{now.games} partidas: {now.alone.lost} derrotas sozinha, {now.both.lost} com busca",
        f"{now.games} games: {now.alone.lost} defeats alone, {now.both.lost} with search",
    )
    metrics = {"loss": now.loss, "lost_alone": float(now.alone.lost), "lost_with_search": float(now.both.lost)}
    return Step(0.95 * min(done / usual, 0.8 + 0.2 * done / most), stage, metrics)


def _result(params: Params, seen: list[Round], before: tuple[Tally, Tally], rule: Tally, net: Net) -> Result:
    now = seen[-1]
    alone, both = now.alone, now.both
    option = "never" if alone.lost == both.lost == 0 else "search" if both.lost == 0 else "some"
    lost, drawn = share(_alphago.share(alone)), share(_alphago.share(rule), 0)
    return Result(
        what=Both(
            f"Depois de {now.games} partidas contra si mesma, a rede enfrentou todas as respostas possíveis, de X e de "
            f"O. Sozinha, passou de {before[0].lost} derrotas para {alone.lost} ({lost.pt}); com busca, de "
            f"{before[1].lost} para {both.lost}, em {both.games} partidas. Quem joga ao acaso perde {drawn.pt}.",
            f"After {now.games} games against itself the network faced every possible reply, as X and as O. Alone, it "
            f"went from {before[0].lost} defeats to {alone.lost} ({lost.en}); with search, from {before[1].lost} to "
            f"{both.lost}, in {both.games} games. Playing at random loses {drawn.en}.",
        ),
        why=_why(now, before),
        next=_next(params, option),
        metrics=_metrics(now, before, rule),
        answer=Answer(
            option,
            Both(
                f"No fim: {alone.lost} derrotas só com a rede e {both.lost} com busca. Não é amostra: foram jogadas "
                "todas as partidas possíveis.",
                f"At the end: {alone.lost} defeats of the network alone and {both.lost} with search. Not a sample: "
                "every possible game was played.",
            ),
        ),
        turn=_invitation(params),
        state=arrays.pack(net.state_dict()),
    )


def _metrics(now: Round, before: tuple[Tally, Tally], rule: Tally) -> tuple[Metric, ...]:
    """Set the lines lost beside those without training, and at random."""
    alone, both = now.alone, now.both
    return (
        Metric(
            "lost_with_search",
            Both("derrotas, rede + busca", "defeats, network + search"),
            float(both.lost),
            (
                Baseline(Both("busca sem treino", "search, untrained"), float(before[1].lost)),
                Baseline(Both("ao acaso", "at random"), float(rule.lost)),
            ),
            better="lower",
            digits=0,
        ),
        Metric(
            "lost_alone",
            Both("derrotas, só a rede", "defeats, network alone"),
            float(alone.lost),
            (
                Baseline(Both("rede sem treino", "untrained network"), float(before[0].lost)),
                Baseline(Both("ao acaso", "at random"), float(rule.lost)),
            ),
            better="lower",
            digits=0,
        ),
        Metric(
            "won_with_search",
            Both("partidas ganhas, rede + busca", "games won, network + search"),
            both.won / both.games,
            (Baseline(Both("ao acaso", "at random"), rule.won / rule.games),),
            percent=True,
            digits=0,
        ),
        Metric("games", Both("partidas de treino", "training games"), float(now.games), better="", digits=0),
    )


def _why(now: Round, before: tuple[Tally, Tally]) -> Both:
    if now.both.lost > before[1].lost or now.alone.lost > 20:
        return Both(
            "O laço só melhora se a busca acerta mais que o palpite e se as partidas variam. Sem variedade ou sem "
            "busca, a rede ensina a si mesma os próprios erros, e nada de fora a corrige.",
            "The loop only improves if the search does better than the hunch and if games vary. Without variety or "
            "without search the network teaches itself its own mistakes, and nothing outside corrects it.",
        )
    return Both(
        "A busca olha alguns lances à frente e corrige o palpite; a rede aprende essa correção, e a busca seguinte já "
        "parte de um palpite melhor. "
        "Metade das partidas começa com lances sorteados, para que ela conheça também posições que não escolheria. "
        "O AlphaGo de 2016 começou com partidas humanas; quem dispensou os humanos foi o AlphaGo Zero, e esta é a "
        "receita dele.",
        "The search looks a few moves ahead and corrects the hunch; the network learns that correction, and the next "
        "search starts from a better hunch. "
        "Half the games begin with drawn moves, so that it also knows positions it wouldn't choose. "
        "The AlphaGo of 2016 began with human games; AlphaGo Zero did without humans, and this is its recipe.",
    )


def _next(params: Params, option: str) -> Both:
    if option != "never":
        return Both(
            "Dê mais rodadas, ou mais partidas por rodada, e veja a curva chegar a zero. Ou jogue contra ela e "
            "ache o furo: ele existe.",
            "Give it more rounds, or more games per round, and watch the curve reach zero. Or play it and find "
            "the hole: there is one.",
        )
    if params.text("rule") == "misere":
        return Both(
            "Jogue contra ela com a regra virada: quem fizer três em linha perde. Ela sabe um truque de quem "
            "começa no centro; qual?",
            "Play it with the rule turned: who makes three in a row loses. It knows a trick for who starts in "
            "the centre; which?",
        )
    return Both(
        "Jogue contra ela e veja o que considerou. Depois vire a regra (três em linha perde), ou tire a "
        "exploração e descubra como se perde de novo.",
        "Play it and see what it considered. Then turn the rule (three in a row loses), or take the exploring "
        "away and see how it loses again.",
    )


# Playing: the learner is X, the network O; memory is the board as JSON, 1 for X, -1 for O.

FIRST = (Move("net", Both("a rede começa", "network starts")),)


def _moves(cells: Boards, *more: Move) -> tuple[Move, ...]:
    return (*(Move(f"s{i + 1}", Both(str(i + 1), str(i + 1))) for i in range(9) if cells[i] == 0), *more)


def _invitation(params: Params) -> Turn:
    cells = np.zeros(9, np.int8)
    rule = Both("Três em linha ganha.", "Three in a row wins.")
    if params.text("rule") == "misere":
        rule = Both("Três em linha PERDE.", "Three in a row LOSES.")
    return Turn(
        Both(
            f"Jogue contra a rede que acabou de treinar: você é X. {rule.pt} Escolha uma casa (1 a 9, da esquerda "
            "para a direita, de cima para baixo).",
            f"Play the network that has just trained: you are X. {rule.en} Choose a square (1 to 9, left to right, "
            "top to bottom).",
        ),
        _moves(cells, *FIRST),
        memory=json.dumps(cells.tolist()),
    )


def play(state: bytes, memory: str, params: Params, move: str) -> Iterator[Event]:
    """Make the learner's move and the network's reply; show what it considered."""
    net, prize = Net(), prize_of(params)
    net.load_state_dict({name: torch.from_numpy(array) for name, array in arrays.unpack(state).items()})
    cells = np.array(json.loads(memory), np.int8) if move not in ("new", "net") else np.zeros(9, np.int8)
    if move == "new":
        yield _alphago.table(cells, None, params.lang, BOARD)
        yield _invitation(params)
        return
    if move != "net":
        square = int(move.removeprefix("s")) - 1 if move.removeprefix("s") in set("123456789") else -1
        if square < 0 or cells[square] != 0:
            raise DemoError(Both("Escolha uma das casas vazias.", "Choose one of the empty squares."))
        cells[square] = 1
    thought = _reply(net, cells, params.int("depth"), prize)
    if thought:
        cells[int(thought.visits.argmax())] = -1
    yield _alphago.table(cells, thought, params.lang, BOARD)
    yield _turn(cells, thought, prize)


def _reply(net: Net, cells: Boards, depth: int, prize: float) -> Thought | None:
    """Think of a move, unless the game is over."""
    board = -cells[None]
    if not np.isnan(outcome(board, prize)[0]):
        return None
    visits, worth = search(thinker(net), board, depth, prize)
    return Thought(cells.copy(), visits[0] / visits[0].sum(), worth[0])


def _turn(cells: Boards, thought: Thought | None, prize: float) -> Turn:
    ended = outcome(cells[None], prize)[0] if thought else -outcome(-cells[None], prize)[0]  # to the learner
    said = _considered(thought)
    if np.isnan(ended):
        return Turn(said, _moves(cells), memory=json.dumps(cells.tolist()))
    how = {1.0: Both("**Você ganhou!** A rede ainda tem um furo, e você o achou.", "**You won!** The network still has "
        "a hole, and you found it."),
           0.0: Both("**Empate.** Contra quem não erra, é o melhor que dá.", "**A draw.** Against someone who makes no "
               "mistake it's the best there is."),
           -1.0: Both("**A rede ganhou.** Veja no quadro da direita o que ela tinha visto.",
               "**The network won.** See on the right what it had seen.")}[float(ended)]  # fmt: skip
    again = (
        Move("new", Both("de novo", "again")),
        Move("net", Both("de novo, a rede começa", "again, network starts")),
    )
    return Turn(
        Both(f"{said.pt} {how.pt}".strip(), f"{said.en} {how.en}".strip()), again, memory=json.dumps(cells.tolist())
    )


def _considered(thought: Thought | None) -> Both:
    """Say the moves that it thought about most, and what it expects."""
    if thought is None:
        return Both("", "")
    order = np.argsort(-thought.visits, kind="stable")[:3]
    shares = [(int(i) + 1, share(float(thought.visits[i]), 0)) for i in order if thought.visits[i] > 0.02]
    best = float(thought.worth[order[0]])
    mood = (
        Both("conta ganhar", "expects to win")
        if best > 0.6
        else Both("teme perder", "fears to lose")
        if best < -0.6
        else Both("espera empate", "expects a draw")
    )
    listed = Both(
        ", ".join(f"casa {n}: {s.pt}" for n, s in shares), ", ".join(f"square {n}: {s.en}" for n, s in shares)
    )
    return Both(
        f"Joguei na casa {shares[0][0]}. Da busca, {listed.pt}; a rede {mood.pt}.",
        f"I played square {shares[0][0]}. Of the search, {listed.en}; the network {mood.en}.",
    )
