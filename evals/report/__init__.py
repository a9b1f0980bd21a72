"""Runs as one page for people, and as JUnit XML for machines that collect tests."""

from evals.report.junit import junit
from evals.report.page import page

__all__ = ["junit", "page"]
