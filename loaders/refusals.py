"""Why a sheet is refused whole, in words: what is missing, what it resembles, how to fix it.

Headers are quoted with long numbers hidden; the first row of a file without headers is not quoted at all.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

from loaders.generations import Fit, Generation
from loaders.headers import quotable
from loaders.sources import SourceRow
from records.dataset import Column, Dataset
from records.errors import TemplateError
from records.subject_kind import looks_like_person_name

_QUOTED_HEADERS = 8
_VALUE = re.compile(r"\d{4}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}|\d{7,}|^\d+(\.\d+)?$")


def nothing_so_named(
    datasets: Sequence[Dataset], dataset: str | None, template: str | None
) -> TemplateError:
    """The dataset or template asked for is not declared."""
    known = "; ".join(f"{d.name}: {', '.join(d.templates)}" for d in datasets)
    wanted = " ".join(filter(None, (dataset, template)))
    return TemplateError(
        f"没有名为 {wanted} 的数据集或模板 / no dataset or template named {wanted}",
        f"可选 / known: {known}",
    )


def no_headers(head: Sequence[SourceRow], choice: Sequence[Generation]) -> TemplateError:
    """No cell of the head is the header of any column."""
    row = next((row for row in head if any(cell.strip() for cell in row.cells)), None)
    if row is None:
        return TemplateError(
            "表格前部没有内容 / the head of the sheet is empty",
            "请把官方模板的表头放在前 20 行内 / put the headers of the template into the first 20 rows",
        )
    if any(_VALUE.search(unicodedata.normalize("NFKC", cell)) for cell in row.cells):
        found = "没有表头，第一行就是数据 / there is no header row, the first row is data"
    else:
        found = (
            "没有任何一列是已知模板的表头 / no column is known to any template; "
            f"{_first_headers(row.cells, known=())}"
        )
    names = "、".join(dict.fromkeys(_name(g) for g in choice if g.loadable))
    return TemplateError(found, f"请补上官方模板的表头 / add the headers of the template: {names}")


def not_loadable(nearest: Fit, fits: Sequence[Fit]) -> TemplateError:
    """The headers fit no loadable generation; `fits` are all generations in question of that dataset."""
    dataset = nearest.generation.dataset
    resembles = (
        f"{_name(nearest.generation)}（{nearest.matched}/{len(nearest.generation.columns)}）"
    )
    if nearest.generation.loadable or nearest.missing:
        found = (
            "表头不符合任何可加载的模板 / the headers fit no template that can be loaded; "
            f"最接近 / nearest: {resembles}"
        )
    else:
        found = (
            f"这是本版本尚不加载的模板 / a template that this version does not load: {resembles}"
        )
    target = f"{dataset.label} {'/'.join(sorted(dataset.loadable))}"
    wanted = nearest if nearest.generation.loadable else _first_loadable(fits)
    lacking = f"; {target} 缺少的列 / columns missing for it: {_columns(_lacking(wanted, fits))}"
    return TemplateError(
        f"{found}{lacking if wanted else ''}; "
        f"{_first_headers(nearest.row.cells, known=_known(nearest))}",
        f"请改用 {target} 模板，或补上所缺的列后再加载"
        f" / use the template {target}, or add the missing columns",
    )


def _first_loadable(fits: Sequence[Fit]) -> Fit | None:
    return next((fit for fit in fits if fit.generation.loadable), None)


def _lacking(fit: Fit | None, fits: Sequence[Fit]) -> tuple[Column, ...]:
    """What every row needs; where nothing of that is missing, what tells the generation apart."""
    if fit is None:
        return ()
    if fit.missing:
        return fit.missing
    elsewhere = {c.code for other in fits if other is not fit for _, c in other.generation.columns}
    return tuple(c for _, c in fit.generation.columns if c.code not in elsewhere)


def ambiguous(fits: Sequence[Fit]) -> TemplateError:
    """Several generations fit, and nothing tells them apart."""
    names = "、".join(_name(fit.generation) for fit in fits)
    loadable = _first_loadable(fits) or fits[0]
    telling = _columns(_lacking(loadable, fits))
    version = loadable.generation.name
    return TemplateError(
        f"无法区分模板版本：{names} 都符合 / the generation cannot be told: all of these fit; "
        f"{_first_headers(loadable.row.cells, known=_known(loadable))}",
        f"补上能区分的列（{telling}），或确认版本后加 --template {version}"
        f" / add a column that tells them apart, or give --template {version} if you are sure of it",
    )


def duplicates(fit: Fit, twice: Iterable[Sequence[str]]) -> TemplateError:
    """Several columns of the sheet are the same field."""
    groups = "; ".join(" = ".join(map(quotable, headers)) for headers in twice)
    return TemplateError(
        f"{_name(fit.generation)}：有几列是同一字段 / several columns are the same field: {groups}",
        "只保留其中一列 / keep one of them",
    )


def limits_publication(fit: Fit, headers: Sequence[str]) -> TemplateError:
    """A column that may say which rows are not for the public is not understood."""
    quoted = "、".join(quotable(header) for header in headers)
    return TemplateError(
        f"列“{quoted}”可能限定公开范围，但不能识别（{_name(fit.generation)}）"
        f" / a column that may limit publication is not understood: {quoted}",
        "将该列表头改为“信息使用范围”（0 公示，1 内部共享，2 授权查询），或删除该列"
        " / name it 信息使用范围 (0 public, 1 government, 2 authorized), or remove it",
    )


def _name(generation: Generation) -> str:
    return f"{generation.dataset.label} {generation.dataset.name} {generation.name}"


def _columns(columns: Sequence[Column]) -> str:
    return "、".join(f"{c.header}（{c.code}）" if c.code else c.header for c in columns)


def _known(fit: Fit) -> set[int]:
    return {bound.index for bound in fit.bound}


def _first_headers(cells: Sequence[str], known: Iterable[int]) -> str:
    """The first headers as quoted. In a row without any known header a name may be a person's."""
    trusted = bool(known)
    shown = [
        quotable(cell) if trusted or not looks_like_person_name(cell.strip()) else "＊"
        for cell in cells
        if cell.strip()
    ]
    more = "…" if len(shown) > _QUOTED_HEADERS else ""
    return f"表头开头 / first headers: {'、'.join(shown[:_QUOTED_HEADERS])}{more}"
