"""Names of indexes and aliases in a cluster: everything of one installation begins alike.

PREFIX-records-000007 is a generation, PREFIX-records the alias of the live one, PREFIX-records-previous of the
one before it. A generation is written through an alias of its own: Elasticsearch makes an index of whatever
name it is told to write to, but never one of a name that must be an alias.
"""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Names:
    """The names of one installation."""

    prefix: str

    @property
    def live(self) -> str:
        """The alias of the live generation."""
        return f"{self.prefix}-records"

    @property
    def previous(self) -> str:
        """The alias of the generation that was live before."""
        return f"{self.prefix}-records-previous"

    @property
    def every(self) -> str:
        """A pattern that all generations fit, and some that are none."""
        return f"{self.prefix}-records-*"

    def generation(self, number: int) -> str:
        """The index of one generation."""
        return f"{self.prefix}-records-{number:06}"

    def number(self, index: str) -> int | None:
        """The number of a generation; None for any other index."""
        found = re.fullmatch(re.escape(self.prefix) + r"-records-(\d{6,})", index)
        return int(found[1]) if found else None


def writing(index: str) -> str:
    """The alias through which a generation is written."""
    return f"{index}.writing"
