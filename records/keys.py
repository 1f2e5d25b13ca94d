"""The two secrets and everything derived from them.

`secret` signs what leaves the house (record ids, cursors); `vault` guards what must not: the sealed part
and every digest over personal data (party, natural key, content, blind index), so that a front end that
holds only `secret` can neither open nor guess them. Subkeys are made by HKDF-SHA256, one a purpose.
"""

from __future__ import annotations

import base64
import contextlib
import hashlib
import hmac
import os
import secrets
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from records.errors import SettingsError, VaultError

KEY_BYTES = 32
_BASE32HEX = "0123456789abcdefghijklmnopqrstuv"
_PAIRS = [first + second for first in _BASE32HEX for second in _BASE32HEX]


def derive(key: bytes, purpose: str) -> bytes:
    """A 32-byte subkey for one purpose."""
    return HKDF(SHA256(), KEY_BYTES, salt=None, info=f"xincha/{purpose}".encode()).derive(key)


@dataclass(frozen=True)
class KeyRing:
    """The secrets of one installation. `vault` is None on public front ends, which never need it."""

    secret: bytes
    vault: bytes | None = None

    @cached_property
    def cursor_key(self) -> bytes:
        """Signs GraphQL cursors."""
        return derive(self.secret, "cursor")

    @cached_property
    def _id_key(self) -> bytes:
        return derive(self.secret, "record id")

    @cached_property
    def seal_key(self) -> bytes:
        """Encrypts the sealed part. Raises VaultError without a vault key."""
        return derive(self.require_vault(), "seal")

    @cached_property
    def _digest_keys(self) -> dict[str, bytes]:
        vault = self.require_vault()
        return {p: derive(vault, p) for p in ("party", "natural key", "content", "blind index")}

    def require_vault(self) -> bytes:
        """The vault key. Raises VaultError when this process was not given one."""
        if self.vault is None:
            raise VaultError(
                "no vault key / 缺少保险库密钥",
                "restore vault.key in XINCHA_HOME from the backup, or set XINCHA_VAULT_KEY",
            )
        return self.vault

    def digest(self, purpose: str, message: bytes) -> str:
        """Keyed digest, 32 hexadecimal digits; purpose: party, natural key, content or blind index."""
        return hmac.digest(self._digest_keys[purpose], message, "sha256")[:16].hex()

    def record_id(self, dataset: str, natural_key: str) -> str:
        """Public id of a record: 26 characters 0-9a-v, 130 bits, made once at first insert."""
        raw = hmac.digest(self._id_key, f"{dataset}\0{natural_key}".encode(), "sha256")
        bits = int.from_bytes(raw[:17]) >> 6
        return "".join([_PAIRS[bits >> at & 1023] for at in range(120, -1, -10)])

    def fingerprints(self) -> dict[str, str]:
        """What a store remembers of its keys, to notice a lost or wrong one at start."""
        known = {"secret": self.secret} | ({"vault": self.vault} if self.vault else {})
        return {
            name: hashlib.sha256(derive(key, "fingerprint")).hexdigest()[:16]
            for name, key in known.items()
        }


def parse_key(text: str, name: str) -> bytes:
    """A key as given in a setting: base64 (standard or URL alphabet) of exactly 32 bytes."""
    try:
        key = base64.b64decode(text.strip().translate(str.maketrans("-_", "+/")) + "==")
    except ValueError:
        key = b""
    if len(key) != KEY_BYTES:
        raise SettingsError(
            f"{name}: not the base64 form of 32 bytes / 不是 32 字节的 base64",
            'make one with: python3 -c "import secrets; print(secrets.token_urlsafe(32))"',
        )
    return key


def key_file(path: Path, *, create: bool) -> bytes | None:
    """The key kept in a file (0600), made on first use when `create`; None when there is none."""
    if not path.exists():
        if not create:
            return None
        _write_once(path, secrets.token_urlsafe(KEY_BYTES))
    return parse_key(path.read_text(encoding="ascii"), path.name)


def _write_once(path: Path, text: str) -> None:
    """Create the file with its whole content or leave the one another process has just made."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(text + "\n")
        file.flush()
        os.fsync(file.fileno())
    with contextlib.suppress(FileExistsError):
        path.hardlink_to(draft)
    draft.unlink()
