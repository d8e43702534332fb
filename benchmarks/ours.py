"""Child process: Sinapse under load, through the whole life of a message. Prints one JSON object."""

import argparse
import asyncio
import json
import sys
import tempfile
import time
from dataclasses import asdict, replace
from pathlib import Path
from uuid import uuid4

from benchmarks.load import Load, Outcome, drive, questions
from benchmarks.process import both, memory, model_of, processor
from bot import app, config, oneshot
from handlers.messages import Request

READY_WAIT = 3600.0  # seconds: the first start on an empty folder embeds everything


async def measure(data: Path, askers: int, count: int) -> Load:
    """Start the tutor on a new database and put the questions to it."""
    settings = config.Settings(data_dir=data, bot=config.Bot(busy_wait=2, ready_wait=READY_WAIT))
    with tempfile.TemporaryDirectory() as folder:
        tutor = await app.bootstrap(settings, database=Path(folder) / "bench.db")
        await tutor.finder.wait_ready()
        if tutor.finder.encoder is None:
            sys.exit(f"the embedding model is not there: {tutor.finder.problem}")

        async def answer(user: str, question: str) -> Outcome:
            return await put(tutor, user, question)

        model = model_of()
        load = await drive(answer, questions(count), askers, lambda: time.process_time() + processor(model))
        held = both(memory(), memory(model) if model else None)
        await tutor.close()
    return replace(load, rss=held.rss if held else 0.0)


async def put(tutor: app.App, user: str, question: str) -> Outcome:
    """Ask one question and put its replies into words."""
    surface = oneshot.CollectingSurface()
    await tutor.dispatcher.run(Request(uuid4().hex[:8], user, "bench", question, locale="pt"), surface)
    replies = list(surface.replies.values())
    if not replies or any(reply.key.endswith(".note") for reply in replies):  # the dispatcher's word for an error
        return Outcome.FAILED
    said = oneshot.text(replies)
    return Outcome.REFUSED if all(reply.refused for reply in replies) or not said else Outcome.ANSWERED


def main() -> int:
    """Measure one number of askers."""
    parser = argparse.ArgumentParser()
    parser.add_argument("data", type=Path)
    parser.add_argument("askers", type=int)
    parser.add_argument("questions", type=int)
    options = parser.parse_args()
    print(json.dumps(asdict(asyncio.run(measure(options.data, options.askers, options.questions)))))
    return 0


if __name__ == "__main__":
    sys.exit(main())
