"""The documents know every dependency, setting, command, option, field and rejection code."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer
from typer.core import TyperCommand, TyperGroup

from api.graphql.errors import Code
from loaders import validation
from records.datasets import declared_datasets
from records.subject_kind import ASSUMED, CONTRADICTORY
from xincha.cli import app
from xincha.dictionary import render_dictionary
from xincha.settings import PREFIX, Settings

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"


def read(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


def first_column(text: str) -> set[str]:
    """The words in the first column of the page's tables, without rules."""
    return set(re.findall(r"^\| `?(\w[\w-]*)`? \|", text, re.MULTILINE))


def test_every_dependency_is_explained_and_no_other() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    names = {re.split(r"[=<>~! \[]", line)[0] for line in wanted}
    assert first_column(read("dependencies.md")) - {"package"} == names


def test_every_setting_is_described_and_no_other() -> None:
    named = {name for name in first_column(read("settings.md")) if name.startswith(PREFIX)}
    assert named == {PREFIX + name.upper() for name in Settings.model_fields}


Command = TyperCommand | TyperGroup


def commands() -> Iterator[tuple[str, Command]]:
    root = typer.main.get_command(app)
    assert isinstance(root, TyperGroup)
    yield "xincha", root
    for name, command in root.commands.items():
        assert isinstance(command, TyperCommand)
        yield f"xincha {name}", command


def section(heading: str) -> str:
    found = re.search(
        rf"^## `{heading}[^\n]*\n(.*?)(?=^## |\Z)", read("cli.md"), re.MULTILINE | re.DOTALL
    )
    return found[1] if found else ""


def options(command: Command) -> set[str]:
    spelled = {
        o for p in command.params for o in (*p.opts, *p.secondary_opts) if o.startswith("--")
    }
    return spelled - {"--help"}


@pytest.mark.parametrize(("name", "command"), list(commands()), ids=str)
def test_every_option_is_described_and_no_other(name: str, command: Command) -> None:
    text = section(f"{name}(?:`| [A-Z])")
    assert text
    described = {
        o
        for line in text.splitlines()
        if line.startswith("- `--")
        for o in re.findall(r"`(--[a-z-]+)`", line.split(":")[0])
    }
    assert described == options(command)


def test_no_command_is_described_that_does_not_exist() -> None:
    described = set(re.findall(r"^## `(xincha(?: [a-z-]+)?)", read("cli.md"), re.MULTILINE))
    assert described == {name for name, _ in commands()}


def test_the_data_dictionary_is_current() -> None:
    assert read("data-dictionary.md") == render_dictionary(declared_datasets()), "run: make docs"


def test_the_dictionary_names_every_field_and_national_code() -> None:
    text = render_dictionary(declared_datasets())
    for dataset in declared_datasets():
        for field in dataset.fields:
            assert f"| `{field.api_name}` | {field.label} |" in text
            assert all(f"`{code}`" in text for code in field.codes)


def test_every_code_of_a_rejection_or_warning_is_explained_and_no_other() -> None:
    codes: set[str] = set()
    for cell in re.findall(r"^\| ([A-Z_, ]+) \|", validation.__doc__ or "", re.MULTILINE):
        codes.update(cell.split(", "))
    explained = {word for word in first_column(read("operator.md")) if word.isupper()}
    assert explained == codes | {ASSUMED, CONTRADICTORY}


def test_every_error_code_of_the_api_is_explained_and_no_other() -> None:
    explained = {word for word in first_column(read("developer.md")) if word.isupper()}
    assert explained == {code.value for code in Code}


def test_every_decision_is_listed() -> None:
    files = {f"decisions/{path.name}" for path in (DOCS / "decisions").glob("*.md")}
    assert files == set(re.findall(r"\((decisions/[^)]+)\)", read("index.md")))
