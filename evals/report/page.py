"""One self-contained HTML page over one run or several."""

import json
from collections.abc import Sequence
from importlib.resources import files

from jinja2 import Environment

from evals.report import plots
from evals.runs import ItemResult, Run
from evals.scorers import MEASURES
from ingest.language import text_direction

_MAPS = ("answer_accuracy", "strict_accuracy", "recall_at_1", "verdict_accuracy")
_PASSAGES = 3


def page(runs: Sequence[Run], names: Sequence[str]) -> str:
    """Draw the page; nothing in it is fetched from anywhere.

    Args:
        runs: at least one.
        names: what each is called, as many as there are runs.
    """
    environment = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True)
    template = environment.from_string(files("evals.report").joinpath("page.html.j2").read_text(encoding="utf-8"))
    return template.render(
        runs=runs,
        names=names,
        rows=[
            (measure, [run.measures[name].overall if name in run.measures else None for run in runs])
            for name, measure in MEASURES.items()
            if any(name in run.measures for run in runs)
        ],
        heat=[
            [(MEASURES[name].label, plots.heat_map(run, name)) for name in _MAPS if name in run.measures]
            for run in runs
        ],
        bins=[plots.calibration(run) for run in runs],
        bars=[plots.latency(run) for run in runs],
        steps=[plots.steps(run) for run in runs],
        failed=[plots.failed(run.items) for run in runs],
        unscored=[plots.unscored(run.items) for run in runs],
        direction=text_direction,
        quotes=plots.quotes_of,
        trace=_trace,
    )


def _trace(item: ItemResult) -> str:
    answer = item.answer or {}
    trace = {name: value for name, value in (answer.get("trace") or {}).items() if value not in (None, [], {})}
    trace["passages"] = [
        f"{passage['article_id']} {passage['start']}–{passage['end']} ({passage['score']:.3f})"
        for passage in (answer.get("passages") or [])[:_PASSAGES]
    ]
    trace["scores"] = {name: f"{part.hits:g} of {part.of:g}" for name, part in item.scores.items()}
    trace["times_ms"] = dict(item.times.steps_ms) | {"total": item.times.total_ms}
    return json.dumps(trace, ensure_ascii=False, indent=1)
