"""Files as counties have them when something went wrong: refused or read with a clear report, each of them.

Before each one a good file is loaded, of which nothing may change.
"""

from __future__ import annotations

from pathlib import Path

import orjson
import pytest
from sqlalchemy import select

from loaders.pipeline import FileReport, LoadOptions
from records import tables
from records.sources import COUNTS, rejections
from tests.loaders import bad_files as bad
from tests.loaders.bad_file_cases import CASES, Read, Refused
from tests.loaders.bad_files import HEADERS, in_csv
from tests.loaders.rows import PENALTY
from xincha.commands.data import load_files
from xincha.wiring import House


def contents(house: House) -> set[bytes]:
    """Everything that the store publishes, and when it last changed."""
    records = tables.records
    wanted = (records.c.id, records.c.public, records.c.state, records.c.revision)
    with house.store.engine.connect() as connection:
        rows = connection.execute(select(*wanted)).all()
    return {orjson.dumps(tuple(row)) for row in rows}


def load(path: Path, house: House) -> list[FileReport]:
    return load_files([path], house, LoadOptions())


@pytest.fixture
def loaded(house: House, tmp_path: Path) -> House:
    """A house in which a good file is."""
    good = in_csv(HEADERS, [PENALTY.get(h, "") for h in HEADERS], name="good.csv")(tmp_path)
    (report,) = load(good, house)
    assert report.counts["inserted"] == 1
    return house


def everything_told(reports: list[FileReport], house: House, printed: str) -> str:
    told = [orjson.dumps([r.as_json(), r.notes, list(r.warnings)]).decode() for r in reports]
    return "\n".join((*told, printed, str(list(rejections(house.store)))))


@pytest.mark.parametrize("case", CASES)
def test_a_bad_file_is_refused_or_read_with_a_clear_report(
    case: str, loaded: House, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    build, expected = CASES[case]
    before, revision = contents(loaded), loaded.store.revision()

    reports = load(build(tmp_path), loaded)

    told = everything_told(reports, loaded, capsys.readouterr().out)
    for report in reports:
        assert sum(report.counts[name] for name in COUNTS[1:]) == report.counts["read"]
    assert not [secret for secret in bad.SECRETS if secret in told]
    assert before <= contents(loaded)
    match expected:
        case Refused():
            (refused,) = [report for report in reports if report.refused]
            assert refused.refused is not None
            assert expected.told in refused.refused.message
            assert refused.refused.code
            assert refused.refused.suggestion
            assert not refused.counts
            assert len(reports) == 1 + expected.others
            assert expected.others or loaded.store.revision() == revision
        case Read():
            (report,) = reports
            assert report.refused is None
            assert tuple(report.templates) == expected.templates
            assert (report.counts["inserted"], report.counts["rejected"]) == (
                expected.inserted,
                expected.rejected,
            )
            assert [part for part in expected.told if part not in told] == []
