"""What happens to files on their way: cut, doubled, changed bytes, marks where none belong."""

from __future__ import annotations

from pathlib import Path

from hypothesis import strategies as st

from loaders.sources import open_source
from loaders.sources.rows import IsHeader
from records.errors import SourceError

_PIECES = [
    b"<", b">", b"&", b'"', b"{", b"}", b"[", b"]", b",", b":", b"\\", b"\\u12", b"9" * 5000, b"e99999",
    b"<!DOCTYPE a>", b"&#0;", b"NaN", b"-", b"\xff", b"\0", b"]]>", b"<![CDATA[", b"\xef\xbb\xbf", b"</a>",
]  # fmt: skip


def mutated(content: bytes) -> st.SearchStrategy[bytes]:
    """The content with one to three damages."""
    place = st.integers(0, len(content))
    damage = st.tuples(place, place, st.sampled_from(["cut", "drop", "double", "put"]))
    damages = st.lists(st.tuples(damage, st.sampled_from(_PIECES)), min_size=1, max_size=3)
    return damages.map(lambda found: _damaged(content, found))


def _damaged(content: bytes, damages: list[tuple[tuple[int, int, str], bytes]]) -> bytes:
    for (first, second, kind), piece in damages:
        start, end = min(first, second), max(first, second)
        content = {
            "cut": content[:end],
            "drop": content[:start] + content[end:],
            "double": content[:end] + content[start:],
            "put": content[:start] + piece + content[start:],
        }[kind]
    return content


def outcome(path: Path, is_header: IsHeader) -> SourceError | None:
    """Read all of a file, twice: its refusal, if it is refused. Anything else is raised."""
    try:
        with open_source(path, is_header) as source:
            for sheet in source.sheets:
                assert list(sheet.rows()) == list(sheet.rows())
    except SourceError as error:
        return error
    return None
