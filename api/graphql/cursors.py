"""Keyset cursors: where a page ended, bound to its request and signed.

A cursor holds the sort value and id of a record, both public, and a digest of the request without
`first` and `after`. It is opaque so that its make-up may change.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac

import orjson

from api.graphql.scalars import Cursor, bad_cursor
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
    payload = orjson.dumps([after.value, after.id, listed])
    return Cursor(_text(_tag(key, payload) + payload))


def decode(key: bytes, cursor: str, *listed: str) -> After:
    """Where the cursor stands in the list, which may have several fingerprints.

    Raises ApiError BAD_CURSOR for a foreign or tampered one.
    """
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
    value, record_id, found = orjson.loads(payload)
    if found not in listed:
        raise bad_cursor()
    return After(value, record_id)


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def _tag(key: bytes, payload: bytes) -> bytes:
    return hmac.digest(key, b"cursor" + payload, "sha256")[:_TAG]
