"""YAML with lines, by YAML 1.2's rules, and never an exception."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorables.site.records import check_types, read_record, split_front_matter

Told = list[tuple[int, str]]


def read(text: str, first: int = 1) -> tuple[dict[str, object], Told]:
    told: Told = []
    record = read_record(text, first, lambda line, sentence: told.append((line, sentence)))
    return record.values, told


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("no", "no"),
        ("on", "on"),
        ("true", True),
        ("1e-3", 0.001),
        (".5", 0.5),
        ("-3", -3),
        ("010", "010"),
        ("1:30", "1:30"),
        ("0x1F", "0x1F"),
        ("2026-03-01", datetime.date(2026, 3, 1)),
        ("2026-03-01 12:00", "2026-03-01 12:00"),
        ("~", None),
        ("[1, [2, 3]]", [1, [2, 3]]),
        ("'-0.5'", "-0.5"),
    ],
)
def test_scalars_are_those_of_yaml_1_2(written: str, value: object) -> None:
    values, told = read(f"key: {written}")
    assert values == {"key": value}
    assert type(values["key"]) is type(value)
    assert told == []


def test_lines_are_counted_from_the_first() -> None:
    assert read("a: 1\n\nb: [", 10)[1][0][0] == 12


@pytest.mark.parametrize("written", ["&x [*x]", "!!python/object:os.system x", "!x y"])
def test_aliases_and_tags_are_refused(written: str) -> None:
    values, told = read(f"a: {written}")
    assert values == {}
    assert told == [(1, "broken YAML: aliases and tags are not read")]


def test_deep_nesting_is_refused_without_harm() -> None:
    assert "nested too deeply" in read("a: " + "[" * 20 + "]" * 20)[1][0][1]
    assert "nested too deeply" in read("a: " + "[" * 100_000)[1][0][1]


PIECES = st.sampled_from(
    """a: 1¦b: [¦c: {¦- x¦? y¦---¦...¦a: |¦  deep¦'¦"¦&x¦*x¦!t¦\t¦%¦@¦`¦: ¦#¦<<: 1¦a: 2026-99-99¦
é\u2028¦x: 99999¦a: !!int x¦{{: 1}: 2}¦a: >¦%YAML 9¦[1]: 2""".replace("\n", "").split("¦")
)


@given(st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=8).map("\n".join)))
def test_any_text_is_read_or_told(text: str) -> None:
    told: Told = []
    record, body, first = split_front_matter(
        f"---\n{text}\n---\nBody", lambda *one: told.append(one)
    )
    lines = f"---\n{text}\n---\nBody".split("\n")
    assert all(1 <= line <= len(lines) for line, _ in told)
    assert all(1 <= line <= len(lines) for line in record.lines.values())
    assert body == "\n".join(lines[first - 1 :]) or told


def test_types_are_checked_at_the_key() -> None:
    told: Told = []
    record = read_record("title: 3\nsummry: x\norder: 1", 2, lambda *one: None)
    good = check_types(
        record, {"title": str, "summary": str, "order": int}, lambda *one: told.append(one)
    )
    assert good == {"order": 1}
    assert told == [
        (2, "'title' is text, not 3; put it in quotes"),
        (3, "unknown key 'summry'; did you mean 'summary'?"),
    ]
