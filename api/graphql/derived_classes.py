"""Making GraphQL types at run time: what :mod:`api.graphql.derive` derives them with.

`Any` stands here because what is made has no type before it runs.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from inspect import Parameter, Signature
from types import GenericAlias
from typing import Annotated, Any, NamedTuple

import strawberry
from strawberry import UNSET

from api.graphql import types
from records.vocabulary import PersonalData


class Spec(NamedTuple):
    """One field of a generated type."""

    type: Any
    text: str
    name: str | None = None
    mask: PersonalData | None = None
    default: Any = None

    def field(self, *, optional_input: bool = False) -> Any:
        """The field for strawberry; an optional input may be left out."""
        options: dict[str, Any] = {"description": self.text, "name": self.name}
        if self.mask is not None:
            options["directives"] = [types.Masked(as_=types.Mask[self.mask.value])]
        if optional_input:
            options["default"] = UNSET
        elif self.default is not None:
            options["default"] = self.default
        return strawberry.field(**options)


def list_of(element: Any) -> Any:
    """`list[element]` of an element known at run time only."""
    return GenericAlias(list, (element,))


def argument(annotation: Any, default: Any = Parameter.empty, text: str = "") -> tuple[Any, Any]:
    """The annotation and default of one argument of a resolver."""
    if text:
        annotation = Annotated[annotation, strawberry.argument(description=text)]
    return annotation, default


def sign(resolve: Any, arguments: Mapping[str, tuple[Any, Any]], returns: Any) -> None:
    """Give a resolver the signature that strawberry reads."""
    parameters = [
        Parameter(name, Parameter.POSITIONAL_OR_KEYWORD, annotation=annotation, default=default)
        for name, (annotation, default) in arguments.items()
    ]
    resolve.__signature__ = Signature(parameters, return_annotation=returns)
    resolve.__annotations__ = {"return": returns}


def make_enum(name: str, text: str, members: Mapping[str, str]) -> Any:
    """An enum whose values are its names; `members` maps them to descriptions."""
    make: Any = Enum
    made = make(
        name, {m: strawberry.enum_value(m, description=about) for m, about in members.items()}
    )
    return strawberry.enum(made, description=text)


def bare_class(name: str) -> Any:
    """A class without fields, for :func:`optional_input`."""
    return type(name, (), {})


def make_class(name: str, fields: Mapping[str, Spec], base: type = object) -> Any:
    """A class with these fields, to be made a type of strawberry."""
    cls = type(name, (base,), {attribute: spec.field() for attribute, spec in fields.items()})
    cls.__annotations__ = {attribute: spec.type for attribute, spec in fields.items()}
    return cls


def optional_input(cls: Any, fields: Mapping[str, Spec], text: str) -> Any:
    """An input whose fields may all be left out; its fields may refer to itself."""
    cls.__annotations__ = {attribute: spec.type for attribute, spec in fields.items()}
    for attribute, spec in fields.items():
        setattr(cls, attribute, spec.field(optional_input=True))
    return strawberry.input(cls, description=text)
