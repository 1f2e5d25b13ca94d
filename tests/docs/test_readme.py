"""What the README tells people to run can be run."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pytest
from graphql import build_schema, parse, validate

ROOT = Path(__file__).parents[2]
PAGES = ["README.md", "CONTRIBUTING.md", "docs/operator.md"]


def page(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def blocks(name: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", page(name), re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("name", PAGES)
def test_make_targets_exist(name: str) -> None:
    targets = set(re.findall(r"^([a-z-]+):", page("Makefile"), re.MULTILINE))
    named = set(re.findall(r"(?:^|`)make ([a-z-]+)", page(name), re.MULTILINE))
    assert named
    assert named <= targets


def test_every_target_explains_itself() -> None:
    targets = re.findall(r"^([a-z-]+):(.*)$", page("Makefile"), re.MULTILINE)
    assert [name for name, rest in targets if "##" not in rest and name != "PHONY"] == []


def pasted_query() -> str:
    [command] = [block for block in blocks("README.md", "sh") if "curl" in block]
    found = re.search(r"--data '(.*)'", command, re.DOTALL)
    assert found is not None
    query = json.loads(found[1])["query"]
    assert isinstance(query, str)
    return query


def test_the_pasted_query_is_the_one_shown() -> None:
    [shown] = blocks("README.md", "graphql")
    assert pasted_query().split() == shown.split()


@pytest.mark.parametrize("name", ["README.md", "docs/developer.md"])
def test_queries_fit_the_contract(name: str) -> None:
    schema = build_schema((ROOT / "schema.graphql").read_text(encoding="utf-8"))
    for text in blocks(name, "graphql"):
        assert validate(schema, parse(text)) == []


def test_the_answer_has_the_shape_of_the_query() -> None:
    [answer] = blocks("README.md", "json")
    node = json.loads(answer)["data"]["penalties"]["nodes"][0]
    assert [name for name in node if not re.search(rf"\b{name}\b", pasted_query())] == []


def test_the_scripts_are_well_formed() -> None:
    subprocess.run(["bash", "-n", ROOT / ".ci/run"], check=True)
    listed = subprocess.run(["make", "-n", "help"], cwd=ROOT, check=True, capture_output=True)
    assert listed.stdout
