from __future__ import annotations

from pathlib import Path

import pytest

from records.errors import SettingsError
from tests.cluster.certificates import write_certificates
from xincha.settings import Settings


@pytest.fixture(autouse=True)
def _empty_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_defaults_serve_one_machine(tmp_path: Path) -> None:
    settings = Settings.load()

    assert settings.home == Path("var")
    assert settings.database() == f"sqlite:///{tmp_path / 'var' / 'xincha.db'}"
    assert settings.region == "410329"
    assert settings.natural_persons == "masked"
    assert not settings.publish_legal_representatives


def test_the_environment_and_a_dotenv_file_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".env").write_text("XINCHA_REGION=410327\nXINCHA_NATURAL_PERSONS=hidden\n")
    monkeypatch.setenv("XINCHA_REGION", "410328")

    settings = Settings.load()

    assert settings.region == "410328"
    assert settings.natural_persons == "hidden"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("XINCHA_REGION", "Yichuan"),
        ("XINCHA_NATURAL_PERSONS", "clear"),
        ("XINCHA_PUBLISH_LEGAL_REPRESENTATIVES", "perhaps"),
        ("XINCHA_SECRET_KEY", "hunter2hunter2"),
        ("XINCHA_VAULT_KEY", "hunter2hunter2"),
        ("XINCHA_SEARCH_URL", "nonsense:"),
        ("XINCHA_SEARCH_URL", "https://a:hunter2@one,https://b:hunter2@two"),
        ("XINCHA_SEARCH_URL", "https://a:hunter2@one:port"),
        ("XINCHA_SEARCH_URL", "https://a:hunter2#@one"),
        ("XINCHA_SEARCH_INDEX", "Upper Case"),
    ],
)
def test_a_wrong_value_is_named_with_an_example_but_never_quoted(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)

    with pytest.raises(SettingsError) as caught:
        Settings.load()

    assert f"{name}:" in caught.value.message
    assert f"e.g. {name}=" in caught.value.message
    assert value not in caught.value.message


def test_secrets_are_made_in_home_on_first_use_and_kept(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path / "home", _env_file=None)

    keys = settings.keys(create=True)

    assert settings.keys(create=False) == keys
    assert keys.vault is not None
    assert keys.vault != keys.secret


def test_a_front_end_given_only_the_secret_key_has_no_vault(tmp_path: Path) -> None:
    secret = Settings(home=tmp_path / "a", _env_file=None)
    secret.keys(create=True)
    text = (tmp_path / "a" / "secret.key").read_text().strip()

    front_end = Settings(home=tmp_path / "b", secret_key=text, _env_file=None).keys(create=True)

    assert front_end.vault is None
    assert not (tmp_path / "b" / "vault.key").exists()


def test_without_a_secret_key_nothing_starts(tmp_path: Path) -> None:
    with pytest.raises(SettingsError):
        Settings(home=tmp_path, _env_file=None).keys(create=False)


def test_an_empty_variable_is_none_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XINCHA_HOME", "")

    assert Settings.load().home == Path("var")


def test_a_home_that_cannot_be_used_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    with pytest.raises(SettingsError, match="XINCHA_HOME"):
        Settings(home=tmp_path / "file" / "home", _env_file=None).make_home()


CLUSTER = "https://reader:s3cret%40x@one:9200,https://reader:s3cret%40x@two"


@pytest.fixture
def authority(tmp_path: Path) -> Path:
    write_certificates(tmp_path)
    return tmp_path / "ca.crt"


def test_a_cluster_has_hosts_a_login_and_the_names_of_its_region(
    authority: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XINCHA_SEARCH_URL", CLUSTER)
    monkeypatch.setenv("XINCHA_SEARCH_CA", str(authority))
    monkeypatch.setenv("XINCHA_REGION", "410328")

    cluster = Settings.load().cluster()

    assert cluster is not None
    assert cluster.hosts == ("https://one:9200", "https://two:9200")
    assert cluster.login == ("reader", "s3cret@x")
    assert cluster.ca == authority
    assert cluster.index == "xincha-410328"


def test_the_names_in_a_cluster_can_be_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XINCHA_SEARCH_URL", "http://localhost")
    monkeypatch.setenv("XINCHA_SEARCH_INDEX", "yichuan.test")

    cluster = Settings.load().cluster()

    assert cluster is not None
    assert (cluster.index, cluster.hosts, cluster.login) == (
        "yichuan.test",
        ("http://localhost:9200",),
        None,
    )


def test_the_embedded_engine_is_no_cluster() -> None:
    assert Settings.load().cluster() is None


@pytest.mark.parametrize("address", ["https://x", "http://x"])
def test_certificates_are_read_at_the_start_and_need_https(
    address: str, authority: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XINCHA_SEARCH_URL", address)
    wrong = authority.with_name("missing.crt") if address == "https://x" else authority
    monkeypatch.setenv("XINCHA_SEARCH_CA", str(wrong))

    with pytest.raises(SettingsError, match="XINCHA_SEARCH_CA"):
        Settings.load()
