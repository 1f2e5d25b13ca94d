"""All settings: environment variables `XINCHA_…` or a `.env` file; one frozen, validated object."""

from __future__ import annotations

from pathlib import Path
from typing import Literal, Self

from pydantic import Field, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from records.errors import SettingsError
from records.keys import KeyRing, key_file, parse_key
from search.elasticsearch_engine import Cluster, check_certificates, parse_cluster

PREFIX = "XINCHA_"
EMBEDDED = "tantivy:"
_EXAMPLES = {
    "home": "./var",
    "database_url": "postgresql+psycopg://xincha@localhost/xincha",
    "search_url": "https://user:password@search.example:9200",
    "search_ca": "/etc/xincha/search-ca.pem",
    "search_index": "xincha-410329",
    "region": "410329",
    "natural_persons": "masked",
    "publish_legal_representatives": "false",
    "secret_key": "44 characters of base64",
    "vault_key": "44 characters of base64",
}


class Settings(BaseSettings):
    """Settings of one installation. Make it with :meth:`load`."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_file=".env",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        hide_input_in_errors=True,
    )

    home: Path = Field(default=Path("var"), description="数据目录 / database, index and secrets")
    database_url: str = Field(
        default="", description="数据库地址 / SQLAlchemy URL; empty: SQLite in HOME"
    )
    search_url: str = Field(
        default=EMBEDDED, description="检索引擎 / search engine; tantivy: is in HOME"
    )
    search_ca: Path | None = Field(
        default=None, description="检索引擎证书 / certificates to trust in the search engine"
    )
    search_index: str = Field(
        default="",
        pattern=r"^([a-z0-9][a-z0-9._-]{0,99})?$",
        description="检索索引名前缀 / beginning of all index names; empty: xincha- and the region",
    )
    region: str = Field(
        default="410329", pattern=r"^\d{6}$", description="行政区划 / GB/T 2260 division"
    )
    natural_persons: Literal["masked", "hidden"] = Field(
        default="masked", description="自然人记录 / show natural persons masked, or not at all"
    )
    publish_legal_representatives: bool = Field(
        default=False, description="公开法定代表人 / show names of legal representatives"
    )
    secret_key: str = Field(
        default="", description="签名密钥 / signs ids and cursors; empty: file in HOME"
    )
    vault_key: str = Field(
        default="", description="保险库密钥 / seals personal data; empty: file in HOME"
    )

    @field_validator("search_url")
    @classmethod
    def _known_engine(cls, value: str) -> str:
        if value != EMBEDDED:
            parse_cluster(value, "")
        return value

    @field_validator("search_ca")
    @classmethod
    def _holds_certificates(cls, value: Path | None, info: ValidationInfo) -> Path | None:
        if value is not None:
            # An address that is wrong by itself has been named already.
            if (address := info.data.get("search_url", EMBEDDED)) != EMBEDDED:
                parse_cluster(address, "", value)
            check_certificates(value)
        return value

    @field_validator("secret_key", "vault_key")
    @classmethod
    def _is_key(cls, value: str) -> str:
        if value:
            try:
                parse_key(value, "key")
            except SettingsError as error:
                raise ValueError(error.message) from None
        return value

    @classmethod
    def load(cls, **overrides: object) -> Self:
        """Read the environment. Raises SettingsError naming each wrong variable, with an example."""
        try:
            return cls.model_validate({**cls().model_dump(), **overrides}) if overrides else cls()
        except ValidationError as error:
            lines = []
            for problem in error.errors(include_input=False, include_url=False):
                name = str(problem["loc"][0])
                example = _EXAMPLES.get(name, "")
                lines.append(
                    f"{PREFIX}{name.upper()}: {problem['msg']} (e.g. {PREFIX}{name.upper()}={example})"
                )
            raise SettingsError("\n".join(lines), "correct the environment or .env") from None

    def make_home(self) -> None:
        """Make HOME, closed to others. Raises SettingsError when it cannot be used."""
        try:
            self.home.mkdir(parents=True, exist_ok=True, mode=0o700)
        except OSError as error:
            raise SettingsError(
                f"XINCHA_HOME: the folder cannot be used / 数据目录不可用: {error.strerror} "
                f"(e.g. XINCHA_HOME={_EXAMPLES['home']})",
                "name a folder that this user may write to",
            ) from None

    def database(self) -> str:
        """The database URL, with the default filled in."""
        return self.database_url or f"sqlite:///{self.home.resolve() / 'xincha.db'}"

    def cluster(self) -> Cluster | None:
        """The search cluster; None: the embedded engine."""
        if self.search_url == EMBEDDED:
            return None
        index = self.search_index or f"xincha-{self.region}"
        return parse_cluster(self.search_url, index, self.search_ca)

    def keys(self, *, create: bool) -> KeyRing:
        """The secrets, from the settings or from HOME; made on first use when `create`.

        Raises SettingsError when there is no secret key and none may be made.
        """
        secret = (
            parse_key(self.secret_key, "XINCHA_SECRET_KEY")
            if self.secret_key
            else key_file(self.home / "secret.key", create=create)
        )
        vault = (
            parse_key(self.vault_key, "XINCHA_VAULT_KEY")
            if self.vault_key
            # A front end that is given only the secret key must not invent a vault key of its own.
            else key_file(self.home / "vault.key", create=create and not self.secret_key)
        )
        if secret is None:
            raise SettingsError(
                "secret.key is missing in XINCHA_HOME / 缺少签名密钥文件",
                "restore it from the backup, or set XINCHA_SECRET_KEY",
            )
        return KeyRing(secret, vault)
