"""What one request carries through execution."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from api.config import ApiConfig
from api.graphql.batches import Batches
from search.engine import Engine


@dataclass(slots=True)
class RequestContext:
    """`today` is the day in Shanghai, taken once, so that one answer has one view of what is public.

    `batches`: what is asked for many objects at once. `notices` are told to the caller in
    `extensions.notice`.
    """

    config: ApiConfig
    engine: Engine
    today: date
    notices: set[str] = field(default_factory=set)
    batches: Batches = field(init=False)

    def __post_init__(self) -> None:
        self.batches = Batches(self.engine, self.today)
