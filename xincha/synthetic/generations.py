"""One decision as each generation of its template can say it.

V1 (2015/2016) numbers the codes of a subject differently and holds ID numbers in 代码_5: a natural person's
own, for others the legal representative's. It has no category, no amounts, no credit code of the authority;
its dates are YYYY/MM/DD and its 当前状态 counts from 0 正常. V2 (发改办财金〔2018〕424号) is V2.1 without the
category of the subject and the kind of the representative's document.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from records.dataset import Column, Dataset, Field
from records.vocabulary import SubjectKind
from xincha.synthetic.numbers import NO_CODE
from xincha.synthetic.rows import Cell, Expected, Outcome, Row, World

V1 = "V1"
_SLASHES, _HYPHENS = "%Y/%m/%d", "%Y-%m-%d"
_UPDATED_AFTER = 7


@dataclass(frozen=True)
class Wording:
    """How rows of a dataset are written: its columns in official order, and what they cannot say.

    `keys` name the cell of each column; `unsaid` are output fields without a column, with what comes out
    for them; `dates`: how all dates are spelled, "" as each row has them.
    """

    template: str
    columns: Sequence[tuple[Field, Column]]
    keys: Sequence[str]
    unsaid: Mapping[str, Expected]
    dates: str

    @property
    def has_category(self) -> bool:
        """Whether rows say what their subject is (行政相对人类别)."""
        return "subject_category" in self.keys

    def cells(self, row: Row) -> list[Cell]:
        """The cells of a row in the order of the columns."""
        return [row.cells.get(key, "") for key in self.keys]


def wording(dataset: Dataset, template: str, *, uniform_dates: bool) -> Wording:
    """How that generation writes rows; with `uniform_dates` (messages, databases) as YYYY-MM-DD.

    A dataset without that generation is written in its current one.
    """
    if template not in dataset.templates:
        template = dataset.templates[0]
    columns = dataset.columns_of(template)
    names = [field.name for field, _ in columns]
    keys = [c.key if names.count(f.name) > 1 else f.name for f, c in columns]
    said = {*names, *dataset.stated.get(template, {})}
    said.update(name for field, _ in columns for name in field.stands_for)
    unsaid: dict[str, Expected] = {
        f.api_name: f.default.name if f.default else None
        for f in dataset.fields
        if (f.derived_from or f.name) not in said
    }
    dates = _HYPHENS if uniform_dates else _SLASHES if template == V1 else ""
    return Wording(template, columns, keys, unsaid, dates)


def restate(row: Row, words: Wording, world: World) -> Row:
    """The row as that generation says it, with what must come of it then."""
    stated = _as_v1(row, world) if words.template == V1 else row
    assumed = not words.has_category and not row.kind_is_certain
    if assumed and row.subject.kind_without_category is not row.subject.kind:
        stated = _of_another_kind(stated, row.subject.kind_without_category)
    unsaid = {name: value for name, value in words.unsaid.items() if name in stated.expected}
    spelled = (
        {name: f"{day:{words.dates}}" for name, day in row.days.items()} if words.dates else {}
    )
    if not unsaid and not spelled:
        return stated
    return replace(stated, cells=stated.cells | spelled, expected=stated.expected | unsaid)


def _as_v1(row: Row, world: World) -> Row:
    cells: dict[str, Cell] = row.cells | row.old.cells
    if cells.get("credit_code") == NO_CODE:
        cells["credit_code"] = ""
    number = cells.get("person_id_number") or cells.get("legal_representative_id_number", "")
    cells |= {
        "resident_id_number": number,
        "local_code": world.place.region,
        "updated_stamp": _stamp(row.decided, world.today),
    }
    if cells.get("person_id_type") == "护照号" and not cells["remark"]:
        cells["remark"] = "证件类型为护照"
    stated = replace(row, cells=cells, expected=row.expected | row.old.expected)
    if row.old.hidden:
        stated.hide(row.old.hidden)
    elif row.old.hidden is not None:
        stated.outcome, stated.reasons = Outcome.VISIBLE, ()
    return stated


def _of_another_kind(row: Row, kind: SubjectKind) -> Row:
    """The row as it must be taken without the category of its subject."""
    stated = replace(row, expected=row.expected | {"subjectKind": kind.value})
    if kind is SubjectKind.NATURAL_PERSON and row.simple_procedure and stated.reasons == ("LIGHT",):
        stated.hide("SIMPLE_PROCEDURE")
    return stated


def _stamp(decided: date, today: date) -> str:
    """数据更新时间戳: between the decision and the day of the report."""
    return f"{min(decided + timedelta(days=_UPDATED_AFTER), today):{_SLASHES}}"
