"""The production engine: an Elasticsearch cluster. The only package that imports its client.

The cluster analyses nothing: it stores the tokens that search/schema.py makes and is asked for them. What it
says in its errors may quote values and is never passed on.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from records.dataset import Dataset
from search.elasticsearch_engine.cluster import Cluster, check_certificates, parse_cluster
from search.schema import IndexSchema

if TYPE_CHECKING:
    from search.elasticsearch_engine.generations import ElasticsearchGenerations, Lock
    from search.elasticsearch_engine.reader import ElasticsearchEngine

FRESHNESS = 0.5

__all__ = [
    "FRESHNESS",
    "Cluster",
    "check_certificates",
    "elasticsearch_engine",
    "elasticsearch_generations",
    "parse_cluster",
]


def elasticsearch_engine(
    cluster: Cluster, datasets: tuple[Dataset, ...], freshness: float = FRESHNESS
) -> ElasticsearchEngine:
    """What the API reads through: the live generation of a cluster.

    A commit is noticed within `freshness` seconds: its documents at once, its revision after that.
    """
    # The client takes 0.3 seconds to import, and most installations have no cluster.
    from search.elasticsearch_engine.reader import ElasticsearchEngine

    return ElasticsearchEngine(cluster, IndexSchema(datasets), freshness)


def elasticsearch_generations(
    cluster: Cluster, datasets: tuple[Dataset, ...], lock: Callable[[float], Lock]
) -> ElasticsearchGenerations:
    """What the follower writes through; `lock(seconds)` makes it the only writer among all machines."""
    from search.elasticsearch_engine.generations import ElasticsearchGenerations

    return ElasticsearchGenerations(cluster, IndexSchema(datasets), lock)
