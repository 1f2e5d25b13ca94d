"""Worker processes: the same batches as in one process, and a clear end when one of them dies."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from loaders.pipeline import LoadOptions, load_file
from loaders.preparing import prepare
from loaders.sources import SourceRow
from loaders.workers import Assignment, Workers, workers
from records.errors import SourceError, XinchaError
from records.incoming import Door
from records.intake import Intake
from records.keys import KeyRing
from tests.loaders.rows import PENALTY, TODAY, headers_of
from tests.support import DATASETS, PENALTIES

HEADERS = headers_of(PENALTIES)


def row(line: int, **changes: str) -> SourceRow:
    cells = {**PENALTY, "行政处罚决定书文号": f"伊市监罚〔2026〕{line}号", **changes}
    return SourceRow(line, tuple(cells.get(header, "") for header in HEADERS))


def batches(count: int) -> list[list[SourceRow]]:
    """Batches of three rows each; the second row of each is dirty."""
    return [
        [row(line), row(line + 1, 处罚决定日期="不知道"), row(line + 2)]
        for line in range(2, 2 + 3 * count, 3)
    ]


def assignment(keys: KeyRing) -> Assignment:
    return Assignment((SourceRow(1, HEADERS),), "penalties", "V2.1", Door(keys), "")


def prepared(team: Workers, job: Assignment, rows: Sequence[list[SourceRow]]) -> list[object]:
    return list(team.prepare(job, iter(rows), lambda: TODAY, lambda: True))


def test_workers_prepare_what_one_process_prepares_in_the_same_order(keys: KeyRing) -> None:
    job, rows = assignment(keys), batches(5)
    alone = [prepare(job.preparation(), batch, TODAY, masked=True) for batch in rows]

    with workers(2) as team:
        assert team is not None
        assert prepared(team, job, rows) == alone
        assert [p.batch.position for p in alone] == [4, 7, 10, 13, 16]


def test_one_job_needs_no_worker() -> None:
    with workers(1) as team:
        assert team is None
    assert multiprocessing.active_children() == []


def test_a_sheet_that_is_given_up_leaves_nothing_for_the_next(keys: KeyRing) -> None:
    job = assignment(keys)

    def damaged() -> Iterator[list[SourceRow]]:
        yield from batches(3)
        raise SourceError("damaged", "copy it again")

    with workers(2) as team:
        assert team is not None
        with pytest.raises(SourceError):
            list(team.prepare(job, damaged(), lambda: TODAY, lambda: True))
        (first,) = team.prepare(job, iter([[row(40)]]), lambda: TODAY, lambda: True)
    assert first.batch.position == 40


def test_a_killed_worker_is_told(keys: KeyRing) -> None:
    with workers(2) as team:
        assert team is not None
        for process in multiprocessing.active_children():
            assert process.pid is not None
            os.kill(process.pid, signal.SIGKILL)
            process.join()
        with pytest.raises(XinchaError, match="工作进程"):
            prepared(team, assignment(keys), batches(3))


def test_the_text_of_an_error_does_not_leave_its_worker(keys: KeyRing) -> None:
    broken = Assignment((SourceRow(1, ("段小满",)),), "penalties", "V2.1", Door(keys), "")
    with workers(2) as team:
        assert team is not None
        with pytest.raises(XinchaError) as caught:
            prepared(team, broken, batches(1))
    assert "段" not in str(caught.value)
    assert "NoTemplate" in caught.value.message


_ORPHANS = """
import multiprocessing, time
from loaders.workers import workers
with workers(2):
    print(*(p.pid for p in multiprocessing.active_children()), flush=True)
    time.sleep(60)
"""


def test_workers_end_when_the_loading_process_is_killed() -> None:
    with subprocess.Popen([sys.executable, "-c", _ORPHANS], stdout=subprocess.PIPE) as parent:
        assert parent.stdout is not None
        pids = [int(pid) for pid in parent.stdout.readline().split()]
        assert len(pids) == 2
        parent.kill()
    deadline = time.monotonic() + 20
    while any(_runs(pid) for pid in pids) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not any(_runs(pid) for pid in pids)


def _runs(pid: int) -> bool:
    status = Path(f"/proc/{pid}/stat")
    try:
        return status.read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def test_a_load_with_workers_counts_what_a_load_without_them_counts(
    tmp_path: Path, intake: Intake
) -> None:
    lines = [HEADERS, *(r.cells for batch in batches(4) for r in batch)]
    file = tmp_path / "cf.csv"
    file.write_text("\n".join(",".join(cells) for cells in lines), encoding="utf-8")
    datasets = tuple(DATASETS.values())

    with workers(2) as team:
        first = load_file(file, intake, datasets, LoadOptions(team=team))
        again = load_file(file, intake, datasets, LoadOptions(team=team))
    alone = load_file(file, intake, datasets, LoadOptions())

    assert +first.counts == {"read": 12, "inserted": 8, "rejected": 4}
    assert +again.counts == +alone.counts == {"read": 12, "unchanged": 8, "rejected": 4}
    assert first.warnings == alone.warnings
