"""The sealed part: every value that was read of a row, encrypted; the only place where clear values rest.

Format: one version byte, a 12-byte random nonce, AES-256-GCM ciphertext. The record's id is bound in as
associated data, so that a sealed part cannot be moved to another record.
"""

from __future__ import annotations

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from records.errors import VaultError
from records.keys import KeyRing

_VERSION = b"\x01"
_NONCE = 12


class Vault:
    """Seals and opens rows with the key ring's vault key. Raises VaultError without one."""

    def __init__(self, keys: KeyRing) -> None:
        self._cipher = AESGCM(keys.seal_key)

    def seal(self, record_id: str, clear: bytes) -> bytes:
        """Encrypt what a record keeps to itself (records/sealed.py)."""
        nonce = os.urandom(_NONCE)
        sealed = self._cipher.encrypt(nonce, clear, record_id.encode())
        return _VERSION + nonce + sealed

    def open(self, record_id: str, sealed: bytes) -> bytes:
        """Decrypt. Raises VaultError for a wrong key, another record's part or damaged bytes."""
        if sealed[:1] != _VERSION:
            raise VaultError("sealed part of an unknown version", "upgrade xincha")
        nonce, body = sealed[1 : 1 + _NONCE], sealed[1 + _NONCE :]
        try:
            return self._cipher.decrypt(nonce, body, record_id.encode())
        except InvalidTag:
            raise VaultError(
                "the sealed part cannot be opened / 密封部分无法解密",
                "check XINCHA_VAULT_KEY: it must be the key this record was loaded with",
            ) from None
