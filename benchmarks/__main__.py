"""`python -m benchmarks [NAME…]`: run the measurements of this folder and print one table.

Each module `bench_*.py` has a function `measure() -> Iterable[Measurement]`.
"""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

from rich.console import Console
from rich.table import Table


def main(wanted: list[str]) -> None:
    """Run the named benchmarks, or all, in the order of their names."""
    table = Table("what", "measured", "unit", "remark")
    for path in sorted(Path(__file__).parent.glob("bench_*.py")):
        name = path.stem.removeprefix("bench_")
        if wanted and name not in wanted:
            continue
        for result in importlib.import_module(f"benchmarks.{path.stem}").measure():
            table.add_row(result.what, f"{result.value:,.0f}", result.unit, result.remark)
    Console().print(table)


if __name__ == "__main__":
    main(sys.argv[1:])
