"""The content folder is read in one order, and languages have addresses of their own."""

from pathlib import Path

from explorables.site.config import load_config
from explorables.site.content import load_essays
from explorables.site.errors import Problems


def write(content: Path, path: str, front: str) -> None:
    (content / path).parent.mkdir(parents=True, exist_ok=True)
    (content / path).write_text(f"---\n{front}\n---\nText.\n")


def test_essays_come_by_order_then_newest_then_name(tmp_path: Path) -> None:
    write(tmp_path, "d/index.md", "title: d")
    write(tmp_path, "c/index.md", "title: c")
    write(tmp_path, "b/index.md", "title: b\ndate: 2026-01-02")
    write(tmp_path, "a/index.md", "title: a\ndate: 2026-01-01")
    write(tmp_path, "z/index.md", "title: z\norder: -1")
    problems = Problems()
    assert [essay.slug for essay in load_essays(tmp_path, "en", problems)] == list("zbacd")
    assert len(problems) == 0


def test_sections_come_by_number_and_are_named_without_it(tmp_path: Path) -> None:
    write(tmp_path, "a/index.md", "title: a")
    for name in ("100-last", "00-opening", "02-two", "11-eleven"):
        write(tmp_path, f"a/{name}.md", "title: x")
    [essay] = load_essays(tmp_path, "en", Problems())
    assert [(part.name, part.number) for part in essay.sections] == [
        ("opening", ""),
        ("two", "2"),
        ("eleven", "11"),
        ("last", "100"),
    ]


def test_languages_are_suffixes(tmp_path: Path) -> None:
    write(tmp_path, "a/index.md", "title: a")
    write(tmp_path, "a.de/index.md", "title: a")
    write(tmp_path, "b.pt-BR/index.md", "title: b\nlang: pt-BR")
    write(tmp_path, "c/index.md", "title: c\nlang: fr")
    found = {essay.path: essay.lang for essay in load_essays(tmp_path, "en", Problems())}
    assert found == {"a/": "en", "de/a/": "de", "pt-BR/b/": "pt-BR", "c/": "fr"}


def test_hidden_and_private_things_and_pictures_are_no_essays(tmp_path: Path) -> None:
    write(tmp_path, "_draft/index.md", "nothing: x")
    write(tmp_path, ".git/index.md", "nothing: x")
    write(tmp_path, "a/index.md", "title: a")
    write(tmp_path, "a/_note.md", "nothing: x")
    (tmp_path / "pictures").mkdir()
    (tmp_path / "pictures" / "a.svg").write_text("<svg/>")
    problems = Problems()
    assert [essay.slug for essay in load_essays(tmp_path, "en", problems)] == ["a"]
    assert len(problems) == 0


def test_base_url_ends_in_a_slash_and_can_be_given(tmp_path: Path) -> None:
    (tmp_path / "site.toml").write_text('title = " A "\nbase_url = "https://a.org/b"\n')
    config = load_config(tmp_path, None, Problems())
    assert config
    assert (config.title, config.base_url, config.base_path) == ("A", "https://a.org/b/", "/b/")
    config = load_config(tmp_path, "http://c.org", Problems())
    assert config
    assert (config.base_url, config.base_path) == ("http://c.org/", "/")


def test_a_base_url_that_is_none_is_told(tmp_path: Path) -> None:
    (tmp_path / "site.toml").write_text('title = "A"\nbase_url = "https://a.org/"\n')
    for bad in ("a.org", "file:///a", "https://a.org/?q", "https://", "https://[", ""):
        problems = Problems()
        load_config(tmp_path, bad, problems)
        assert len(problems) == 1, bad
