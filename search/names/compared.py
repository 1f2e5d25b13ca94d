"""Names side by side, as features compare them with a query."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from search.names.analysis import NameColumns
from search.names.features import Texts


class Names:
    """So many names; each kind of text of them is laid out when it is asked for."""

    def __init__(self, columns: NameColumns) -> None:
        self._columns = columns

    def __len__(self) -> int:
        """How many."""
        return len(self._columns.text)

    @cached_property
    def both_ways(self) -> tuple[Names, list[int]]:
        """All, and behind them those that can be read in two ways, read the other way; and which these are."""
        own = self._columns
        rows = [row for row, (a, b) in enumerate(zip(own.signs, own.other, strict=True)) if a != b]
        signs, blurred, initials = (
            one + [other[row] for row in rows]
            for one, other in (
                (own.signs, own.other),
                (own.blurred, own.other_blurred),
                (own.initials, own.other_initials),
            )
        )
        texts = own.text + [own.text[row] for row in rows]
        stems = own.stem + [own.stem[row] for row in rows]
        columns = NameColumns(texts, signs, signs, blurred, blurred, initials, initials, stems)
        return Names(columns), rows

    @cached_property
    def texts(self) -> Texts:
        """Normalized."""
        return Texts(self._columns.text)

    @cached_property
    def stems(self) -> Texts:
        """Without the legal form."""
        return self._before_form(self._columns.text)

    @cached_property
    def signs(self) -> Texts:
        """As they are read."""
        return Texts(self._columns.signs)

    @cached_property
    def stem_signs(self) -> Texts:
        """As they are read, without the legal form."""
        return self._before_form(self._columns.signs)

    @cached_property
    def blurred(self) -> Texts:
        """As they are read, with what sounds alike made one."""
        return Texts(self._columns.blurred)

    @cached_property
    def initials(self) -> Texts:
        """The first letters of their syllables."""
        return Texts(self._columns.initials)

    @cached_property
    def stem_initials(self) -> Texts:
        """The same without the legal form."""
        return self._before_form(self._columns.initials)

    def _before_form(self, texts: Sequence[str]) -> Texts:
        return Texts([t[:stem] for t, stem in zip(texts, self._columns.stem, strict=True)])
