"""Loads in processes of their own, with the keys that the fixtures use."""

from __future__ import annotations

import base64
import os
import subprocess
from pathlib import Path

from records.keys import KeyRing
from tests.support import XINCHA

KEYS = KeyRing(secret=bytes(range(32)), vault=bytes(range(32, 64)))


def started(home: Path, store: str, *arguments: str) -> subprocess.Popen[str]:
    """`xincha load --json` into a store ("": the one of HOME)."""
    keys = {
        "XINCHA_SECRET_KEY": base64.b64encode(KEYS.secret).decode(),
        "XINCHA_VAULT_KEY": base64.b64encode(KEYS.require_vault()).decode(),
    }
    return subprocess.Popen(
        [XINCHA, "load", "--json", *arguments],
        env=os.environ | keys | {"XINCHA_HOME": str(home), "XINCHA_DATABASE_URL": store},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
