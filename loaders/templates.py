"""Which generation of which official template a sheet is, and which of its columns is which field.

Decided from the headers alone, before any value is read: the generations swap code numbers and turn the
meaning of 当前状态 round, so a wrong guess would publish wrong facts. What cannot be decided is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from loaders import refusals
from loaders.generations import BoundColumn, Fit, Generation, bind
from loaders.headers import Header, quotable, read_header
from loaders.publication_limits import may_limit
from loaders.sources import SourceRow
from loaders.sources.rows import IsHeader
from loaders.told import NOTHING_TOLD, Told, told_values
from records.dataset import Dataset, ValueType
from records.values import Value

HEADER_WITHIN = 20
"""Rows in which the header row is looked for; titles may stand above it."""
_ROWS_BELOW = 2
_LONGEST_HEADER = 200
HEAD_ROWS = HEADER_WITHIN + _ROWS_BELOW
"""Rows that :func:`recognize` wants to see: with the codes or explanations that may follow the header."""


@dataclass(frozen=True, eq=False)
class Template:
    """A recognized sheet. `header_line`: the last line of its head, data begins behind it.

    `width`: number of columns up to the last header; `headless`: those among them that have none. `unknown_headers` are not loaded, only reported;
    `foreign_headers` are of another generation, and loaded because they can only mean one thing.
    `given`: what every row says without a column.
    """

    dataset: Dataset
    generation: str
    header_line: int
    columns: tuple[BoundColumn, ...]
    unknown_headers: tuple[str, ...]
    foreign_headers: tuple[str, ...]
    width: int
    headless: tuple[int, ...]
    given: Mapping[str, Value] = field(default_factory=dict)


def recognize(
    head: Sequence[SourceRow],
    datasets: Sequence[Dataset],
    *,
    dataset: str | None = None,
    template: str | None = None,
    told: Told = NOTHING_TOLD,
) -> Template:
    """The template of a sheet whose first rows are `head` (up to :data:`HEAD_ROWS`).

    `dataset` (its name) and `template` (a generation) restrict the choice, `told` says the rest. Raises
    TemplateError, saying what is missing, what the headers resemble and how to fix it.
    """
    choice = [
        Generation(d, name)
        for d in datasets
        for name in d.templates
        if dataset in (None, d.name) and template in (None, name) and told.allows(d, name)
    ]
    if not choice:
        raise refusals.nothing_so_named(datasets, dataset, template)
    chosen = _chosen(head, choice, told, certain=bool(template or told.stated))
    if chosen.says_only_who and not (dataset or template or told.stated):
        raise refusals.only_who(chosen)
    foreign = tuple(_foreign(chosen))
    columns = (*chosen.bound, *foreign)
    known = {column.index for column in columns}
    unknown = [h for i, h in enumerate(chosen.headers) if h.seen and i not in known]
    _refuse_duplicates(chosen, columns)
    _refuse_odd_units(chosen, columns)
    _refuse_limits(chosen, unknown)
    if dataset is None:
        _refuse_facts(chosen, unknown, choice)
    return _template(chosen, _end_of_head(head, chosen), foreign, unknown, told)


def _template(
    chosen: Fit,
    header_line: int,
    foreign: Sequence[BoundColumn],
    unknown: Sequence[Header],
    told: Told,
) -> Template:
    own, columns = chosen.generation, (*chosen.bound, *foreign)
    width = max((i + 1 for i, h in enumerate(chosen.headers) if h.seen), default=0)
    return Template(
        dataset=own.dataset,
        generation=own.name,
        header_line=header_line,
        columns=tuple(sorted(columns, key=lambda c: c.index)),
        unknown_headers=tuple(quotable(header.seen) for header in unknown),
        foreign_headers=tuple(quotable(column.header) for column in foreign),
        width=width,
        headless=tuple(i for i, h in enumerate(chosen.headers[:width]) if not h.seen),
        given=told_values(told, own.dataset, own.name),
    )


def _chosen(
    head: Sequence[SourceRow], choice: Sequence[Generation], told: Told, *, certain: bool
) -> Fit:
    fit = _best_fit(head, choice, told)
    if fit is None:
        raise refusals.no_headers(head, choice)
    allowed = [g.name for g in choice if g.dataset is fit.generation.dataset]
    return _decide(fit, allowed, told, certain=certain)


def header_test(datasets: Sequence[Dataset]) -> IsHeader:
    """Tells of a cell whether it is the header of any column of any generation of these datasets."""
    generations = [Generation(d, name) for d in datasets for name in d.templates]

    def is_header(cell: str) -> bool:
        if not cell or len(cell) > _LONGEST_HEADER:
            return False
        header = read_header(cell)
        return any(generation.find(header) is not None for generation in generations)

    return is_header


def _best_fit(head: Sequence[SourceRow], choice: Sequence[Generation], told: Told) -> Fit | None:
    """The row and generation that have the most columns in common; of equals the first row.

    Of equally many those that are all a table must have: a few columns of a register are some of a list, too.
    """
    best: Fit | None = None
    for row in head[:HEADER_WITHIN]:
        headers = tuple(read_header(told.meaning(cell)) for cell in row.cells)
        for generation in choice:
            fit = Fit(generation, row, headers)
            if fit.matched and (best is None or _whole(fit) > _whole(best)):
                best = fit
    return best


def _whole(fit: Fit) -> tuple[int, bool, tuple[int, int, float]]:
    return fit.matched, not (fit.missing or fit.untold), fit.rank


def _decide(best: Fit, allowed: Sequence[str], said: Told, *, certain: bool) -> Fit:
    """The fit whose generation is certain. Raises TemplateError.

    Where the operator named the generation, only headers that speak for another one alone overrule it.
    """
    dataset = best.generation.dataset
    fits = [replace(best, generation=Generation(dataset, name)) for name in dataset.templates]
    candidates = [fit for fit in fits if fit.generation.name in allowed]
    complete = [fit for fit in candidates if not fit.missing and (certain or not fit.untold)]
    if not complete:
        raise refusals.incomplete(max(candidates, key=lambda fit: fit.rank))
    chosen = max(complete, key=lambda fit: (said.is_of(dataset, fit.generation.name), fit.rank))
    _refuse_equals(chosen, complete, said)
    told = len(candidates) < len(fits)
    for other in fits:
        against, in_favor = _evidence(other, chosen), _evidence(chosen, other)
        if not told and against > in_favor and other.missing:
            raise refusals.incomplete(other)
        doubtful = against > in_favor == 0 if told else 2 * against >= in_favor
        if doubtful and _contradict(chosen, other):
            raise refusals.mixed(chosen, other)
    return chosen


def _refuse_equals(chosen: Fit, complete: Sequence[Fit], said: Told) -> None:
    """Generations that state different things of all rows must be told apart by their columns."""
    own, rank = chosen.generation, chosen.rank[:2]
    equal = [
        fit
        for fit in complete
        if fit.generation.stated != own.stated
        and (fit.rank[:2] == rank or not fit.telling <= own.texts)
    ]
    if equal and not said.stated:
        raise refusals.equals([chosen, *equal])


def _evidence(fit: Fit, against: Fit) -> int:
    return fit.evidence(against.generation)


def _contradict(fit: Fit, other: Fit) -> bool:
    """Whether the sheet has a column whose codes mean different things in the two generations."""
    return any(fit.generation.contradicts(other.generation, bound.field) for bound in fit.bound)


def _foreign(fit: Fit) -> Iterator[BoundColumn]:
    """Columns of other generations that can only mean one thing, as 信息使用范围 of V1.

    Of a column whose codes differ by generation (当前状态) only the words mean the same everywhere.
    """
    own, have = fit.generation, {b.index for b in fit.bound}
    fields = {b.field.name for b in fit.bound}
    others = [Generation(own.dataset, name) for name in own.dataset.templates if name != own.name]
    for index, header in enumerate(fit.headers):
        if index in have or not header.key:
            continue
        found = [pair for other in others if (pair := other.find(header))]
        names = {field.name for field, _ in found}
        if len(names) == 1 and not names & fields:
            yield replace(bind(index, header, *found[0]), foreign=True)


def _refuse_limits(fit: Fit, unknown: Sequence[Header]) -> None:
    if limiting := [header.seen for header in unknown if may_limit(header)]:
        raise refusals.limits_publication(fit, limiting)


def _refuse_facts(fit: Fit, unknown: Sequence[Header], choice: Sequence[Generation]) -> None:
    """A sheet with what only decisions have is no table of profiles, although they share the rest."""
    if not fit.generation.dataset.profile:
        return
    for generation in choice:
        if generation.dataset.profile:
            continue
        found = [(h.seen, pair[1]) for h in unknown if h.key and (pair := generation.find(h))]
        if facts := [seen for seen, column in found if column.required]:
            raise refusals.no_profiles(fit, generation, facts)


def _refuse_odd_units(fit: Fit, columns: Sequence[BoundColumn]) -> None:
    money = (fit.headers[c.index] for c in columns if c.field.type is ValueType.MONEY)
    if odd := [header.seen for header in money if header.odd_unit]:
        raise refusals.odd_units(fit, odd)


def _refuse_duplicates(fit: Fit, columns: Sequence[BoundColumn]) -> None:
    by_column: dict[tuple[str, str], list[str]] = {}
    for bound in columns:
        if bound.field.type is ValueType.CODES:
            continue  # the codes of several columns (处罚类别1, 处罚类别2) add up
        column = bound.column.code or bound.column.header
        by_column.setdefault((bound.field.name, column), []).append(bound.header)
    twice = [headers for headers in by_column.values() if len(headers) > 1]
    if twice:
        raise refusals.duplicates(fit, twice)


_EXPLANATION = re.compile(
    r"(条件)?(必填|选填|非空|可空|必须)|(文本|字符|数值|日期|代码|枚举|整数|小数)[型串]?(?:[（(,，;；:：\d].*)?$"
    r"|(VARCHAR|CHAR|TEXT|NUMBER|DATE|DECIMAL)\b|YYYY",
    re.IGNORECASE,
)


def _end_of_head(head: Sequence[SourceRow], fit: Fit) -> int:
    """The line of the header row, or of the rows of codes and explanations right below it."""
    end = fit.row.line
    at = head.index(fit.row)
    for row in head[at + 1 : at + 1 + _ROWS_BELOW]:
        filled = [cell.strip() for cell in row.cells if cell.strip()]
        told = sum(
            fit.generation.find(read_header(cell)) is not None or bool(_EXPLANATION.match(cell))
            for cell in filled
        )
        if filled and 2 * told <= len(filled):
            break
        if filled:
            end = row.line
    return end
