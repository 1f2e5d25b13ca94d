from __future__ import annotations

import stat
from pathlib import Path

import pytest

from records.errors import SettingsError, VaultError
from records.keys import KeyRing, key_file, parse_key


def test_a_record_id_is_26_sortable_characters_and_depends_on_key_dataset_and_natural_key(
    keys: KeyRing,
) -> None:
    made = keys.record_id("licenses", "a")

    assert len(made) == 26
    assert set(made) <= set("0123456789abcdefghijklmnopqrstuv")
    others = {
        keys.record_id("penalties", "a"),
        keys.record_id("licenses", "b"),
        KeyRing(bytes(32)).record_id("licenses", "a"),
    }
    assert made not in others
    assert len(others) == 3


def test_digests_of_personal_data_need_the_vault_key(keys: KeyRing) -> None:
    front_end = KeyRing(keys.secret)

    with pytest.raises(VaultError):
        front_end.digest("party", b"somebody")


def test_digests_differ_by_purpose(keys: KeyRing) -> None:
    assert keys.digest("party", b"x") != keys.digest("blind index", b"x")


def test_a_key_file_is_made_once_and_closed_to_others(tmp_path: Path) -> None:
    path = tmp_path / "home" / "secret.key"

    first = key_file(path, create=True)

    assert first is not None
    assert key_file(path, create=True) == first
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [p.name for p in path.parent.iterdir()] == ["secret.key"]


def test_no_key_file_is_made_unless_asked(tmp_path: Path) -> None:
    assert key_file(tmp_path / "vault.key", create=False) is None
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("text", ["", "short", "*" * 44, "AAAA" * 20])
def test_a_wrong_key_is_refused_without_being_quoted(text: str) -> None:
    with pytest.raises(SettingsError) as caught:
        parse_key(text, "XINCHA_SECRET_KEY")

    assert "XINCHA_SECRET_KEY" in caught.value.message
    assert not text or text not in caught.value.message
