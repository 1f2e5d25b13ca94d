"""A process to be killed: follows or reindexes the same journal every time it is started."""

from __future__ import annotations

import random
import sys
from dataclasses import replace

from records.stored import StoredRecord
from search.follower import Follower
from tests.search.backends import DECLARED, opened
from tests.search.corpus import random_record, random_subject
from tests.search.journal import MemoryJournal
from tests.support import StillClock

REVISIONS = 300


def journal(revisions: int = REVISIONS) -> MemoryJournal:
    """Records come, change and go in every revision."""
    rng = random.Random(11)
    made = MemoryJournal()
    pool = [random_record(rng) for _ in range(2000)]
    subjects = [replace(random_subject(rng), visible={"PENALTY": None}) for _ in range(300)]
    for _ in range(revisions):
        made.put(*(_fresh(record) for record in rng.sample(pool, k=12)))
        made.withdraw(*rng.sample(sorted(made.records), k=2))
        made.put(subjects=rng.sample(subjects, k=3))
        made.forget(*rng.sample(sorted(made.subjects), k=1))
    return made


def _fresh(record: StoredRecord) -> StoredRecord:
    return replace(record, public_until=None)


def main(action: str, *index: str) -> None:
    follower = Follower(
        journal(),
        opened(*index).generations(),
        DECLARED,
        StillClock(),
        batch=1,
        live_commit=0,
        build_commit=0,
    )
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    {"bring_up": follower.bring_up, "reindex": follower.reindex}[action](timeout=10)


if __name__ == "__main__":
    main(*sys.argv[1:])
