"""合成数据 / realistic official files with invented people and companies, for demo, tests and benchmarks.

Every number is computed, every name put together at random: any likeness to a real person or company
is chance. What each row must turn into is written beside the files, by rules of this package's own.
"""

from xincha.synthetic.generate import generate
from xincha.synthetic.manifest import FileReport, Manifest

__all__ = ["FileReport", "Manifest", "generate"]
