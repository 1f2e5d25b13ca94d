"""How well and how fast names are found, beside pairs of characters ranked by BM25.

XINCHA_BENCH_NAMES: a file of names, one a line, plain or .gz; XINCHA_BENCH_QUERIES: a file of queries, one
JSON object a line with query, target, kind and n_match. Without them `names_1m.txt.gz` and
`queries_dev.jsonl` in XINCHA_DATA. Prints a table by kind, and the same as one line of JSON.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import orjson
from rich.console import Console
from rich.table import Table

from benchmarks.measurement import Measurement, given_file, stopwatch
from benchmarks.search_index import build, build_baseline, read_names
from benchmarks.search_reading import BASELINE, BEST, Asked, Query, read_queries

Figures = dict[str, float]


def measure() -> Iterator[Measurement]:
    """Build both indexes, ask every query of both."""
    names_path = given_file("XINCHA_BENCH_NAMES", "names_1m.txt.gz")
    queries_path = given_file("XINCHA_BENCH_QUERIES", "queries_dev.jsonl")
    if names_path is None or queries_path is None:
        print(
            "search: set XINCHA_BENCH_NAMES and XINCHA_BENCH_QUERIES, or XINCHA_DATA",
            file=sys.stderr,
        )
        return
    queries = read_queries(queries_path)
    with tempfile.TemporaryDirectory(prefix="xincha-bench-") as folder:
        home, baseline = Path(folder, "index"), Path(folder, BASELINE)
        count, seconds = _build(names_path, home, baseline)
        size = sum(path.stat().st_size for path in home.rglob("*") if path.is_file())
        ours, theirs = (_asked(place, queries_path) for place in (home, baseline))
    _print(queries, ours, theirs)
    line = {
        "names": count,
        **_summary(queries, ours),
        "baseline": _summary(queries, theirs),
        "kinds": {kind: _figures(chosen, ours) for kind, chosen in _kinds(queries).items()},
    }
    print(orjson.dumps(line).decode())
    yield Measurement("search: index build", count / seconds, "names/s", f"{count:,}")
    yield Measurement("search: index size", size / count, "bytes/name", "names, codes, documents")
    for what, asked in (("found", ours), ("baseline", theirs)):
        figures = _figures(range(len(queries)), asked)
        remark = f"p99 {1_000 * figures['p99_ms']:,.0f}"
        yield Measurement(f"search: {what}", 1_000 * figures["p50_ms"], "µs", remark)
    yield Measurement("search: memory of a reader", ours.memory / 1e6, "MB", "of its own")


def _build(names_path: Path, home: Path, baseline: Path) -> tuple[int, float]:
    names = read_names(names_path)
    with stopwatch() as watch:
        build(home, names)
    build_baseline(baseline, names)
    return len(names), watch.seconds


def _asked(home: Path, queries: Path) -> Asked:
    """What a process of its own says of it."""
    command = [sys.executable, "-m", "benchmarks.search_reading", str(home), str(queries)]
    answer = subprocess.run(command, check=True, capture_output=True)  # noqa: S603  # our own command
    return Asked(**orjson.loads(answer.stdout))


def _kinds(queries: Sequence[Query]) -> dict[str, list[int]]:
    kinds: dict[str, list[int]] = {}
    for at, query in enumerate(queries):
        kinds.setdefault(query.kind, []).append(at)
    return dict(sorted(kinds.items()))


def _summary(queries: Sequence[Query], asked: Asked) -> dict[str, object]:
    single = [at for at, query in enumerate(queries) if query.matches == 1]
    return {
        "all": _figures(range(len(queries)), asked),
        "one_match": _figures(single, asked),
        "reader_memory_mb": round(asked.memory / 1e6, 1),
    }


def _figures(chosen: Iterable[int], asked: Asked) -> Figures:
    """Of some of the queries: how many, the shares found first and among the best, and milliseconds."""
    numbers = list(chosen)
    places = [asked.places[at] for at in numbers]
    times = sorted(asked.times[at] for at in numbers) or [0.0]
    share = 1 / max(1, len(numbers))
    return {
        "queries": len(numbers),
        "recall_at_1": round(share * sum(place == 0 for place in places), 4),
        "recall_at_10": round(share * sum(0 <= place < BEST for place in places), 4),
        "p50_ms": round(statistics.median(times), 3),
        "p99_ms": round(times[min(len(times) - 1, len(times) * 99 // 100)], 3),
    }


def _print(queries: Sequence[Query], ours: Asked, theirs: Asked) -> None:
    columns = ("recall_at_1", "recall_at_10", "p50_ms", "p99_ms")
    titles = ("R@1", "R@10", "p50 ms", "p99 ms")
    table = Table("kind", "queries", *titles, *(f"BM25 {title}" for title in titles))
    single = [at for at, query in enumerate(queries) if query.matches == 1]
    rows = {**_kinds(queries), "one match": single, "all": list(range(len(queries)))}
    for kind, chosen in rows.items():
        figures = (_figures(chosen, asked) for asked in (ours, theirs))
        cells = [f"{one[column]:.3f}" for one in figures for column in columns]
        table.add_row(kind, str(len(chosen)), *cells)
    Console(width=120).print(table)
