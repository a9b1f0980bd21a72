"""How fast, and how large: measured in one run on this machine, so that ratios can be compared.

Nothing here asserts a time; the numbers are for people and for the record.
"""

from evals.bench.run import bench, bench_overhead

__all__ = ["bench", "bench_overhead"]
