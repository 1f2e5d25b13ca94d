"""An index of subjects of given names, as the follower writes it, and one as anybody would write it.

The second is the baseline: pairs of characters, ranked by BM25.
"""

from __future__ import annotations

import gzip
import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import tantivy

from benchmarks.named_subjects import code_of, named_subject
from records.clock import system_clock, today
from records.datasets import declared_datasets
from records.stored import StoredSubject
from search.names.analysis import normalize_name
from search.statistics import TermStatistics
from search.subjects import terms_of, to_subject_document
from search.tantivy_engine import tantivy_generations

_BATCH = 50_000
_SEED = 20
_HEAP = 500_000_000


def read_names(path: Path) -> list[str]:
    """The names of a file, one a line, shuffled: real files have no order that tells of relevance."""
    content = path.read_bytes()
    lines = gzip.decompress(content) if path.suffix == ".gz" else content
    names = [name for line in lines.decode().split("\n") if (name := line.strip())]
    random.Random(_SEED).shuffle(names)  # noqa: S311  # the same in every run
    return names


def build(home: Path, names: Sequence[str]) -> None:
    """Write an index of these names and make it the live one."""
    generations = tantivy_generations(home, declared_datasets())
    with generations.exclusive(0):
        name = generations.create()
        writer = generations.writer(name)
        for begin in range(0, len(names), _BATCH):
            writer.apply(map(to_subject_document, _subjects(names, begin)), {})
        counted = TermStatistics.counted(terms_of([n], [code_of(at)]) for at, n in enumerate(names))
        writer.keep_statistics("1", counted)
        state = replace(
            writer.state, revision=1, swept=today(system_clock), statistics="1", names=len(names)
        )
        writer.commit(state)
        writer.close()
        generations.promote(name)


def build_baseline(home: Path, names: Sequence[str]) -> None:
    """Write the baseline's index."""
    home.mkdir()
    index = tantivy.Index(_schema(), path=str(home))
    writer = index.writer(_HEAP)
    for name in names:
        document = tantivy.Document()
        document.add_text("name", name)
        document.add_text("pairs", pairs(name))
        writer.add_document(document)
    writer.commit()
    writer.wait_merging_threads()


class Baseline:
    """Asks the baseline."""

    def __init__(self, home: Path) -> None:
        self._schema = _schema()
        self._searcher = tantivy.Index.open(str(home)).searcher()

    def names(self, query: str, limit: int) -> list[str]:
        """The names that fit best."""
        terms = [
            (tantivy.Occur.Should, tantivy.Query.term_query(self._schema, "pairs", pair))
            for pair in dict.fromkeys(pairs(query).split())
        ]
        if not terms:
            return []
        hits = self._searcher.search(tantivy.Query.boolean_query(terms), limit, count=False).hits
        return [str(self._searcher.doc(address)["name"][0]) for _, address in hits]


def pairs(name: str) -> str:
    """All pairs of neighboring characters of a normalized name."""
    text = normalize_name(name)
    return " ".join(text[at : at + 2] for at in range(len(text) - 1))


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("name", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("pairs", tokenizer_name="whitespace", index_option="freq")
    return builder.build()


def _subjects(names: Sequence[str], begin: int) -> Iterator[StoredSubject]:
    for number, name in enumerate(names[begin : begin + _BATCH], start=begin):
        yield named_subject(number, name)
