"""Plans → the subjects that fit best, in exact order.

The engine breaks ties by where a document happens to lie, which differs between segments. So it is asked for
more than is wanted, until the last score is complete; and where very many have that score, for those of them
that come first by `place`.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import tantivy
from tantivy import Occur, Query

from search.plan import MOST_CANDIDATES, Candidate, Card, Plan, Term
from search.subjects import GRAMS, PLACE
from search.tantivy_engine.index import CARD
from search.tantivy_engine.snapshot import Snapshot, all_of

_SLACK = 400
_GROWTH = 4
_MANY = 500
"""Hits beyond which those of the last score are better found by place."""
_MOST_COMBINED = 12
"""Combinations of terms with one sum that are asked for."""
_MOST_STEPS = 500
"""Combinations looked at to find these."""

Address = tantivy.DocAddress
Scored = tuple[float, Address]


@dataclass(frozen=True)
class Retrieval:
    """The candidates of one plan."""

    snapshot: Snapshot
    plan: Plan
    gone: Query | None

    @property
    def effort(self) -> int:
        """Postings that are read."""
        return sum(self.snapshot.frequency(GRAMS[t.grams], t.token) for t in self.plan.required)

    def candidates(self) -> list[Candidate]:
        """At most the plan's limit, in order of score, place and id."""
        wanted = max(1, min(self.plan.limit, MOST_CANDIDATES))
        if not self.plan.required:
            return []
        if not self.plan.optional and len(self.plan.required) == 1:
            (term,) = self.plan.required
            found = [(term.weight, a) for a in self._first_by_place(self._term(term), wanted)]
            return self._ordered(found, wanted)
        return self._ordered(self._best(wanted), wanted)

    def _best(self, wanted: int) -> list[Scored]:
        """All hits of the best scores that so many hits have."""
        query, limit = self._visible(self._query()), wanted + _SLACK
        while True:
            found = self._search(query, limit)
            if len(found) < limit or found[-1][0] < found[wanted - 1][0]:
                return found
            if limit > _MANY and (combined := self._combined(found[wanted - 1][0])):
                return self._tied(found, wanted, combined)
            limit *= _GROWTH

    def _tied(
        self, found: Sequence[Scored], wanted: int, combined: Sequence[Sequence[Term]]
    ) -> list[Scored]:
        """The hits that come before those of the last score, and of those the first by place."""
        last = found[wanted - 1][0]
        before = [hit for hit in found if hit[0] > last]
        parts = [(Occur.Should, self._exactly(terms)) for terms in combined]
        tied = self._first_by_place(Query.boolean_query(parts), wanted - len(before))
        return before + [(last, address) for address in tied]

    @property
    def _terms(self) -> tuple[Term, ...]:
        return (*self.plan.required, *self.plan.optional)

    def _combined(self, score: float) -> list[tuple[Term, ...]]:
        """Which terms a hit may have that has this score; nothing where there are too many answers.

        Sums of weights are exact.
        """
        terms, required = self._terms, set(self.plan.required)
        # What the terms from one on weigh together.
        together = [*itertools.accumulate(reversed([term.weight for term in terms]))][::-1]
        found: list[tuple[Term, ...]] = []
        open_ends: list[tuple[int, float, tuple[Term, ...]]] = [(0, score, ())]
        for step in itertools.count():
            if not open_ends:
                return found
            if step > _MOST_STEPS or len(found) > _MOST_COMBINED:
                return []
            at, rest, chosen = open_ends.pop()
            for n in range(at, len(terms)):
                if together[n] < rest:
                    break
                left, more = rest - terms[n].weight, (*chosen, terms[n])
                if left == 0 and not required.isdisjoint(more):
                    found.append(more)
                if left > 0:
                    open_ends.append((n + 1, left, more))
        return []

    def _exactly(self, chosen: Sequence[Term]) -> Query:
        others = [term for term in self._terms if term not in chosen]
        return all_of(map(self._term, chosen), map(self._term, others))

    def _first_by_place(self, query: Query, wanted: int) -> list[Address]:
        """The first hits by place, and all others of the last place."""
        query, limit = self._visible(query), wanted + 1
        while True:
            found = self.snapshot.searcher.search(
                query,
                self._bounded(limit),
                count=False,
                order_by_field=PLACE.name,
                order=tantivy.Order.Asc,
            ).hits
            if len(found) < limit or found[-1][0] != found[wanted - 1][0]:
                return [address for _, address in found]
            limit *= _GROWTH

    def _ordered(self, found: Sequence[Scored], wanted: int) -> list[Candidate]:
        if len(found) > wanted:
            found = [hit for hit in found if hit[0] >= found[wanted - 1][0]]
        addresses = [address for _, address in found]
        places = self._numbers(PLACE.name, addresses)
        keyed = sorted(
            (-score, place, at)
            for at, ((score, _), place) in enumerate(zip(found, places, strict=True))
        )
        if len(keyed) > wanted:
            last = keyed[wanted - 1][:2]
            keyed = [key for key in keyed if key[:2] <= last]
        cards = self._cards([addresses[at] for _, _, at in keyed])
        best = sorted(
            (key[0], key[1], card.id, n)
            for n, (key, card) in enumerate(zip(keyed, cards, strict=True))
        )
        return [Candidate(cards[n], -negative) for negative, _, _, n in best[:wanted]]

    def _cards(self, addresses: list[Address]) -> list[Card]:
        return self.snapshot.cards.read(self._numbers(CARD.name, addresses))

    def _numbers(self, name: str, addresses: list[Address]) -> list[int]:
        found = self.snapshot.searcher.fast_field_values(name, addresses)
        return [number for number in found if isinstance(number, int)]

    def _query(self) -> Query:
        query = Query.boolean_query([(Occur.Should, self._weighed(t)) for t in self.plan.required])
        for term in self.plan.optional:
            # One at a time: a union of all would be read whole.
            query = Query.boolean_query([(Occur.Must, query), (Occur.Should, self._weighed(term))])
        return query

    def _visible(self, query: Query) -> Query:
        return query if self.gone is None else all_of((query,), (self.gone,))

    def _weighed(self, term: Term) -> Query:
        return Query.const_score_query(self._term(term), term.weight)

    def _term(self, term: Term) -> Query:
        return self.snapshot.term(GRAMS[term.grams], term.token)

    def _search(self, query: Query, limit: int) -> list[Scored]:
        found: list[Scored] = self.snapshot.searcher.search(
            query, self._bounded(limit), count=False
        ).hits
        return found

    def _bounded(self, limit: int) -> int:
        # The engine takes memory for as many hits as it is asked for.
        return max(1, min(limit, self.snapshot.searcher.num_docs + 1))
