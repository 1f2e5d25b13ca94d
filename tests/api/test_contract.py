"""The printed schema: current, as promised to users, and described in two languages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    build_schema,
)

from api.graphql.schema import print_contract
from records.datasets import declared_datasets

PRINTED = print_contract(declared_datasets())
SCHEMA = build_schema(PRINTED)

PROMISED = Path(__file__).with_name("promised.graphql").read_text("utf-8")


def test_the_printed_schema_is_the_one_in_the_tree() -> None:
    tree = Path(__file__).parents[2] / "schema.graphql"
    assert tree.read_text("utf-8") == PRINTED


def test_everything_promised_is_there_with_its_type() -> None:
    ours, promised = dict(_lines(PRINTED)), dict(_lines(PROMISED))
    assert {name: ours.get(name) for name in promised} == promised


def test_printing_twice_gives_the_same() -> None:
    assert print_contract(declared_datasets()) == PRINTED


def test_everything_is_described_in_two_languages() -> None:
    undescribed = [
        name
        for name, description in _descriptions()
        if not (re.search(r"[一-鿿]", description) and re.search(r"[a-z]{2}", description))
    ]
    assert undescribed == []


def test_every_personal_output_field_is_marked() -> None:
    for dataset in declared_datasets():
        body = PRINTED.split(f"type {dataset.type_name} implements ")[1].split("\n}\n")[0]
        for field in dataset.public_fields:
            line = re.search(rf"^  {field.api_name}: .*$", body, re.MULTILINE)
            assert line is not None, field.name
            mark = f"@masked(as: {field.personal.value})" if field.personal else ""
            assert line[0].partition(" @")[2] == mark.removeprefix("@")


def test_sealed_fields_are_neither_output_nor_input() -> None:
    for dataset in declared_datasets():
        public = {field.api_name for field in dataset.public_fields}
        sealed = {field.api_name for field in dataset.fields} - public
        for name in (dataset.type_name, f"{dataset.type_name}Where"):
            found = SCHEMA.type_map[name]
            assert isinstance(found, GraphQLObjectType | GraphQLInputObjectType)
            assert not sealed & set(found.fields)


def _lines(sdl: str) -> Iterator[tuple[str, str]]:
    """What a schema says, one line a field, argument and member; directives as they are written."""
    schema = build_schema(sdl)
    for name, found in schema.type_map.items():
        if name.startswith("__"):
            continue
        yield name, type(found).__name__
        if isinstance(found, GraphQLObjectType | GraphQLInterfaceType):
            yield from _output_lines(name, found)
        elif isinstance(found, GraphQLInputObjectType):
            for field_name, about in found.fields.items():
                yield f"{name}.{field_name}", f"{about.type} = {_default(about)}"
        elif isinstance(found, GraphQLEnumType):
            for member in found.values:
                yield f"{name}.{member}", ""


def _output_lines(
    name: str, found: GraphQLObjectType | GraphQLInterfaceType
) -> Iterator[tuple[str, str]]:
    for interface in found.interfaces:
        yield f"{name} implements {interface.name}", ""
    for field_name, field in found.fields.items():
        yield f"{name}.{field_name}", f"{field.type}{_marks(field.ast_node)}"
        for argument, about in field.args.items():
            yield f"{name}.{field_name}({argument})", f"{about.type} = {_default(about)}"


def _default(about: object) -> str:
    node = getattr(about, "ast_node", None)
    value = getattr(node, "default_value", None)
    return str(getattr(value, "value", None))


def _marks(node: object) -> str:
    directives = getattr(node, "directives", None) or ()
    return "".join(
        f" @{d.name.value}({a.name.value}: {a.value.value})"
        for d in directives
        for a in d.arguments
    )


def _descriptions() -> Iterator[tuple[str, str]]:
    builtin = {"String", "Int", "Boolean", "ID", "Float"}
    for directive in SCHEMA.directives:
        if directive.name == "masked":
            yield "@masked", directive.description or ""
            for name, argument in directive.args.items():
                yield f"@masked({name})", argument.description or ""
    for name, found in SCHEMA.type_map.items():
        if name not in builtin and not name.startswith("__"):
            yield name, found.description or ""
            yield from _parts(name, found)


def _parts(name: str, found: GraphQLNamedType) -> Iterator[tuple[str, str]]:
    if isinstance(found, GraphQLObjectType | GraphQLInterfaceType):
        for field_name, field in found.fields.items():
            yield f"{name}.{field_name}", field.description or ""
            for argument, about in field.args.items():
                yield f"{name}.{field_name}({argument})", about.description or ""
    elif isinstance(found, GraphQLInputObjectType):
        for field_name, input_field in found.fields.items():
            yield f"{name}.{field_name}", input_field.description or ""
    elif isinstance(found, GraphQLEnumType):
        for member, value in found.values.items():
            yield f"{name}.{member}", value.description or ""
