"""Which widgets there are: the package's own, and the author's `widgets/*.py` beside `content/`."""

import importlib
import pkgutil
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.machinery import ModuleSpec
from importlib.util import module_from_spec
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from explorables.site.errors import Problems

if TYPE_CHECKING:
    from explorables.widget import Widget

AUTHOR_PACKAGE = "widgets"
BUILT_IN_PACKAGE = "explorables.widgets"

Library = dict[str, "Widget[...]"]


def built_in_widgets() -> Library:
    """The widgets that come with the package, by public name."""
    package = importlib.import_module(BUILT_IN_PACKAGE)
    library: Library = {}
    for entry in sorted(pkgutil.iter_modules(package.__path__), key=lambda entry: entry.name):
        module = importlib.import_module(f"{BUILT_IN_PACKAGE}.{entry.name}")
        library |= {widget.name: widget for widget in declared(module)}
    return library


def author_widgets(folder: Path, problems: Problems) -> Library:
    """The widgets of the author's modules; one that fails to import is one problem, at its line.

    The folder is the package `widgets`, so that its modules can import each other
    (`from widgets.terrain import height`); names that begin with an underscore are not widgets.
    """
    library: Library = {}
    files = sorted(folder.glob("*.py")) if folder.is_dir() else []
    if not files:
        return library
    with _package(folder):
        for file in files:
            module = None if file.stem.startswith("_") else _load(file, folder, problems)
            for widget in declared(module) if module else ():
                if widget.name in library:
                    other, line = library[widget.name].source
                    place = f"{problems.show(other)}:{line}"
                    sentence = f"there is a widget '{widget.name}' already, at {place}; rename one"
                    problems.add(*widget.source, sentence)
                library[widget.name] = widget
    return library


def declared(module: ModuleType) -> Iterator["Widget[...]"]:
    """The widgets that this module itself declares, in the order of their names."""
    from explorables.widget import Widget

    for _, value in sorted(vars(module).items()):
        if isinstance(value, Widget) and value.__module__ == module.__name__:
            yield value


@contextmanager
def _package(folder: Path) -> Iterator[None]:
    """The folder as the package `widgets`: read afresh, and without leaving byte code in it."""
    for name in [name for name in sys.modules if name.partition(".")[0] == AUTHOR_PACKAGE]:
        del sys.modules[name]
    importlib.invalidate_caches()
    spec = ModuleSpec(AUTHOR_PACKAGE, None, is_package=True)
    spec.submodule_search_locations = [str(folder)]
    sys.modules[AUTHOR_PACKAGE] = module_from_spec(spec)
    writes, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    try:
        yield
    finally:
        sys.dont_write_bytecode = writes


def _load(file: Path, folder: Path, problems: Problems) -> ModuleType | None:
    from explorables.widget import DeclarationError

    try:
        return importlib.import_module(f"{AUTHOR_PACKAGE}.{file.stem}")
    except SyntaxError as error:
        problems.add(error.filename or file, error.lineno or 1, f"broken Python: {error.msg}")
    except DeclarationError as error:
        path, line = (error.path, error.line) if error.path else author_line(error, folder, file)
        problems.add(path, line, str(error))
    except (Exception, SystemExit) as error:
        sentence = f"importing it raised {type(error).__name__}: {error}"
        problems.add(*author_line(error, folder, file), sentence)
    return None


def author_line(error: BaseException, folder: Path, fallback: Path | str) -> tuple[str, int]:
    """File and line of the innermost frame of the traceback that lies in `folder`."""
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        if Path(frame.filename).is_relative_to(folder):
            return frame.filename, frame.lineno or 1
    return str(fallback), 1
