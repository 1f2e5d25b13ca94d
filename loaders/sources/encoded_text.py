"""The text of an xml or json file: UTF-8, UTF-16 or GB18030 (with GBK and GB2312), blockwise.

The content decides, because exports often declare what they are not; what is declared counts where both
UTF-8 and GB18030 are possible.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from pathlib import Path

from records.errors import SourceError

_BLOCK = 1 << 16
_SURELY_UTF8 = 20
"""So many characters beyond ASCII that are good UTF-8 are no accident of another encoding."""
_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}


def head_text(head: bytes) -> str:
    """The first bytes of a file as text, without marks and white space before it; never an error."""
    encoding = _wide(head) or "utf-8"
    return head.decode(encoding, "replace").lstrip("\ufeff \t\r\n")


def encoding_of(path: Path, *, prefers_gb: bool = False) -> str:
    """The encoding in which all bytes of the file are good. Raises SourceError when there is none.

    `prefers_gb`: the file declares GB18030 or one of its parts.
    """
    with path.open("rb") as file:
        head = file.read(4)
    encoding = _wide(head) or "utf-8"
    good, bad_line = _decodes(path, encoding)
    if encoding != "utf-8":
        if bad_line:
            raise _undecodable(path, bad_line, "UTF-16" if "16" in encoding else "UTF-8")
        return encoding
    if not bad_line and not (prefers_gb and good < _SURELY_UTF8):
        return encoding
    if good < _SURELY_UTF8 and not _decodes(path, "gb18030")[1]:
        return "gb18030"
    if not bad_line:
        return encoding
    raise _undecodable(path, bad_line, "UTF-8 / GB18030")


def blocks(path: Path, encoding: str) -> Iterator[str]:
    """The text of the file, in pieces. Raises SourceError when it cannot be decoded."""
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        with path.open("rb") as file:
            while block := file.read(_BLOCK):
                yield decoder.decode(block)
            yield decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        raise _undecodable(path, 0, encoding) from None


def _wide(head: bytes) -> str:
    """The encoding that a byte order mark or the zeros beside the first character tell, else ""."""
    for mark, encoding in _MARKS.items():
        if head.startswith(mark):
            return encoding
    if len(head) >= 2 and (not head[0]) != (not head[1]):
        return "utf-16-be" if not head[0] else "utf-16-le"
    return ""


def _decodes(path: Path, encoding: str) -> tuple[int, int]:
    """Good characters beyond ASCII up to the first bad one, and the line of that (0: all are good)."""
    decoder = codecs.getincrementaldecoder(encoding)()
    good, line = 0, 1
    with path.open("rb") as file:
        while True:
            block = file.read(_BLOCK)
            try:
                text = decoder.decode(block, final=not block)
            except UnicodeDecodeError as error:
                text = error.object[: error.start].decode(encoding, "ignore")
                return good + _beyond_ascii(text), line + text.count("\n")
            good += _beyond_ascii(text)
            line += text.count("\n")
            if not block:
                return good, 0


def _beyond_ascii(text: str) -> int:
    return len(text) - len(text.encode("ascii", "ignore"))


def _undecodable(path: Path, line: int, encoding: str) -> SourceError:
    where, at = (f"第 {line} 行有", f"line {line} holds") if line else ("有", "the file holds")
    return SourceError(
        f"{path.name}：{where}无法识别的字节，不是完好的 {encoding}"
        f" / {at} bytes that are not good {encoding}",
        "请用原软件重新导出为 UTF-8 / export it again as UTF-8 from the original program",
    )
