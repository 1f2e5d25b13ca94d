"""Where a cluster is, as a setting says it."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest

from search.elasticsearch_engine import parse_cluster
from search.elasticsearch_engine.clients import reading_client, writing_client

SECRET = "pa55word"


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("http://search", "http://search:9200"),
        ("https://search/", "https://search:9200"),
        ("https://search:443", "https://search:443"),
        ("https://search:443/behind/", "https://search:443/behind"),
        ("http://127.0.0.1:9201", "http://127.0.0.1:9201"),
        ("http://[::1]", "http://[::1]:9200"),
        ("http://[2001:db8::7]:9201", "http://[2001:db8::7]:9201"),
    ],
)
def test_an_address_is_completed(address: str, host: str) -> None:
    assert parse_cluster(address, "x").hosts == (host,)


def test_several_addresses_are_several_hosts() -> None:
    cluster = parse_cluster("https://u:p@a:9200, https://u:p@b:9201,https://c", "x")
    assert cluster.hosts == ("https://a:9200", "https://b:9201", "https://c:9200")
    assert cluster.login == ("u", "p")


def test_a_password_may_hold_every_character() -> None:
    cluster = parse_cluster("https://%E6%9F%A5:p%40%2F%3A%23%3F%2C%25@search", "x")
    assert cluster.login == ("查", "p@/:#?,%")
    assert cluster.hosts == ("https://search:9200",)


def test_without_a_user_there_is_no_login() -> None:
    assert parse_cluster("http://search", "x").login is None


@pytest.mark.parametrize(
    "addresses",
    [
        "",
        "search",
        "search:9200",
        "ftp://search",
        "https://",
        "https://a,",
        f"https://u:{SECRET}@a,https://u:{SECRET}2@b",
        f"https://u:{SECRET}@a,https://v:{SECRET}@b",
        f"https://u:{SECRET}@a,http://b",
        f"https://u:{SECRET}@a:port",
        f"https://u:{SECRET}@a:70000",
        f"https://u:{SECRET}@[::1",
        f"https://u:{SECRET}@127.1",
        f"https://u:{SECRET}@a..b",
        f"https://u:{SECRET}@{'a' * 64}",
        f"https://u:{SECRET}@[::1%25eth0]",
        f"https://u:{SECRET}@a b",
        # A password with a character that must be percent-encoded.
        f"https://u:{SECRET}/x@a",
        f"https://u:{SECRET}#x@a",
        f"https://u:{SECRET}?x@a",
        f"https://u:12/{SECRET}@a",
        f"https://u:{SECRET},x@a",
        f"https://u:{SECRET}[x@a",
        f"https://u:{SECRET}\u2100x@a",
    ],
)
def test_a_wrong_address_is_refused_without_quoting_it(addresses: str) -> None:
    with pytest.raises(ValueError, match=r".") as raised:
        parse_cluster(addresses, "x")
    assert SECRET not in str(raised.value)
    assert raised.value.__suppress_context__ or raised.value.__context__ is None


def test_certificates_need_encryption(tmp_path: Path) -> None:
    assert parse_cluster("https://a", "x", tmp_path).ca == tmp_path
    with pytest.raises(ValueError, match="https"):
        parse_cluster("https://a,http://b", "x", tmp_path)


def test_a_cluster_does_not_show_its_login() -> None:
    shown = repr(parse_cluster(f"https://searcher:{SECRET}@search", "x"))
    assert "https://search:9200" in shown
    assert SECRET not in shown
    assert "searcher:" not in shown


async def test_a_login_is_sent_in_utf_8() -> None:
    cluster = parse_cluster("http://%E6%9F%A5:%E5%AF%86%FF@search", "x")
    expected = "Basic " + base64.b64encode("查:密".encode() + b"\xef\xbf\xbd").decode()
    reading, writing = reading_client(cluster), writing_client(cluster)
    for client in (reading, writing):
        assert client._headers["authorization"] == expected
    writing.close()
    await reading.close()
