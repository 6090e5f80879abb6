"""The command line: one verb, its options, an exit code. What is heavy is imported when used."""

from __future__ import annotations

import argparse
import shlex
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from explorables import __version__, progress


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one verb; without one, `build`. Returns 0, 1 for bad content, 2 for a bad command."""
    verb, *rest = given = list(sys.argv[1:] if arguments is None else arguments) or ["build"]
    if verb in {"-h", "--help", "help", "--version"}:
        print(f"explorables {__version__}\n\n{OVERVIEW}")
        return 0
    if verb.startswith("-"):
        verb, rest = "build", given
    if verb not in VERBS:
        print(f"There is no verb '{verb}'; there are: {', '.join(VERBS)}.", file=sys.stderr)
        return 2
    try:
        return VERBS[verb](rest)
    except KeyboardInterrupt:
        return 130


def build(arguments: Sequence[str]) -> int:
    """Build the content folder into a site, and say how to look at it."""
    from explorables.site.build import build_site
    from explorables.site.errors import BuildErrors

    options = _build_options().parse_args(arguments)
    home = _home(options.content)
    content, out = options.content or home / "content", options.out or home / "dist"
    try:
        with progress.shown(options.quiet) as display:
            report = build_site(content, out, options.base_url, progress=display)
    except BuildErrors as errors:
        for error in errors.errors:
            print(error, file=sys.stderr)
        return 1
    if not options.quiet:
        print(f"{report}\n{_how_to_look(out)}")
    return 0


def test(arguments: Sequence[str]) -> int:
    """Check and test the checkout that this package runs from."""
    root = _checkout()
    if root is None:
        print("There is nothing to test here: the tests are in the repository.", file=sys.stderr)
        return 2
    from explorables import checks

    return checks.run(root, list(arguments))


def _how_to_look(out: Path) -> str:
    folder = out.relative_to(Path.cwd()) if out.is_relative_to(Path.cwd()) else out
    server = f"python3 -m http.server --directory {shlex.quote(str(folder))} --bind 127.0.0.1 8000"
    return f"To look: {server}, then open http://127.0.0.1:8000/"


def _home(content: Path | None) -> Path:
    """Where `content` and `dist` lie: the working folder, unless only the checkout has content."""
    here, root = Path.cwd(), _checkout()
    return root if content is None and root and not (here / "content").is_dir() else here


def _checkout() -> Path | None:
    """The repository that this package runs from, if it does."""
    root = Path(__file__).resolve().parents[2]
    return root if (root / "build.py").is_file() and (root / "tests").is_dir() else None


def _build_options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="explorables build", description=build.__doc__)
    parser.add_argument("--content", type=Path, metavar="DIR", help="default: content")
    parser.add_argument("--out", type=Path, metavar="DIR", help="default: dist")
    parser.add_argument("--base-url", metavar="URL", help="default: base_url of site.toml")
    parser.add_argument("--quiet", action="store_true", help="print nothing but errors")
    return parser


VERBS: dict[str, Callable[[Sequence[str]], int]] = {"build": build, "test": test}
OVERVIEW = """\
explorables build [--content DIR] [--out DIR] [--base-url URL] [--quiet]
    Build the content folder into a site; this is what happens without a verb, too.
explorables test [--full] [pytest's options]
    Check style, types and behaviour of the checkout; --full makes every count full-size.
"""
