"""`python -m bot index`: embed the knowledge base and fit its gates, to be kept with the repository.

Without it a start after an edit does the same into the cache; with it nobody else has to wait.
"""

from typing import TextIO

from bot.app import cache_folder, load_knowledge, model_loader
from bot.config import Settings
from knowledge import calibrate
from knowledge.vectors import SHIPPED, VectorStore

DEFAULT = "default"


def build(settings: Settings, out: TextIO) -> int:
    """Write the vectors and both gates beside the knowledge base. Raises ImportError without torch."""
    exact = settings.model_copy(update={"knowledge": settings.knowledge.model_copy(update={"fast": False})})
    load = model_loader(exact)  # the same index on every machine
    if load is None or settings.knowledge.model != DEFAULT or settings.knowledge.folder:
        out.write("the index that ships is made with the default model and lecture\n")
        return 1
    knowledge, encoder, cache = load_knowledge(settings), load(), cache_folder(settings)
    knowledge.prepare()
    knowledge.use_letters(cache)
    lexical = calibrate.gate_for(knowledge.parts, None, "lexical", cache)
    knowledge.use_model(encoder, cache)
    store = VectorStore(encoder, cache)
    model = calibrate.gate_for(knowledge.parts, store, encoder.fingerprint, cache)
    for old in (*SHIPPED.glob("gate-*.json"), *SHIPPED.glob("*.npz")):
        old.unlink()
    calibrate.write(SHIPPED / calibrate.name_of(knowledge.parts, "lexical", "lexical"), lexical)
    calibrate.write(SHIPPED / calibrate.name_of(knowledge.parts, "model", encoder.fingerprint), model)
    wanted = [*knowledge.parts.searcher.texts.to_embed(), *(("query", p) for p, _ in knowledge.phrases.flat)]
    path = store.export(SHIPPED, wanted)
    out.write(f"{len(set(wanted))} vectors ({path.stat().st_size / 1e6:.1f} MB) and two gates in {SHIPPED.name}/\n")
    return 0
