"""An author's modules are read afresh, may import each other, and leave nothing behind."""

from pathlib import Path

from explorables.site.discovery import author_widgets, built_in_widgets
from explorables.site.errors import Problems

MODULE = '''
from typing import Annotated

from explorables.plot import Plot
from explorables.widget import Slider, widget
{imports}

@widget
def {name}(level: Annotated[int, Slider(0, 5, 1)] = {default}) -> Plot:
    """A plot."""
    return Plot()
'''


def write(folder: Path, name: str, default: str = "1", imports: str = "") -> None:
    folder.mkdir(exist_ok=True)
    (folder / f"{name}.py").write_text(MODULE.format(name=name, default=default, imports=imports))


def test_modules_import_each_other_either_way(tmp_path: Path) -> None:
    (tmp_path / "_levels.py").write_text("LEVEL = 3\n")
    write(tmp_path, "one", "LEVEL", "from widgets._levels import LEVEL")
    write(tmp_path, "two", "one.defaults['level']", "from .one import one")
    problems = Problems()
    library = author_widgets(tmp_path, problems)
    assert {name: widget.defaults for name, widget in library.items()} == {
        "one": {"level": 3},
        "two": {"level": 3},
    }
    assert len(problems) == 0


def test_an_edit_is_seen_at_once_and_no_byte_code_is_left(tmp_path: Path) -> None:
    write(tmp_path, "one", "1")
    assert author_widgets(tmp_path, Problems())["one"].defaults == {"level": 1}
    write(tmp_path, "one", "2")
    assert author_widgets(tmp_path, Problems())["one"].defaults == {"level": 2}
    assert [path.name for path in tmp_path.iterdir()] == ["one.py"]


def test_two_sites_do_not_mix(tmp_path: Path) -> None:
    write(tmp_path / "a", "one")
    write(tmp_path / "b", "two")
    assert list(author_widgets(tmp_path / "a", Problems())) == ["one"]
    assert list(author_widgets(tmp_path / "b", Problems())) == ["two"]
    assert author_widgets(tmp_path / "c", Problems()) == {}


def test_the_packages_own_widgets_are_found_by_public_name() -> None:
    library = built_in_widgets()
    assert "local-minima" in library
    assert all(widget.name == name for name, widget in library.items())


def test_an_authors_widget_takes_the_place_of_a_built_in_one(tmp_path: Path) -> None:
    write(tmp_path, "local_minima")
    library = built_in_widgets() | author_widgets(tmp_path, Problems())
    assert library["local-minima"].source[0] == str(tmp_path / "local_minima.py")
