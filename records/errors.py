"""The exception tree. Each error carries a stable code and a suggestion; none quotes personal data.

XinchaError
├── DeclarationError      a dataset is declared wrongly (programming error)
├── SettingsError         a setting has a wrong value
├── KeyMismatch           the secrets do not belong to this store
├── StoreError            the relational store cannot be used
├── RecordError           a record is not there or cannot be changed as asked
├── VaultError            the sealed part cannot be opened or is missing its key
├── SourceError           a file or table cannot be read
│   └── TemplateError     its headers fit no template
│       └── NoTemplate    it has no header of any template: it was hardly meant to be one
├── SearchError           the index cannot answer
│   ├── IndexUnavailable  no index, or its generation is not usable
│   └── BadQuery          a request the engine must not be given
│       └── QueryTooLong  a query text of too many characters
└── LockTimeout           another process holds what this one needs
"""

from __future__ import annotations


class XinchaError(Exception):
    """Base of all errors of the project. `suggestion` says how to fix it."""

    code = "INTERNAL"

    def __init__(self, message: str, suggestion: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.suggestion = suggestion


class DeclarationError(XinchaError):
    """A dataset is declared wrongly."""

    code = "BAD_DECLARATION"


class SettingsError(XinchaError):
    """A setting has a wrong value; the message names it and gives an example."""

    code = "BAD_SETTING"


class KeyMismatch(XinchaError):
    """The secret or vault key is not the one this store was made with."""

    code = "KEY_MISMATCH"


class StoreError(XinchaError):
    """The relational store cannot be used."""

    code = "STORE_UNAVAILABLE"


class RecordError(XinchaError):
    """There is no such record, or it may not be changed as the operator asked."""

    code = "RECORD"


class VaultError(XinchaError):
    """The sealed part cannot be opened: wrong key, wrong record or damaged bytes."""

    code = "VAULT"


class SourceError(XinchaError):
    """A file or table cannot be read at all; nothing of it was loaded."""

    code = "UNREADABLE_SOURCE"


class TemplateError(SourceError):
    """The headers fit no template; the message says what is missing and what they resemble."""

    code = "UNKNOWN_TEMPLATE"


class NoTemplate(TemplateError):
    """No header of any template is there: other tables, explanations, data without a header."""


class SearchError(XinchaError):
    """The index cannot answer."""

    code = "SEARCH_UNAVAILABLE"


class IndexUnavailable(SearchError):
    """There is no usable index generation."""


class BadQuery(SearchError):
    """A request that must not reach the engine: limits exceeded or a field that cannot be filtered."""

    code = "BAD_FILTER"


class QueryTooLong(BadQuery):
    """A query text has more characters than are searched for."""

    code = "QUERY_TOO_LONG"

    def __init__(self) -> None:
        super().__init__("查询文字过长 / the query text is too long")


class LockTimeout(XinchaError):
    """Another process holds a lock that this one needs."""

    code = "LOCKED"
