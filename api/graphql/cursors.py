"""Keyset cursors: where a page ended, bound to its request and signed.

A cursor holds the sort value and id of a record, or a subject's name, all public, and a digest of the request without
`first` and `after`. It is opaque so that its make-up may change.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
from collections.abc import Sequence

import orjson

from api.graphql.scalars import Cursor, bad_cursor
from search.finding.relevance import Group, Place
from search.query import After, SearchRequest

_TAG = 16
_DIGEST = 12


def fingerprint(request: SearchRequest, scope: str = "") -> str:
    """What tells a list from others: dataset, filter, order, and what it is a part of.

    The day is left out: a page may go on after midnight.
    """
    text = repr((request.dataset, request.where, request.order))
    if scope:
        text += f" of {scope}"
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:_DIGEST]


def encode(key: bytes, listed: str, after: After) -> Cursor:
    """The cursor of one record of the list with this fingerprint."""
    return _sealed(key, [after.value, after.id, after.text, listed])


def decode(key: bytes, cursor: str, *listed: str) -> After:
    """Where the cursor stands in the list, which may have several fingerprints.

    Raises ApiError BAD_CURSOR for a foreign or tampered one.
    """
    content = orjson.loads(_opened(key, cursor))
    if content[-1] not in listed:
        raise bad_cursor()
    value, record_id, text, _ = content
    return After(value, record_id, text)


def encode_place(key: bytes, listed: str, number: int, place: Place) -> Cursor:
    """The cursor of one entry of a list by relevance; `number`: how many there are up to it."""
    values = [place.group, place.score, place.is_record, place.value, place.id]
    return _sealed(key, [number, *values, listed])


def decode_place(key: bytes, cursor: str, listed: str) -> tuple[int, Place]:
    """The number and place of an entry of a list by relevance. Raises ApiError BAD_CURSOR."""
    content = orjson.loads(_opened(key, cursor))
    if content[-1] != listed:
        raise bad_cursor()
    number, group, *values, _ = content
    return number, Place(Group(group), *values)


def _sealed(key: bytes, content: Sequence[str | int | None]) -> Cursor:
    payload = orjson.dumps(content)
    return Cursor(_text(_tag(key, payload) + payload))


def _opened(key: bytes, cursor: str) -> bytes:
    """What was sealed. Raises ApiError BAD_CURSOR for anything else."""
    try:
        raw = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        raise bad_cursor() from None
    tag, payload = raw[:_TAG], raw[_TAG:]
    if _text(raw) != cursor:
        # Base64 has several spellings of the same bytes; a cursor has one.
        raise bad_cursor()
    if not hmac.compare_digest(tag, _tag(key, payload)):
        raise bad_cursor()
    return payload


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def _tag(key: bytes, payload: bytes) -> bytes:
    return hmac.digest(key, b"cursor" + payload, "sha256")[:_TAG]
