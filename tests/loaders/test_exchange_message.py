"""Messages that bring no elements."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.loaders.test_xml_source import HEADER, message, read, refusal, written

SEALED = "QmFzZTY0IG5vdCByZWFkYWJsZQ=="


def with_body(body: str) -> str:
    return f"<ExchangeMessage>{HEADER}\n{body}</ExchangeMessage>"


@pytest.mark.parametrize(
    "body", ["<Body/>", "<Body> \n</Body>", "<Body><fields/></Body>", "<body><Fields></Fields></body>"]
)  # fmt: skip
def test_an_empty_message_is_named(tmp_path: Path, body: str) -> None:
    assert "Body 是空的" in refusal(written(tmp_path, with_body(body))).message


@pytest.mark.parametrize(
    "body",
    [
        f"<Body>{SEALED}</Body>",
        f"<Body><fields>{SEALED}</fields></Body>",
        f"<Body><CipherData>{SEALED}</CipherData></Body>",
        f"<Body><EncryptedData><CipherData><CipherValue>{SEALED}</CipherValue></CipherData></EncryptedData></Body>",
    ],
)
def test_an_encrypted_message_among_others_is_not_passed_over(tmp_path: Path, body: str) -> None:
    error = refusal(written(tmp_path, f"<a>{message('甲1')}{with_body(body)}</a>"))
    assert "第 2 行" in error.message
    assert "加密" in error.message
    assert SEALED not in error.message


def test_an_empty_message_among_others_is_no_record(tmp_path: Path) -> None:
    text = f"<a>{with_body('<Body/>')}{message('甲1')}</a>"
    assert read(written(tmp_path, text))[1:] == [("甲1", "2026-03-01")]
