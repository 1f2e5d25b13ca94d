"""What a client's errors mean, without what the cluster says in them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from elastic_transport import ConnectionTimeout, SerializationError, TlsError, TransportError
from elasticsearch import ApiError, UnsupportedProductError

from records.errors import IndexUnavailable, SearchError

_BLOCK = "cluster_block_exception"
_MAPPING = {
    "strict_dynamic_mapping_exception",
    "mapper_parsing_exception",
    "document_parsing_exception",
}


class IndexGone(IndexUnavailable):
    """An index of that name is not there: it may have been replaced a moment ago."""


@contextmanager
def guarded() -> Iterator[None]:
    """Turn whatever the client raises into a SearchError."""
    try:
        yield
    except (ApiError, TransportError, UnsupportedProductError) as error:
        raise meaning(error) from None


def meaning(error: Exception) -> SearchError:
    """The error of the client in our words, with the fix."""
    if isinstance(error, TlsError):
        return IndexUnavailable(
            "the certificate of the search engine is not trusted / 检索引擎证书不受信任",
            "name the file of its authority in XINCHA_SEARCH_CA; the address must be one of the certificate's",
        )
    if isinstance(error, ConnectionTimeout):
        return IndexUnavailable(
            "the search engine does not answer in time / 检索引擎未及时应答", _LOOK_AT_IT
        )
    if isinstance(error, SerializationError):
        return unreadable()
    if isinstance(error, ApiError):
        return refusal(int(error.status_code), error_type(error.body))
    return IndexUnavailable("the search engine cannot be reached / 无法连接检索引擎", _LOOK_AT_IT)


def refusal(status: int, kind: str) -> SearchError:
    """What an answer of this HTTP status and this type of error means."""
    if status == 401:
        return IndexUnavailable(
            "the search engine refuses user or password / 检索引擎拒绝用户名或密码",
            "correct them in XINCHA_SEARCH_URL (special characters as %40 and the like)",
        )
    if is_read_only(status, kind):
        return IndexUnavailable(
            "the search engine has made the index read-only / 检索引擎已将索引设为只读",
            "free space on its disks, or lift the block that was set by hand (index.blocks); the index then "
            "catches up by itself",
        )
    if status == 403:
        return IndexUnavailable(
            "the user may not do this in the search engine / 检索引擎用户权限不足",
            "give the user of XINCHA_SEARCH_URL all rights on the indexes of XINCHA_SEARCH_INDEX",
        )
    if kind in _MAPPING:
        return IndexUnavailable(
            "the index in the search engine has other fields than this version / 索引结构与本版本不符",
            "run: xincha reindex",
        )
    if status == 404:
        return IndexGone(
            "the index is not there / 索引不存在",
            "run: xincha check; if it stays so: xincha reindex",
        )
    problem = (
        "is overloaded / 检索引擎过载"
        if status == 429
        else f"failed (HTTP {status}) / 检索引擎出错"
    )
    return IndexUnavailable(f"the search engine {problem}", _LOOK_AT_IT)


def is_read_only(status: int, kind: str) -> bool:
    """Whether the index takes nothing until somebody lifts its block; without a master it is blocked as well."""
    return kind == _BLOCK and status != 503


def unreadable() -> IndexUnavailable:
    """An answer that is cut off or garbled."""
    return IndexUnavailable(
        "the search engine's answer is incomplete / 检索引擎的应答不完整",
        "look at what stands between here and the cluster; nothing is lost: it is sent again",
    )


def error_type(body: object) -> str:
    """The type of the error in an answer; empty when it names none."""
    error = body.get("error") if isinstance(body, dict) else None
    kind = error.get("type") if isinstance(error, dict) else None
    return kind if isinstance(kind, str) else ""


_LOOK_AT_IT = (
    "look at the cluster and its logs; what is stored becomes searchable by itself afterwards"
)
