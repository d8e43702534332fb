"""The demos: one a file, found by looking. Listing them runs none of their code and imports no torch."""

import ast
import inspect
import pkgutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import Any

from models.engine.protocol import DemoSpec, Event, Params
from models.engine.words import DemoFault

FOLDER = Path(__file__).parent
PROTOCOL = "models.engine.protocol"
Run = Callable[[Params, int], Iterator[Event]]


@dataclass(frozen=True, slots=True)
class Found:
    """A demo's spec, and the module that it is defined in."""

    spec: DemoSpec
    path: Path

    @property
    def source(self) -> str:
        """Read the demo's file."""
        return self.path.read_text("utf-8")

    def module(self) -> ModuleType:
        """Import it, with torch and all: only in a child process, a test or a benchmark."""
        if self.path.parent == FOLDER:
            return import_module(f"{__name__}.{self.path.stem}")
        found = spec_from_file_location(self.path.stem, self.path)
        if found is None or found.loader is None:
            raise DemoFault(f"{self.path}: can't be imported")
        module = module_from_spec(found)
        found.loader.exec_module(module)
        return module


def discover(folder: Path = FOLDER) -> dict[str, Found]:
    """Find every demo. Raises DemoFault for two of one name, or for a file without a spec that can be read."""
    found: dict[str, Found] = {}
    taken: dict[str, str] = {}
    for module in sorted(pkgutil.iter_modules([str(folder)]), key=lambda m: m.name):
        if module.name.startswith("_") or module.ispkg:
            continue
        path = folder / f"{module.name}.py"
        spec = read_spec(path)
        for name in {n.casefold() for n in (spec.name, *spec.aliases)}:
            if name in taken:
                raise DemoFault(f"{path.name}: {taken[name]} is called {name!r} too")
            taken[name] = path.name
        found[spec.name] = Found(spec, path)
    return found


def read_spec(path: Path) -> DemoSpec:
    """Read a file's SPEC: only its assignment is evaluated, with the protocol and the constants that it names."""
    tree = ast.parse(path.read_text("utf-8"), path.name)
    assigned = {name.id: node for node in tree.body if isinstance(node, ast.Assign) for name in _names(node)}
    if "SPEC" not in assigned:
        raise DemoFault(f"{path.name}: no SPEC = DemoSpec(…) at the top level")
    scope = dict(vars(import_module(PROTOCOL)))
    try:
        spec = _evaluate("SPEC", assigned, scope)
    except (NameError, TypeError, ValueError, AttributeError) as error:
        raise DemoFault(f"{path.name}: SPEC is made of literals and the protocol's names only ({error})") from error
    if not isinstance(spec, DemoSpec):
        raise DemoFault(f"{path.name}: SPEC is not a DemoSpec")
    return spec


def _names(node: ast.Assign) -> list[ast.Name]:
    return [target for target in node.targets if isinstance(target, ast.Name)]


def _evaluate(name: str, assigned: Mapping[str, ast.Assign], scope: dict[str, Any]) -> Any:
    """Evaluate a constant, those that it names before it."""
    value = assigned[name].value
    for inner in ast.walk(value):
        if isinstance(inner, ast.Name) and inner.id in assigned and inner.id not in scope:
            _evaluate(inner.id, assigned, scope)
    scope[name] = eval(compile(ast.Expression(value), "<SPEC>", "eval"), scope)
    return scope[name]


def lesson(found: Found) -> str:
    """Give a demo's docstring."""
    return inspect.cleandoc(ast.get_docstring(ast.parse(found.source)) or "")
