"""The child's side, in this process: what it tells, and what its cage holds."""

import io
import socket
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from models.engine import cage, child, wire
from models.engine.child import Mouth, Stopped, failed
from models.engine.jobs import Job, Limits
from models.engine.protocol import Both, DemoError, Event, Failed, Picture, Result, Step, Turn, from_json
from models.engine.queue import Places
from tests.demos import found

B = Both("a", "a")
DEMOS = found()


class Line:
    """Both ends of the line between the bot and a child."""

    def __init__(self) -> None:
        self.ours, self.theirs = socket.socketpair()
        self.theirs.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 1 << 22)
        self._mouths: list[Mouth] = []

    def mouth(self, limits: Limits = Limits()) -> Mouth:  # noqa: B008  # frozen
        """Give what speaks and listens on the child's end."""
        self._mouths.append(Mouth(self.theirs, limits))
        return self._mouths[-1]

    def close(self) -> None:
        """Let the listener end first: one that finds the line dead would end the process."""
        self.ours.send(wire.STOP)
        assert all(mouth._stop.wait(10) for mouth in self._mouths)
        self.ours.close()
        self.theirs.close()


@pytest.fixture
def line() -> Iterator[Line]:
    made = Line()
    yield made
    made.close()


def heard(ours: socket.socket) -> list[Event]:
    """Read what was told so far."""
    ours.setblocking(False)
    data = b""
    try:
        while part := ours.recv(1 << 20):
            data += part
    except BlockingIOError:
        pass
    events = []
    while data:
        (size,) = wire.HEADER.unpack(data[: wire.HEADER.size])
        events.append(from_json(data[wire.HEADER.size : wire.HEADER.size + size]))
        data = data[wire.HEADER.size + size :]
    return events


def quiet_job(**more: object) -> Job:
    return Job("reta", {"steps": 3, "lr": 0.1}, 1, **more)  # type: ignore[arg-type]  # a job's fields


def test_a_job_is_the_same_in_the_child() -> None:
    job = quiet_job(files={"image": Path("x")}, move="1", memory="m", state=b"npz")
    assert Job.from_json(job.to_json()) == job


def test_a_run_is_told_to_its_result(line: Line) -> None:
    child._run(DEMOS["reta"], quiet_job(), line.mouth(), Limits())
    told = heard(line.ours)
    assert isinstance(told[0], Step) and isinstance(told[-1], Result)


def test_a_move_is_told_to_its_turn(line: Line) -> None:
    result = list(DEMOS["reta"].module().run(DEMOS["reta"].spec.ready(), 1))[-1]
    job = quiet_job(move="2", memory="0", state=result.state)
    child._run(DEMOS["reta"], job, line.mouth(), Limits())
    assert isinstance(heard(line.ours)[-1], Turn)


def test_a_run_without_a_result_has_failed(line: Line) -> None:
    nothing = SimpleNamespace(
        spec=DEMOS["reta"].spec, module=lambda: SimpleNamespace(run=lambda params, seed: iter([Step(1.0, B)]))
    )
    child._run(nothing, quiet_job(), line.mouth(), Limits())  # type: ignore[arg-type]  # stands in for a demo
    assert heard(line.ours)[-1] == Failed("crashed", log="ended without a result")


def test_steps_are_thinned_out_and_timed(line: Line) -> None:
    mouth = line.mouth()
    for n in range(101):
        mouth.tell(Step(n / 100, B))
    told = heard(line.ours)
    assert 2 <= len(told) < 20 and told[0] == Step(0.0, B)
    assert isinstance(told[-1], Step) and told[-1].fraction == 1 and told[-1].left == 0


def test_a_thinned_out_step_with_a_nan_is_refused_too(line: Line) -> None:
    mouth = line.mouth()
    mouth.tell(Step(0.1, B))
    with pytest.raises(ValueError, match="JSON"):
        mouth.tell(Step(0.2, B, {"loss": float("nan")}))


def test_what_is_too_much_is_not_told(line: Line) -> None:
    mouth = line.mouth(Limits(output=1))
    with pytest.raises(OverflowError):
        mouth.tell(Picture(bytes(1 << 20), b"", B))
    mouth.tell(Failed("output"))
    assert heard(line.ours) == [Failed("output")]


def test_a_run_stops_when_it_is_told_to(line: Line) -> None:
    mouth = line.mouth()
    line.ours.send(wire.STOP)
    assert mouth._stop.wait(10)
    with pytest.raises(Stopped):
        child._run(DEMOS["reta"], quiet_job(), mouth, Limits())


def test_a_file_too_big_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"12345")
    assert child._bytes(tmp_path / "x", 5) == b"12345"
    with pytest.raises(DemoError):
        child._bytes(tmp_path / "x", 4)


@pytest.mark.parametrize(
    ("error", "why"),
    [
        (DemoError(B), "refused"),
        (MemoryError(), "memory"),
        (RuntimeError("[enforce fail] DefaultCPUAllocator: can't allocate memory"), "memory"),
        (OverflowError(), "output"),
        (ValueError("Out of range float values are not JSON compliant"), "nan"),
        (ValueError("shapes"), "crashed"),
        (SystemExit(3), "crashed"),
    ],
)
def test_a_failure_is_known_by_its_error(error: BaseException, why: str) -> None:
    assert failed(error).why == why


def test_what_is_printed_ends_somewhere() -> None:
    sink = io.StringIO()
    murmur = cage.Murmur(sink, 5)
    assert murmur.write("abc") == 3 and murmur.write("defgh") == 5
    murmur.flush()
    assert sink.getvalue() == "abcde"


def test_the_cage_bounds_memory_cpu_files_and_processes() -> None:
    names = ("CORE", "CPU", "FSIZE", "NOFILE", "NPROC", "DATA")
    wanted: dict[str, tuple[int, int]] = {}
    resource = SimpleNamespace(
        **{f"RLIMIT_{n}": n for n in names}, setrlimit=lambda name, limits: wanted.update({name: limits})
    )
    cage._limit(resource, Limits(cpu=9.5, memory=64))  # type: ignore[arg-type]  # stands in for the module
    assert wanted["CPU"] == (10, 12) and wanted["NPROC"] == (0, 0) and wanted["CORE"] == (0, 0)
    assert wanted["DATA"][0] > 64 * cage.MB and wanted["NOFILE"][0] < 1000


def test_a_limit_that_is_lower_already_is_left() -> None:
    def refuse(name: str, limits: tuple[int, int]) -> None:
        raise ValueError("not allowed to raise maximum limit")

    cage._limit(SimpleNamespace(RLIMIT_CPU=1, setrlimit=refuse), Limits())  # type: ignore[arg-type]  # a stand-in


def test_demos_give_way_to_the_chat_once(monkeypatch: pytest.MonkeyPatch) -> None:
    nice = [3]

    def be_nicer(by: int) -> int:
        nice[0] += by
        return nice[0]

    monkeypatch.setattr(cage.os, "nice", be_nicer)
    cage.lower_priority()
    cage.lower_priority()
    assert nice == [cage.NICE]


def test_a_place_given_back_while_waiting_moves_the_line_up() -> None:
    places = Places(1, 3)
    first, second, third = places.take(), places.take(), places.take()
    assert [t.position for t in (first, second, third)] == [0, 1, 2]
    places.give_back(second)
    assert third.position == 1
    places.give_back(first)
    places.give_back(third)
    assert places.take().position == 0
