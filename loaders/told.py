"""What the operator says of a sheet that its headers do not: which list it is, what its columns mean.

A mapping file (TOML) names, under `[columns]`, the column or field of the dataset for headers of the file,
"" for one that is not to be read; under `[values]` what every row says without a column.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from loaders.cells import Finding, Severity
from loaders.generations import Generation, bind
from loaders.headers import quotable, read_header
from loaders.parsing import parser_for
from records.dataset import Dataset
from records.errors import TemplateError
from records.values import Value
from records.vocabulary import CodeTable


@dataclass(frozen=True)  # with slots it would have no room for what it remembers
class Told:
    """`stated`: what every row says, by field. `headers`: headers of the file, and what they mean.

    `cells`: what every row would have in columns that the file has not, by header or name of a field.
    """

    stated: Mapping[str, CodeTable | str] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    cells: Mapping[str, str] = field(default_factory=dict)

    def __hash__(self) -> int:
        return hash(self.identity)

    @cached_property
    def _meanings(self) -> Mapping[str, str]:
        return {read_header(text).full: meaning for text, meaning in self.headers.items()}

    def meaning(self, cell: str) -> str:
        """The header that a header of the file stands for; itself where nothing is said of it."""
        return self._meanings.get(read_header(cell).full, cell) if self.headers else cell

    def allows(self, dataset: Dataset, template: str) -> bool:
        """Whether a generation can say what is told: it has the fields, and states nothing else."""
        fixed = dataset.fixed(template)
        return all(
            dataset.get(name) and fixed.get(name, value) == value
            for name, value in self.stated.items()
        )

    def is_of(self, dataset: Dataset, template: str) -> bool:
        """Whether a generation states by itself what is told: it is the list's own."""
        fixed = dataset.fixed(template)
        return bool(self.stated) and all(
            fixed.get(name) == value for name, value in self.stated.items()
        )

    @property
    def identity(self) -> str:
        """Tells a load from another one of the same file of which something else was told."""
        told = (self.stated, self.headers, self.cells)
        return "\0".join(f"{k}={v}" for part in told for k, v in sorted(part.items()))


NOTHING_TOLD = Told()


def read_mapping(path: Path, told: Told, datasets: tuple[Dataset, ...]) -> Told:
    """What a mapping file says, added to what is told. Raises TemplateError for one that cannot be used."""
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise _unusable(path, f"{type(error).__name__}") from None
    tables = [dict(_table(path, content, name)) for name in ("columns", "values")]
    if odd := sorted(content.keys() - {"columns", "values"}):
        raise _unusable(path, f"[{quotable(odd[0])}]")
    # A field of lists may be called like a column of profiles.
    datasets = tuple(d for d in datasets if all(map(d.get, told.stated)))
    headers = {key: _header_of(path, meaning, datasets) for key, meaning in tables[0].items()}
    cells = {_header_of(path, key, datasets): text for key, text in tables[1].items()}
    return replace(told, headers=headers, cells=cells)


def _table(path: Path, content: Mapping[str, object], name: str) -> Iterator[tuple[str, str]]:
    table = content.get(name, {})
    if not isinstance(table, dict):
        raise _unusable(path, f"[{name}]")
    for key, value in table.items():
        if isinstance(value, dict | list | bool):
            raise _unusable(path, f"[{name}] {quotable(key)}")
        yield key, str(value)


def _header_of(path: Path, text: str, datasets: tuple[Dataset, ...]) -> str:
    """The header meant by a header or by the name of a field, in Python's or GraphQL's spelling."""
    for dataset in datasets:
        for declared in dataset.fields:
            if text in (declared.name, declared.api_name) and declared.columns:
                return declared.label
    known = (Generation(d, name) for d in datasets for name in d.templates)
    if not text or any(generation.find(read_header(text)) for generation in known):
        return text
    raise _unusable(path, quotable(text))


def _unusable(path: Path, where: str) -> TemplateError:
    return TemplateError(
        f"{path.name}：对照文件不能使用 / the mapping file cannot be used: {where}",
        '写成 TOML：[columns] "文件中的列名" = "模板列名或字段名"；[values] "列入日期" = "2026/03/01"'
        ' / TOML: [columns] "header in the file" = "header or field of the dataset"; [values] likewise',
    )


def told_values(told: Told, dataset: Dataset, template: str) -> dict[str, Value]:
    """What every row of a sheet of that generation says: told, else stated by the generation.

    Raises TemplateError for a value that its column would reject.
    """
    own = Generation(dataset, template)
    others = [Generation(dataset, name) for name in dataset.templates]
    values: dict[str, Value] = {}
    for text, cell in told.cells.items():
        header = read_header(text)
        found = next((pair for g in (own, *others) if (pair := g.find(header))), None)
        if found is None:
            continue
        parsed = parser_for(bind(0, header, *found))(cell.strip())
        if isinstance(parsed, Finding):
            if parsed.severity is not Severity.WARN:
                raise TemplateError(f"{quotable(text)}：{parsed.message}", parsed.fix)
            parsed = parsed.value
        if parsed is not None:
            values[found[0].name] = parsed
    return {**dataset.stated.get(template, {}), **told.stated, **values}
