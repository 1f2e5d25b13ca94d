"""`python -m benchmarks [NAME…] [--names FILE] [--queries FILE]`: run what is measured here, print one table.

The files are for `search`, see bench_search.py.

Each module `bench_*.py` has a function `measure() -> Iterable[Measurement]`.
"""

from __future__ import annotations

import argparse
import importlib
import os
import sys
from pathlib import Path

from rich.console import Console
from rich.table import Table


def main(arguments: list[str]) -> None:
    """Run the named benchmarks, or all, in the order of their names."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks")
    parser.add_argument("wanted", nargs="*", metavar="NAME")
    for option in ("names", "queries"):
        parser.add_argument(f"--{option}", metavar="FILE")
    given = parser.parse_args(arguments)
    for option in ("names", "queries"):
        if path := getattr(given, option):
            os.environ[f"XINCHA_BENCH_{option.upper()}"] = path
    wanted: list[str] = given.wanted
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
