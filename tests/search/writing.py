"""A process that writes: gives every record of an index a new revision, over and over."""

from __future__ import annotations

import random
import sys
import time
from dataclasses import replace

from search.follower import Follower
from tests.search.backends import DECLARED, opened
from tests.search.corpus import random_record
from tests.search.journal import MemoryJournal
from tests.support import StillClock

RECORDS = 60
REVISIONS = 25


def main(*index: str) -> None:
    rng = random.Random(4)
    journal = MemoryJournal()
    follower = Follower(journal, opened(*index).generations(), DECLARED, StillClock())
    same = [replace(random_record(rng, "penalties"), public_until=None) for _ in range(RECORDS)]
    for revision in range(1, REVISIONS + 1):
        journal.put(*same)
        follower.reindex() if revision % 10 == 0 else follower.bring_up()
        sys.stdout.write(f"{revision} {time.time()}\n")
        sys.stdout.flush()
        time.sleep(0.03)


if __name__ == "__main__":
    main(*sys.argv[1:])
