"""The embedding model in a process of its own: texts are encoded on one core while the bot works on another.

In one process both take turns at Python's lock. The bot's side writes frames to the process's standard input and
reads its answers from standard output; the process leaves when that input ends, so it never outlives the bot, however
the bot ends.
"""

import gc
import json
import logging
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Sequence
from contextlib import suppress
from typing import BinaryIO, cast

import numpy as np

from models import memory
from models.embedder import Embedder, Matrix, load
from models.engine.wire import HEADER

ERRORS: dict[str, type[Exception]] = {kind.__name__: kind for kind in (ImportError, OSError, ValueError, RuntimeError)}
FAILED, DONE = b"\0", b"\1"  # an answer's first byte
log = logging.getLogger(__name__)


class EncoderProcess:
    """The bot's side; thread-safe, one request at a time. A process that died is started again, once a request."""

    def __init__(self, model: str, fast: bool = False) -> None:
        """Start the process, which loads the model by itself: see `models.embedder.load`."""
        self._command = [sys.executable, "-m", __name__, model, *(["--fast"] if fast else [])]
        self._lock = threading.Lock()
        self._closed, self._fingerprint = False, ""
        self._process = self._start()

    @property
    def pid(self) -> int:
        """Give the process's id."""
        return self._process.pid

    @property
    def fingerprint(self) -> str:
        """Name the model, once it is loaded. Raises what loading raised: ImportError, OSError, ValueError."""
        with self._lock:
            if not self._fingerprint:
                self._fingerprint = self._hello()
        return self._fingerprint

    def queries(self, texts: Sequence[str]) -> Matrix:
        """Encode questions."""
        return self._encode("queries", texts)

    def passages(self, texts: Sequence[str]) -> Matrix:
        """Encode passages."""
        return self._encode("passages", texts)

    def close(self) -> None:
        """End the process, in the middle of a request if need be; requests that follow raise OSError."""
        self._closed = True
        self._process.kill()  # whoever waits for it is told, and lets go of the lock
        with self._lock:
            self._end()

    def _end(self) -> None:
        self._process.kill()  # it has nothing to lose
        with suppress(ConnectionError), self._process:  # closes the pipes; what it never read goes with it
            self._process.wait()

    def _start(self) -> "subprocess.Popen[bytes]":
        # a session of its own: Ctrl-C in the chat stops an answer, and must not reach a process that still starts
        return subprocess.Popen(self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True)

    def _open(self) -> "subprocess.Popen[bytes]":
        if self._closed:
            raise OSError("the encoder is closed")
        return self._process

    def _hello(self) -> str:
        """Wait until the model is loaded."""
        return read(cast("BinaryIO", self._open().stdout)).decode()

    def _encode(self, role: str, texts: Sequence[str]) -> Matrix:
        name = self.fingerprint
        request = json.dumps([role, list(texts)]).encode()
        with self._lock:
            try:
                answer = self._ask(request)
            except ConnectionError:
                self._again(name)
                answer = self._ask(request)
        return np.frombuffer(answer, np.float32).reshape(len(texts), -1)

    def _ask(self, request: bytes) -> bytes:
        process = self._open()
        write(cast("BinaryIO", process.stdin), request)
        return read(cast("BinaryIO", process.stdout))

    def _again(self, name: str) -> None:
        """Replace a process that died. Raises OSError when it was closed, or comes up with another model."""
        log.warning("the encoder's process is gone (%s): starting it again", self._open().poll())
        self._end()
        self._process = self._start()
        if self._hello() != name:
            raise OSError("the model's files have changed: start the bot again")


def read(stream: BinaryIO) -> bytes:
    """Read what a request gave. Raises the error that an answer tells, and ConnectionError at the stream's end."""
    answer = _frame(stream)
    if answer[:1] == DONE:
        return answer[1:]
    kind, words = json.loads(answer[1:])
    raise ERRORS[kind](words)


def write(stream: BinaryIO, data: bytes) -> None:
    """Write one frame. Raises ConnectionError where nobody reads."""
    stream.write(HEADER.pack(len(data)) + data)
    stream.flush()


def _frame(stream: BinaryIO) -> bytes:
    """Read one frame. Raises ConnectionError at the stream's end."""
    head = stream.read(HEADER.size)
    size = HEADER.unpack(head)[0] if len(head) == HEADER.size else 0
    data = stream.read(size)
    if not size or len(data) < size:  # it may die in the middle of an answer
        raise ConnectionError("the encoder's process ended")
    return data


# The process's side


def serve(encoder: Embedder, asked: BinaryIO, answers: BinaryIO) -> None:
    """Answer requests until there are no more."""
    while True:
        try:
            role, texts = json.loads(_frame(asked))
        except ConnectionError:
            return
        try:
            encode = encoder.queries if role == "queries" else encoder.passages
            write(answers, DONE + np.ascontiguousarray(encode(texts), np.float32).tobytes())
        except Exception as error:  # noqa: BLE001  # one bad request must not end the process: the asker gets the error
            write(answers, FAILED + told(error))


def told(error: Exception) -> bytes:
    """Put an error as its nearest common kind and its words."""
    kind = next((k.__name__ for k in type(error).__mro__ if k.__name__ in ERRORS), RuntimeError.__name__)
    return json.dumps([kind, str(error)]).encode()


def main(model: str, *flags: str) -> int:
    """Load the model, say its fingerprint, then serve."""
    for asked in (signal.SIGINT, signal.SIGTERM):
        signal.signal(asked, signal.SIG_IGN)  # a system that stops all asks the bot too, which ends this one when done
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not get among the frames
    memory.share()
    try:
        encoder = load(model, "--fast" in flags)
        encoder.queries(["?"])  # what is done once is done now
    except Exception as error:  # noqa: BLE001  # whatever it is, the bot is told
        write(answers, FAILED + told(error))
        return 1
    memory.give_back()
    gc.freeze()
    write(answers, DONE + encoder.fingerprint.encode())
    with suppress(ConnectionError):
        serve(encoder, sys.stdin.buffer, answers)
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
