"""Choose the next question: what is due, what is weak and what is new, in an order that teaches. Pure."""

import random
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from rapidfuzz import fuzz

from knowledge.quiz.bank import Bank
from knowledge.quiz.model import Item
from knowledge.quiz.prerequisites import Prerequisites

WEAK = 0.8  # predicted recall below which an item that isn't due yet is still worth asking
KNOWN = 0.6  # mean recall from which a concept counts as known: others may build on it
SHARES = {"due": 5, "weak": 2, "new": 3}  # how often each is chosen where all three are there
PRODUCED = 0.4  # share of questions whose answer the learner produces
WINDOW = 10  # questions over which that share is kept
RESTED = 10  # questions before an item comes again
APART = 2  # questions between two that ask nearly the same
ALIKE = 78  # 0..100 between two questions of one concept that ask nearly the same


class Memory(Protocol):
    """How well an item is remembered."""

    @property
    def due(self) -> float:
        """When it is to be asked again."""
        ...

    @property
    def recall(self) -> float:
        """How likely it is remembered now, 0..1."""
        ...


Memories = Mapping[str, Memory]


@dataclass(frozen=True)
class Chooser:
    """Chooses among a bank's items."""

    bank: Bank
    prerequisites: Prerequisites

    def next(
        self, items: Collection[str], known: Memories, recent: Sequence[str], now: float, rng: random.Random
    ) -> str | None:
        """Choose one of `items`; `recent` are those asked last, the newest first. None where there are none."""
        fresh = self._fresh(items, recent)
        pools = self._pools(fresh, known, now)
        wanted = self._wanted(recent, fresh)
        narrowed = {name: [i for i in pool if i in wanted] for name, pool in pools.items()}
        pools = narrowed if any(narrowed.values()) else pools
        names = [name for name, pool in pools.items() if pool]
        if not names:
            return None
        name = rng.choices(names, [SHARES[n] for n in names])[0]
        return self._first(name, pools[name], known, rng)

    def hardest(self, items: Collection[str], count: int, rng: random.Random) -> tuple[str, ...]:
        """Choose the questions to test out of a topic by: the hardest, produced ones first, no two nearly the same."""
        order = sorted(items)
        rng.shuffle(order)
        order.sort(key=lambda i: (-self.bank.items[i].difficulty, not self.bank.produced(i)))
        chosen: list[str] = []
        for item in order:
            if len(chosen) < count and not any(self.near(item, other) for other in chosen):
                chosen.append(item)
        rest = (item for item in order if item not in chosen)
        return tuple([*chosen, *rest][:count])

    def near(self, one: str, other: str) -> bool:
        """Tell whether two items ask nearly the same."""
        a, b = self.bank.items[one], self.bank.items[other]
        if one == other or (a.group and a.group == b.group) or (a.kind == b.kind == "numeric" and a.body == b.body):
            return True
        return a.concept == b.concept and _alike(a, b)

    def _fresh(self, items: Collection[str], recent: Sequence[str]) -> list[str]:
        """Leave out what was asked just now, or nearly asked, as far as there is anything else."""
        last = [i for i in recent[:APART] if i in self.bank.items]
        rested = [i for i in sorted(items) if i in self.bank.items and i not in recent[:RESTED]]
        apart = [i for i in rested if not any(self.near(i, other) for other in last)]
        other = [i for i in sorted(items) if i in self.bank.items and i not in recent[:1]]
        return apart or rested or other or [i for i in sorted(items) if i in self.bank.items]

    def _pools(self, items: Sequence[str], known: Memories, now: float) -> dict[str, list[str]]:
        """Sort items into what is due, weak and new; what is known well is left for when there is nothing else."""
        due = [i for i in items if i in known and known[i].due <= now]
        weak = [i for i in items if i in known and known[i].due > now and known[i].recall < WEAK]
        new = self._ready([i for i in items if i not in known], known)
        strong = [i for i in items if i in known] if not (due or weak or new) else []
        return {"due": due, "weak": weak or strong, "new": new}

    def _ready(self, new: Sequence[str], known: Memories) -> list[str]:
        """Keep the new items whose concepts build on nothing that is still to be learned here."""
        concepts = {self.bank.items[i].concept for i in new}
        pending = {c for c in concepts if not self._learned(c, known)}
        ready = {c for c in concepts if not self._needs(c) & pending - {c}}
        return [i for i in new if self.bank.items[i].concept in ready] or list(new)

    def _learned(self, concept: str, known: Memories) -> bool:
        """Tell whether a concept is known well enough to build on."""
        recalls = [known[i.id].recall for i in self.bank.of(concept) if i.id in known]
        return bool(recalls) and sum(recalls) / len(recalls) >= KNOWN

    def _needs(self, concept: str) -> set[str]:
        """Give all that a concept builds on, however far back."""
        needs: set[str] = set()
        ahead = list(self.prerequisites.get(concept, ()))
        while ahead:
            name = ahead.pop()
            if name not in needs:
                needs.add(name)
                ahead += self.prerequisites.get(name, ())
        return needs

    def _wanted(self, recent: Sequence[str], items: Sequence[str]) -> set[str]:
        """Keep the share of produced answers: after too few of them only items of that sort are wanted."""
        last = [i for i in recent[: WINDOW - 1] if i in self.bank.items]
        produced = sum(self.bank.produced(i) for i in last)
        if produced >= PRODUCED * (len(last) + 1):
            return set(items)
        return {i for i in items if self.bank.produced(i)}

    def _first(self, pool: str, items: Sequence[str], known: Memories, rng: random.Random) -> str:
        """Take the most forgotten, or the easiest of the new; chance decides among equals."""
        tie = {i: rng.random() for i in items}
        if pool == "new":
            return min(items, key=lambda i: (self.bank.items[i].difficulty, tie[i]))
        return min(items, key=lambda i: (round(known[i].recall, 1), tie[i]))


def _alike(a: Item, b: Item) -> bool:
    return bool(a.ask and b.ask) and fuzz.token_set_ratio(a.ask["pt"], b.ask["pt"]) >= ALIKE
