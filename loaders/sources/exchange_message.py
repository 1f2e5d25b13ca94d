"""The envelope of exchange platforms: a message that brings no elements brings no record.

Passed over like an empty element, an encrypted message among others would be lost without a word.
"""

from __future__ import annotations

from pathlib import Path

from loaders.sources.record_paths import Node
from records.errors import SourceError

_ENVELOPE = frozenset({"exchangemessage", "body", "encrypteddata", "cipherdata"})
_CONTENT = frozenset({"body", "fields", "encrypteddata", "cipherdata", "ciphervalue"})


def is_empty_message(path: Path, node: Node) -> bool:
    """Whether the object is a message, or the body of one, without content.

    Raises SourceError, with the line in which it ends, when its content is text and no elements.
    """
    if not node.where or node.where[-1] not in _ENVELOPE:
        return False
    contents = [text for name, text in node.cells if name.lower() in _CONTENT]
    if any(text.strip() for text in contents):
        raise SourceError(
            f"{path.name}：第 {node.line} 行之前的报文内容不是元素，可能已加密"
            f" / the content of the message that ends in line {node.line} is no elements, perhaps encrypted",
            "请导出未加密的报文 / export the messages without encryption",
        )
    return bool(contents)


def only_empty(path: Path) -> SourceError:
    """The refusal of a file whose messages are all empty."""
    return SourceError(
        f"{path.name}：报文的 Body 是空的，没有记录 / the Body of the message is empty, it has no record",
        "请重新导出报文 / export the message again",
    )
