"""The page at `/`: what this is, three queries to try, how to call it. Made once, at start."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Awaitable, Callable
from html import escape
from pathlib import Path
from string import Template
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from api.config import ApiConfig
from records.dataset import Dataset

_TEMPLATE = Path(__file__).with_name("landing.html")
_HOST = re.compile(r"[A-Za-z0-9.\-]{1,253}(:\d{1,5})?|\[[0-9a-fA-F:.]{2,45}\](:\d{1,5})?")
_STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)


def landing_page(config: ApiConfig) -> Callable[[Request], Awaitable[Response]]:
    """The handler of `/`. The address in the curl line is the one that the page was asked at."""
    page = Template(_TEMPLATE.read_text("utf-8")).safe_substitute(
        region=escape(config.region),
        datasets_zh=escape("、".join(dataset.label for dataset in config.datasets)),
        datasets_en=escape(
            ", ".join(dataset.name.replace("_", " ") for dataset in config.datasets)
        ),
        samples="\n".join(map(_link, sample_queries(config.datasets))),
        curl=escape(sample_queries(config.datasets)[0]),
    )
    headers = {"content-security-policy": _policy(page), "cache-control": "public, max-age=300"}

    async def handle(request: Request) -> Response:
        host = request.headers.get("host", "")
        address = f"{request.url.scheme}://{host}" if _HOST.fullmatch(host) else ""
        return HTMLResponse(Template(page).substitute(address=address), headers=headers)

    return handle


def sample_queries(datasets: tuple[Dataset, ...]) -> list[str]:
    """Queries that work on these datasets as they are declared, for pages and documentation."""
    service = "{ service { name region revision datasets { name label count updatedAt } } }"
    lists = [
        f"{{ {dataset.api_name}(first: 5) {{ totalCount nodes {{ id subjectName documentNumber "
        "authority decisionDate maskedFields } } }"
        for dataset in [d for d in datasets if not d.profile][:2]
    ]
    return [*lists, service]


def _link(query: str) -> str:
    return f'<li><a href="/graphql?query={quote(query, safe="")}"><code>{escape(query)}</code></a></li>'


def _policy(page: str) -> str:
    """Nothing may run or be loaded; of styles only those that stand in the page."""
    hashes = (
        base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
        for style in _STYLE.findall(page)
    )
    styles = " ".join(f"'sha256-{digest}'" for digest in hashes)
    return (
        f"default-src 'none'; style-src {styles}; base-uri 'none'; form-action 'none'; "
        "frame-ancestors 'none'"
    )
