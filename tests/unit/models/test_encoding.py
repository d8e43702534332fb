"""The model in a process of its own: real processes, real frames."""

import io
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from models import encoding
from models.embedder import CarriedEmbedder
from models.encoding import EncoderProcess
from tests.fakes import HashingEncoder

TEXTS = ["o que é overfitting?", "", "🤖", "what is a GAN?", "zero\0byte", "lone \ud800 half"]


@pytest.fixture(scope="module")
def process() -> Iterator[EncoderProcess]:
    made = EncoderProcess("default", fast=True)
    yield made
    made.close()


@pytest.mark.model
def test_its_vectors_are_the_models_own(process: EncoderProcess, embedder: CarriedEmbedder) -> None:
    assert process.fingerprint == embedder.fingerprint
    for role in ("queries", "passages"):
        rows = getattr(process, role)(TEXTS[:5])
        assert rows.shape == (5, 384) and rows.dtype == np.float32
        assert (np.sum(rows * getattr(embedder, role)(TEXTS[:5]), axis=1) > 0.99).all()  # `fast`, and exact


@pytest.mark.model
def test_threads_get_their_own_answers(process: EncoderProcess) -> None:
    texts = [f"o que é a rede {n}?" for n in range(24)]
    together = process.queries(texts)
    with ThreadPoolExecutor(6) as pool:
        alone = np.concatenate(list(pool.map(lambda text: process.queries([text]), texts)))
    np.testing.assert_allclose(alone, together, atol=1e-4)


@pytest.mark.model
def test_a_request_that_fails_is_told_and_the_next_one_works(process: EncoderProcess) -> None:
    pid = process.pid
    with pytest.raises((ValueError, RuntimeError)):
        process.queries(TEXTS)
    assert process.queries(TEXTS[:1]).shape == (1, 384) and process.pid == pid


@pytest.mark.model
def test_after_its_death_it_is_started_again(process: EncoderProcess) -> None:
    before, pid = process.queries(TEXTS[:1]), process.pid
    os.kill(pid, signal.SIGKILL)
    np.testing.assert_array_equal(process.queries(TEXTS[:1]), before)
    assert process.pid != pid


@pytest.mark.model
def test_ctrl_c_and_the_systems_stop_leave_it_to_the_bot(process: EncoderProcess) -> None:
    process.queries(TEXTS[:1])
    pid = process.pid
    for sent in (signal.SIGINT, signal.SIGTERM):
        os.kill(pid, sent)
    process.queries(TEXTS[:1])
    assert process.pid == pid


def test_a_model_that_cannot_be_loaded_says_why(tmp_path: Path) -> None:
    process = EncoderProcess(str(tmp_path / "no-such-model"))
    with pytest.raises((OSError, ValueError)) as told:
        _ = process.fingerprint
    assert "no-such-model" in str(told.value)
    process.close()


def test_without_torch_it_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "torch.py").write_text("raise ModuleNotFoundError(\"No module named 'torch'\")")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    process = EncoderProcess("default")
    with pytest.raises(ImportError, match="No module named 'torch'"):
        _ = process.fingerprint
    process.close()


def test_closed_it_is_gone_and_stays_so() -> None:
    process = EncoderProcess("default")
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(process.queries, TEXTS[:1])
        process.close()
        with pytest.raises(OSError, match=r"ended|closed"):
            waiting.result(30)
    with pytest.raises(OSError, match=r"ended|closed"):
        process.queries(TEXTS[:1])
    with pytest.raises(ProcessLookupError):
        os.kill(process.pid, 0)


@pytest.mark.model
def test_it_does_not_outlive_a_bot_that_was_killed() -> None:
    code = (
        "import os, signal; from models.encoding import EncoderProcess; e = EncoderProcess('default', True);"
        "e.fingerprint; print(e.pid, flush=True); os.kill(os.getpid(), signal.SIGKILL)"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    pid, end = int(said.stdout), time.monotonic() + 20
    while time.monotonic() < end and _runs(pid):
        time.sleep(0.05)
    assert said.returncode == -signal.SIGKILL and not _runs(pid)


def _runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    state = Path(f"/proc/{pid}/stat")  # a process that nobody waits for has ended too
    return not (state.exists() and state.read_text().rpartition(")")[2].split()[0] == "Z")


def test_frames_carry_vectors_and_errors() -> None:
    class Failing(HashingEncoder):
        def passages(self, texts: object, /) -> np.ndarray:
            raise UnicodeError(f"not {texts}")

    asked, answers = io.BytesIO(), io.BytesIO()
    for request in (b'["queries", ["a b", "b"]]', b'["passages", ["a"]]', b'["queries", ["a"]]'):
        encoding.write(asked, request)
    asked.seek(0)
    encoding.serve(Failing(), asked, answers)
    answers.seek(0)
    rows = np.frombuffer(encoding.read(answers), np.float32)
    np.testing.assert_array_equal(rows, HashingEncoder().queries(["a b", "b"]).ravel())
    with pytest.raises(ValueError, match=r"not \['a'\]"):
        encoding.read(answers)
    assert len(encoding.read(answers)) == len(rows) // 2 * rows.itemsize
    with pytest.raises(ConnectionError):
        encoding.read(answers)


def test_a_frame_cut_short_is_an_end() -> None:
    whole = io.BytesIO()
    encoding.write(whole, b"\1abcdef")
    for size in range(len(whole.getvalue())):
        with pytest.raises(ConnectionError):
            encoding.read(io.BytesIO(whole.getvalue()[:size]))
