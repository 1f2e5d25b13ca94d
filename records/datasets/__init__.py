"""The datasets: every module of this package that does not begin with an underscore declares some.

Adding a dataset is adding one file here; see CONTRIBUTING.md.
"""

from __future__ import annotations

import importlib
import pkgutil

from records.dataset import Dataset
from records.fields import Record


def declared_datasets() -> tuple[Dataset, ...]:
    """All datasets declared in this package, by name of module and order of declaration."""
    found: dict[str, Dataset] = {}
    for module in sorted(pkgutil.iter_modules(__path__), key=lambda m: m.name):
        if module.name.startswith("_"):
            continue
        for declared in vars(importlib.import_module(f"{__name__}.{module.name}")).values():
            if (
                isinstance(declared, type)
                and issubclass(declared, Record)
                and "dataset" in vars(declared)
            ):
                found[declared.dataset.name] = declared.dataset
    return tuple(found.values())
