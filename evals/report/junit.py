"""A run as JUnit XML: an item is a test case, which fails where anything in its answer is missing, wrong or broken."""

import re
from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from evals.compare import breaks
from evals.runs import ItemResult, Run

_NOT_XML = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML 1.0 cannot hold."""


def junit(runs: Sequence[Run], names: Sequence[str]) -> str:
    """Write runs as test suites; an unscored item is an error, and what the service does not offer is skipped."""
    root = Element("testsuites")
    for run, name in zip(runs, names, strict=True):
        suite = SubElement(
            root,
            "testsuite",
            name=_plain(name),
            tests=str(run.n),
            failures=str(sum(_fails(item) for item in run.items)),
            errors=str(sum(bool(item.unscored) and not item.not_offered for item in run.items)),
            skipped=str(sum(item.not_offered for item in run.items)),
            time=f"{run.clock.seconds:.3f}",
            timestamp=run.clock.made_at.isoformat(timespec="seconds"),
        )
        properties = SubElement(suite, "properties")
        for measure, table in run.measures.items():
            SubElement(properties, "property", name=measure, value=f"{table.overall.rate:g}")
        for item in run.items:
            _case(suite, run, item)
    indent(root)
    return tostring(root, encoding="unicode", xml_declaration=True) + "\n"


def _case(suite: Element, run: Run, item: ItemResult) -> None:
    case = SubElement(
        suite,
        "testcase",
        classname=_plain(f"{run.dataset}.{item.kind}"),
        name=_plain(f"{item.id} {item.question}"),
        time=f"{item.times.total_ms / 1000:.3f}",
    )
    if item.unscored:
        SubElement(case, "skipped" if item.not_offered else "error", message=_plain(item.unscored))
    elif _fails(item):
        broken = "breaks an invariant: " if breaks(item) else ""
        failure = SubElement(case, "failure", message=_plain(broken + ("; ".join(item.faults) or "not right")))
        failure.text = _plain("\n".join(item.faults))


def _fails(item: ItemResult) -> bool:
    return item.unscored is None and (breaks(item) or not item.right)


def _plain(text: str) -> str:
    return _NOT_XML.sub("\ufffd", text)
