"""An entry that was taken off its list stays off, whatever rows say that tell only of its entry."""

from __future__ import annotations

from datetime import date

from records.dataset import Dataset
from records.values import Values

_REMOVED, _WHY = "removed_on", "removal_reason"
_ENTERED = ("listed_on", "decision_date")


def tells_of_removals(dataset: Dataset) -> bool:
    """Whether records of the dataset may be taken off a list."""
    return any(field.name == _REMOVED for field in dataset.fields)


def stays_off(kept: Values, stated: Values) -> bool:
    """Whether what is kept of an entry holds against a row that states it without a removal.

    Not when the row tells of a removal itself, or of an entry after that day: then it is listed anew.
    """
    removed = _removal(kept)
    if removed is None or _removal(stated) is not None:
        return False
    entered = next((day for name in _ENTERED if isinstance(day := stated.get(name), date)), None)
    return entered is None or entered <= removed


def _removal(values: Values) -> date | None:
    """The day of removal, the last of all days where only its reason is stated, None without any."""
    day = values.get(_REMOVED)
    if isinstance(day, date):
        return day
    return date.max if values.get(_WHY) else None
