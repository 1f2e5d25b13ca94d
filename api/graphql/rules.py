"""Cheap protections of the document itself, before anything is executed.

The rules are made once: rule classes made per request would cost more than the rest of validation.
"""

from __future__ import annotations

from collections.abc import Mapping

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    GraphQLSchema,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionSetNode,
    parse,
    specified_rules,
    validate,
)
from graphql.validation import ValidationRule

from api.graphql.errors import ApiError, Code

MAX_TOKENS = 2_000
MAX_DEPTH = 12
MAX_ERRORS = 20


def parse_document(text: str) -> DocumentNode:
    """The parsed document. Raises ApiError QUERY_TOO_EXPENSIVE or GraphQLSyntaxError."""
    try:
        return parse(text, max_tokens=MAX_TOKENS)
    except GraphQLError as error:
        if f"more than {MAX_TOKENS} tokens" in error.message:
            raise ApiError(
                Code.QUERY_TOO_EXPENSIVE,
                f"查询多于 {MAX_TOKENS} 个词元",
                f"the document has more than {MAX_TOKENS} tokens",
                limit=MAX_TOKENS,
            ) from None
        raise


def validate_document(schema: GraphQLSchema, document: DocumentNode) -> list[GraphQLError]:
    """What is wrong with the document; empty when it can be executed."""
    return validate(schema, document, RULES, max_errors=MAX_ERRORS)


class DepthRule(ValidationRule):
    """Fields nest at most MAX_DEPTH deep. Introspection has a rule of its own in graphql-core."""

    def enter_operation_definition(self, node: OperationDefinitionNode, *_args: object) -> None:
        """Measures one operation with the fragments it spreads."""
        fragments = {
            definition.name.value: definition
            for definition in self.context.document.definitions
            if isinstance(definition, FragmentDefinitionNode)
        }
        depth = _Depths(fragments).of(node.selection_set)
        if depth > MAX_DEPTH:
            self.report_error(
                ApiError(
                    Code.QUERY_TOO_EXPENSIVE,
                    f"字段嵌套多于 {MAX_DEPTH} 层",
                    f"fields are nested more than {MAX_DEPTH} deep",
                    node=node,
                    limit=MAX_DEPTH,
                    cost=depth,
                )
            )


class _Depths:
    """Depth of selection sets; each fragment is measured once, a cycle counts as nothing."""

    def __init__(self, fragments: Mapping[str, FragmentDefinitionNode]) -> None:
        self.fragments = fragments
        self.known: dict[str, int] = {}

    def of(self, selections: SelectionSetNode | None) -> int:
        depths = [0]
        for selection in selections.selections if selections else ():
            if isinstance(selection, FieldNode) and not selection.name.value.startswith("__"):
                depths.append(1 + self.of(selection.selection_set))
            elif isinstance(selection, InlineFragmentNode):
                depths.append(self.of(selection.selection_set))
            elif isinstance(selection, FragmentSpreadNode):
                depths.append(self.of_fragment(selection.name.value))
        return max(depths)

    def of_fragment(self, name: str) -> int:
        if name not in self.known:
            self.known[name] = 0
            fragment = self.fragments.get(name)
            self.known[name] = self.of(fragment.selection_set if fragment else None)
        return self.known[name]


RULES = (*specified_rules, DepthRule)
