"""YAML as authors write it: front matter and the bodies of blocks, with the line of every key.

The schema is YAML 1.2's: only `true` and `false` are truth values, so that a place named NO stays a
name, and `1e-3` is a number.
"""

import datetime
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml

DEPTH = 8
FENCE = "---"

Report = Callable[[int, str], None]


@dataclass(frozen=True)
class Record:
    """The values of a mapping and the line on which each key stands."""

    values: dict[str, Any] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)


class _Loader(yaml.SafeLoader):
    """Reads the scalars of YAML 1.2, and dates; no tags, and no aliases, which grow unbounded."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        """As in PyYAML, but refuses aliases and tags."""
        event: Any = self.peek_event()  # type: ignore[no-untyped-call]
        if isinstance(event, yaml.AliasEvent) or event.tag is not None:
            mark = event.start_mark
            raise yaml.MarkedYAMLError(problem="aliases and tags are not read", problem_mark=mark)
        node: yaml.Node | None = super().compose_node(parent, index)
        return node


for _tag, _pattern, _first in (
    ("bool", r"true|True|TRUE|false|False|FALSE", "tTfF"),
    ("int", r"[-+]?(0|[1-9][0-9]*)", "-+0123456789"),
    ("float", r"[-+]?(\.[0-9]+|[0-9]+\.[0-9]*)([eE][-+]?[0-9]+)?", "-+.0123456789"),
    ("float", r"[-+]?[0-9]+[eE][-+]?[0-9]+", "-+0123456789"),
    ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
    ("timestamp", r"[0-9]{4}-[0-9]{2}-[0-9]{2}", "0123456789"),
):
    _Loader.add_implicit_resolver(
        f"tag:yaml.org,2002:{_tag}", re.compile(f"(?:{_pattern})$"), list(_first)
    )


def read_record(text: str, first_line: int, report: Report) -> Record:
    """The mapping written in `text`, whose first line is numbered `first_line`.

    What is wrong is reported by line; the rest is still returned.
    """
    try:
        loader = _Loader(text)
        node = loader.get_single_node()
        if node is None:
            return Record()
        if not isinstance(node, yaml.MappingNode):
            report(first_line + node.start_mark.line, "expected lines of the form 'key: value'")
            return Record()
        return _record(loader, node, first_line, report)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line if mark is not None else 0
        report(first_line + min(line, text.count("\n")), f"broken YAML: {_reason(error)}")
    except RecursionError:
        report(first_line, "broken YAML: nested too deeply")
    except yaml.YAMLError as error:
        report(first_line, f"broken YAML: {error}")
    return Record()


def _reason(error: yaml.MarkedYAMLError) -> str:
    hint = ""
    if "mapping values are not allowed" in (error.problem or ""):
        hint = "; put a text that holds a colon in quotes"
    return f"{error.problem or error.context}{hint}"


def _record(loader: yaml.SafeLoader, node: yaml.MappingNode, first: int, report: Report) -> Record:
    record = Record()
    for key_node, value_node in node.value:
        line = first + key_node.start_mark.line
        if not isinstance(key_node, yaml.ScalarNode):
            report(line, "a key is a single word")
        elif key_node.value in record.values:
            report(line, f"'{key_node.value}' is given twice; keep one")
        elif _depth(value_node) > DEPTH:
            report(line, f"'{key_node.value}' is nested too deeply")
        else:
            try:
                record.values[key_node.value] = loader.construct_object(value_node, deep=True)
            except ValueError as error:
                report(line, f"'{key_node.value}' cannot be read: {error}")
            record.lines[key_node.value] = line
    return record


def _depth(node: yaml.Node, above: int = 0) -> int:
    """How deeply lists and mappings nest, counted no further than matters."""
    if above > DEPTH or isinstance(node, yaml.ScalarNode):
        return above
    entries = (entry if isinstance(entry, tuple) else (entry,) for entry in node.value)
    return max((_depth(part, above + 1) for entry in entries for part in entry), default=above + 1)


def split_front_matter(text: str, report: Report) -> tuple[Record, str, int]:
    """Front matter, the text below it, and the number of that text's first line."""
    lines = text.split("\n")
    if lines[0].rstrip() != FENCE:
        return Record(), text, 1
    for number, line in enumerate(lines[1:], start=2):
        if line.rstrip() == FENCE:
            record = read_record("\n".join(lines[1 : number - 1]), 2, report)
            return record, "\n".join(lines[number:]), number + 1
    report(1, f"front matter is opened by '{FENCE}' and never closed; end it with a line '{FENCE}'")
    return Record(), "", 1


TYPES: dict[type, str] = {
    str: "text",
    int: "a whole number",
    bool: "true or false",
    list: "a list",
    datetime.date: "a date such as 2026-03-01",
}


def check_types(record: Record, schema: Mapping[str, type], report: Report) -> dict[str, Any]:
    """The values that `schema` knows and whose types fit; the others are reported."""
    from explorables.site.errors import expected

    good = {}
    for name, value in record.values.items():
        line, wanted = record.lines[name], schema.get(name)
        if wanted is None:
            report(line, f"unknown key '{name}'; {expected(name, schema)}")
        elif value is None or (wanted is str and not str(value).strip()):
            report(line, f"'{name}' is empty; write {TYPES[wanted]}")
        elif type(value) is not wanted:
            quotes = "; put it in quotes" if wanted is str else ""
            report(line, f"'{name}' is {TYPES[wanted]}, not {value!r:.60}{quotes}")
        else:
            good[name] = str(value).strip() if wanted is str else value
    return good
