from __future__ import annotations

import pytest

from records.errors import VaultError
from records.keys import KeyRing
from records.vault import Vault


def test_what_is_sealed_can_be_opened_and_is_not_readable(keys: KeyRing) -> None:
    sealed = Vault(keys).seal("id1", "张三丰".encode())

    assert "张三丰".encode() not in sealed
    assert Vault(keys).open("id1", sealed) == "张三丰".encode()


def test_sealing_twice_gives_different_bytes(keys: KeyRing) -> None:
    vault = Vault(keys)

    assert vault.seal("id1", b"a") != vault.seal("id1", b"a")


def test_a_sealed_part_belongs_to_its_record(keys: KeyRing) -> None:
    sealed = Vault(keys).seal("id1", b"a")

    with pytest.raises(VaultError):
        Vault(keys).open("id2", sealed)


def test_a_wrong_key_or_a_changed_byte_is_noticed(keys: KeyRing) -> None:
    sealed = Vault(keys).seal("id1", b"a")

    with pytest.raises(VaultError):
        Vault(KeyRing(keys.secret, bytes(32))).open("id1", sealed)
    with pytest.raises(VaultError):
        Vault(keys).open("id1", sealed[:-1] + bytes([sealed[-1] ^ 1]))
    with pytest.raises(VaultError):
        Vault(keys).open("id1", b"\x09" + sealed[1:])
