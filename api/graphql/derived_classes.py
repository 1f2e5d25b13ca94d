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
from strawberry import UNSET, Info

from api.graphql import types
from api.graphql.listing import DEFAULT_PAGE
from api.graphql.scalars import Cursor
from records.vocabulary import PersonalData


class Spec(NamedTuple):
    """One field of a generated type. `resolve(self, info)` answers it where it is no plain value."""

    type: Any
    text: str
    name: str | None = None
    mask: PersonalData | None = None
    default: Any = None
    resolve: Any = None

    def field(self, *, optional_input: bool = False) -> Any:
        """The field for strawberry; an optional input may be left out."""
        options: dict[str, Any] = {"description": self.text, "name": self.name}
        if self.resolve is not None:
            sign(self.resolve, {"self": argument(object), "info": argument(Info)}, self.type)
            options["resolver"] = self.resolve
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
    cls.__annotations__ = {
        attribute: spec.type for attribute, spec in fields.items() if spec.resolve is None
    }
    return cls


def optional_input(cls: Any, fields: Mapping[str, Spec], text: str) -> Any:
    """An input whose fields may all be left out; its fields may refer to itself."""
    cls.__annotations__ = {attribute: spec.type for attribute, spec in fields.items()}
    for attribute, spec in fields.items():
        setattr(cls, attribute, spec.field(optional_input=True))
    return strawberry.input(cls, description=text)


def where_input(name: str, label: str, english: str, fields: Mapping[str, Spec]) -> Any:
    """A `where` input with these conditions, and their combinations."""
    cls = bare_class(name)
    combined = {
        "and_": Spec(list_of(cls) | None, "全部满足，空列表不限制 / all hold; an empty list restricts nothing", "and"),
        "or_": Spec(list_of(cls) | None, "至少一个满足，空列表无结果 / at least one holds; an empty list matches nothing", "or"),
        "not_": Spec(cls | None, "不满足 / does not hold", "not"),
    }  # fmt: skip
    text = (
        f"{label}的筛选条件：各项同时满足，空值不限制；嵌套不超过 4 层（含条件对象），条件不超过 50 个，一个值不超过 240 字 / "
        f"filter of {english}: all fields hold together, null restricts nothing; "
        "objects nest at most 4 deep (the operators' object included), at most 50 conditions, 240 characters in a value"
    )
    return optional_input(cls, {**combined, **fields}, text)


def page_arguments() -> Mapping[str, tuple[Any, Any]]:
    """The arguments by which every list is paged."""
    return {
        "first": argument(int | None, DEFAULT_PAGE, "条数，1 至 100 / how many records, 1 to 100"),
        "after": argument(Cursor | None, UNSET, "上一页末条的游标 / cursor of the last record of the page before"),
    }  # fmt: skip
