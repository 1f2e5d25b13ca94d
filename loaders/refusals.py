"""Why a sheet is refused whole, in words: what is missing, what it resembles, how to fix it.

Headers are quoted with long numbers hidden; the first row of a file without headers is not quoted at all.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import replace

from loaders.generations import Fit, Generation
from loaders.headers import quotable
from loaders.money_units import UNITS
from loaders.sources import SourceRow
from records.dataset import Column, Dataset
from records.errors import NoTemplate, TemplateError
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


def no_headers(head: Sequence[SourceRow], choice: Sequence[Generation]) -> NoTemplate:
    """No cell of the head is the header of any column."""
    row = next((row for row in head if any(cell.strip() for cell in row.cells)), None)
    if row is None:
        return NoTemplate(
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
    names = "、".join(dict.fromkeys(f"{g.dataset.label} {g.dataset.name}" for g in choice))
    return NoTemplate(
        found,
        "请补上官方模板的表头，见数据字典 / add the headers of a template, as the data dictionary has them:"
        f" {names}",
    )


def incomplete(nearest: Fit) -> TemplateError:
    """Columns that every row must fill are missing in the generation that the headers resemble."""
    generation = nearest.generation
    return TemplateError(
        "表头不符合任何已知模板 / the headers fit no known template; 最接近 / nearest: "
        f"{_name(generation)}（{nearest.matched}/{len(generation.columns)}）; "
        f"缺少的列 / columns missing: {_columns(_lacking(nearest))}; "
        f"{_first_headers(nearest.row.cells, known=_known(nearest))}",
        f"请补上 {generation.dataset.label} {generation.name} 模板所缺的列后再加载"
        f" / add the missing columns of the template {generation.name}{_or_tell(nearest)}",
    )


def equals(fits: Sequence[Fit]) -> TemplateError:
    """Several lists have these columns."""
    names = "、".join(_name(fit.generation) for fit in fits)
    codes = [str(code) for fit in fits if (code := fit.generation.stated.get("list_code"))]
    return TemplateError(
        f"几种名单的列相同，不能确定是哪一种：{names} / several lists have these columns",
        f"用 --list 指明 / tell which one it is: --list {' | --list '.join(dict.fromkeys(codes))}",
    )


def only_who(fit: Fit) -> TemplateError:
    """A sheet of names and codes may be a list of anything."""
    return TemplateError(
        "表中只有名称和代码，不能确定是什么信息 / only names and codes: the headers do not say what is"
        f" stated of them; 最接近 / nearest: {_name(fit.generation)}; "
        f"{_first_headers(fit.row.cells, known=_known(fit))}",
        "如是名单，写明是哪一种；如是企业信息，写明模板 / tell which list it is, or that these are profiles: "
        "--dataset list-entry --list CODE | --dataset enterprises",
    )


def _or_tell(nearest: Fit) -> str:
    """What to do where the operator knows what the headers do not say."""
    code = nearest.generation.stated.get("list_code")
    if code is None:
        return ""
    name = nearest.generation.dataset.name.replace("_", "-")
    return (
        f"；如确是名单，写明是哪一种，列名不同的用 --mapping 对照"
        f" / if it is a list, tell which one, and what its columns mean:"
        f" --dataset {name} --list {code} [--mapping FILE]"
    )


def no_profiles(fit: Fit, other: Generation, headers: Sequence[str]) -> TemplateError:
    """A sheet that would pass for a table of profiles has columns of decisions."""
    quoted = "、".join(quotable(header) for header in headers[:_QUOTED_HEADERS])
    wanted = _columns(replace(fit, generation=other).missing)
    return TemplateError(
        f"像{fit.generation.dataset.label}，但含有{other.dataset.label}的列 / like profiles, but with"
        f" columns of {other.dataset.name}: {quoted}; 缺少的列 / columns missing there: {wanted}",
        f"请补上 {other.dataset.label} 模板所缺的列；确为企业信息的，加 --dataset {fit.generation.dataset.name}"
        f" / add the missing columns, or give --dataset {fit.generation.dataset.name}",
    )


def mixed(chosen: Fit, other: Fit) -> TemplateError:
    """Columns of generations whose codes contradict each other stand in one sheet."""
    names = f"{_name(chosen.generation)}、{_name(other.generation)}"
    own, foreign = (
        "、".join(quotable(h.seen) for h in chosen.headers if h.full and h.full in texts)
        for texts in (
            chosen.generation.alone(other.generation),
            other.generation.alone(chosen.generation),
        )
    )
    return TemplateError(
        f"表头混用了两个版本的模板：{names} / the headers mix two generations of the template; "
        f"{chosen.generation.name}: {own}; {other.generation.name}: {foreign}",
        "当前状态等代码在两个版本中含义不同：请按版本拆分文件，或确认版本后加 --template"
        " / codes as 当前状态 mean different things in them: split the file by generation, or give"
        f" --template {chosen.generation.name} if you are sure of it",
    )


def duplicates(fit: Fit, twice: Iterable[Sequence[str]]) -> TemplateError:
    """Several columns of the sheet are the same field."""
    groups = [" = ".join(map(quotable, headers)) for headers in twice]
    more = f"; …（{len(groups)}）" if len(groups) > _QUOTED_HEADERS else ""
    told = "; ".join(groups[:_QUOTED_HEADERS]) + more
    return TemplateError(
        f"{_name(fit.generation)}：有几列是同一字段 / several columns are the same field: {told}",
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


def odd_units(fit: Fit, headers: Sequence[str]) -> TemplateError:
    """Columns of money are in units that are not known."""
    quoted = "、".join(map(quotable, headers))
    return TemplateError(
        f"{_name(fit.generation)}：金额列的单位不能识别 / the unit of an amount is not known: {quoted}",
        f"在表头的括号中写明一个单位 / state one unit in the brackets of the header: {'、'.join(UNITS)}",
    )


def unread_limits(headers: Sequence[str]) -> TemplateError:
    """A column that limits publication holds bytes that are no text."""
    quoted = "、".join(map(quotable, headers))
    return TemplateError(
        f"列“{quoted}”限定公开范围，但含有无法识别为文字的二进制值"
        f" / a column that limits publication holds bytes that are no text: {quoted}",
        "将该列改为文本类型并改正这些值后重新装载"
        " / make it a column of text, correct these values and load again",
    )


def uncomputed_limits(headers: Sequence[str], number: int) -> TemplateError:
    """Formulas without a value may stand in a column that limits publication, and would be blank there."""
    quoted = "、".join(map(quotable, headers))
    return TemplateError(
        f"工作表有 {number} 个没有计算结果的公式，而列“{quoted}”限定公开范围"
        f" / {number} formulas have no computed value, and columns limit publication: {quoted}",
        "在电子表格软件中打开后保存，或把公式改为值，再装载"
        " / open and save it in a spreadsheet program, or replace formulas by values, and load it again",
    )


def _name(generation: Generation) -> str:
    named = generation.stated.get("list_name")
    told = f"（{named}）" if isinstance(named, str) else ""
    return f"{generation.dataset.label} {generation.dataset.name} {generation.name}{told}"


def _lacking(fit: Fit) -> list[Column]:
    return [*fit.missing, *(column for column in fit.untold if column not in fit.missing)]


def _columns(columns: Iterable[Column]) -> str:
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
