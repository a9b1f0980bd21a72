"""How well, and how fast, figures and speakers are read: what the measurements count, on texts of our own."""

import json
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from evals_commands import run
from typer.testing import CliRunner

from evals.bench.reading import reading
from evals.cli import app
from evals.datasets import DatasetError, NumberSample, load_numbers
from evals.figures import Tally, measure_reading, same_speaker
from ingest.domain import Attribution, Speaker, StatedFigure

TEXT = "The clinic in Wadi Nahl treated about 28 civilians, 12 of them children. Nobody in Room 6 was hurt."
GOLD = [
    {"value": 28, "bound": "approximately", "quote": "28", "speaker": "Nahl Clinic", "speaker_names": ["the clinic"]},
    {"value": 12, "bound": "exact", "quote": "12", "speaker": None},
]


def _sample(figures: list[dict[str, Any]], text: str = TEXT, **more: Any) -> NumberSample:
    placed = [
        {**one, "start": text.index(one["quote"]), "end": text.index(one["quote"]) + len(one["quote"])}
        for one in figures
    ]
    return NumberSample.model_validate({"text": text, "language": "en", "figures": placed, **more})


def _read(quote: str, value: float, bound: str = "exact", text: str = TEXT) -> StatedFigure:
    start = text.index(quote)
    fields = {"value": value, "bound": bound, "start": start, "end": start + len(quote), "quote": quote}
    return StatedFigure.model_validate(fields)


def _said(name: str, canonical: str | None = None) -> Attribution:
    speaker = Speaker(name=name, canonical=canonical or name)
    return Attribution(speaker=speaker, start=0, end=1, cue_start=0, cue_end=1)


RIGHT = (_read("28", 28, "approximately"), _read("12", 12))

SPOILT: dict[str, tuple[tuple[StatedFigure, ...], Tally, list[str]]] = {
    "all as it should be": (RIGHT, Tally(gold=2, read=2, right=2, value_and_span=2), []),
    "one is missed": (RIGHT[:1], Tally(gold=2, read=1, right=1, value_and_span=1, missed=1), ["missed"]),
    "a room is read": (
        (*RIGHT, _read("6", 6)), Tally(gold=2, read=3, right=2, value_and_span=2, false=1), ["false"],
    ),
    "a bound is wrong": (
        (_read("28", 28), RIGHT[1]), Tally(gold=2, read=2, right=1, value_and_span=2), ["bound"],
    ),
    "a span is too long": (
        (_read("about 28", 28, "approximately"), RIGHT[1]), Tally(gold=2, read=2, right=1, value_and_span=1), ["span"],
    ),
    "a value is wrong": (
        (_read("28", 280, "approximately"), RIGHT[1]),
        Tally(gold=2, read=2, right=1, value_and_span=1, false=1), ["value"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", SPOILT)
def test_each_mistake_is_counted_as_what_it_is(what: str) -> None:
    """Missed, false, of value, of span, of bound; one mistake is listed once."""
    figures, tally, kinds = SPOILT[what]

    measured = measure_reading([_sample(GOLD)], lambda _: figures)

    assert measured.by_language == {"en": tally}
    assert [fault.kind for fault in measured.faults] == kinds


def test_what_nobody_could_say_is_not_judged() -> None:
    """Optional figures, optional non-figures, another bound that is as right, and what begins after the gold's end."""
    room = {"quote": "6", "start": TEXT.index("6"), "end": TEXT.index("6") + 1, "optional": True}
    read = (_read("28", 28), RIGHT[1], _read("6", 6))
    gold = [{**GOLD[0], "bound_also": ["exact"]}, {**GOLD[1], "optional": True}]
    short = _sample(gold[:1], upto=TEXT.index(","))

    lenient = measure_reading([_sample(gold, not_quantities=[room])], lambda _: read)

    assert lenient.whole == Tally(gold=1, read=3, right=1, value_and_span=1)
    assert measure_reading([short], lambda _: read).whole == Tally(gold=1, read=1, right=1, value_and_span=1)


def test_speakers_are_judged_where_the_span_was_found() -> None:
    """The clinic says it of 28; nobody says the 12, and to ascribe that is a mistake."""
    says = {TEXT.index("28"): _said("The clinic"), TEXT.index("12"): _said("The clinic")}
    speaker_of = lambda start, _: says.get(start)  # noqa: E731 - what an attributor gives

    both = measure_reading([_sample(GOLD)], lambda _: RIGHT, lambda _: speaker_of)
    one = measure_reading([_sample(GOLD)], lambda _: RIGHT[:1], lambda _: speaker_of)

    assert (both.whole.speakers, both.whole.speakers_right) == (2, 1)
    assert [(fault.gold, fault.read) for fault in both.faults] == [("nobody", "The clinic")]
    assert (one.whole.speakers, one.whole.speakers_right) == (1, 1)


def test_snippets_without_gold_speakers_have_no_speaker_accuracy() -> None:
    """Nothing to judge is no zero."""
    figures = [{name: value for name, value in one.items() if not name.startswith("speaker")} for one in GOLD]

    measured = measure_reading([_sample(figures)], lambda _: RIGHT, lambda _: lambda *_: None)

    assert measured.whole.shares["speaker_accuracy"] is None


@pytest.mark.parametrize(
    ("said", "gold", "right"),
    [
        (_said("the NAHL clinic"), GOLD[0], True),
        (_said("it", "Nahl Clinic"), GOLD[0], True),
        (_said("the mayor"), GOLD[0], False),
        (None, GOLD[0], False),
        (None, GOLD[1], True),
        (None, {**GOLD[0], "speaker_or_null": True}, True),
        (_said("clinic"), {**GOLD[1], "speaker_names": ["the clinic"], "speaker_or_null": True}, True),
        (_said("the mayor"), {**GOLD[1], "speaker_names": ["the clinic"], "speaker_or_null": True}, False),
        (_said("وزارة الصحّة"), {**GOLD[0], "speaker_names": ["وزارة الصحة"]}, True),
    ],
)
def test_a_speaker_is_right_by_any_name(said: Attribution | None, gold: dict[str, Any], right: bool) -> None:  # noqa: FBT001 - a row of the table
    """Name or canonical name, folded, without articles; nobody where nobody is gold, either where both are."""
    assert same_speaker(said, _sample([gold]).figures[0]) is right


def _write(path: Path, *records: dict[str, Any]) -> Path:
    path.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in records), encoding="utf-8")
    return path


COUNTED = {"text": "They counted 28 civilians.", "language": "en", "figures": [
    {"value": 28, "bound": "exact", "quote": "28", "start": 13, "end": 15}
]}  # fmt: skip
NUMBERED = {"text": "أحصت الوزارة ٢٨ مدنياً في المخيم.", "figures": [
    {"value": 29, "bound": "exact", "quote": "٢٨", "start": 13, "end": 15}
]}  # fmt: skip


def test_a_set_is_a_folder_or_a_file(tmp_path: Path) -> None:
    """Each snippet in its language, which is told from its text where it is not said."""
    _write(tmp_path / "numbers.jsonl", COUNTED, NUMBERED)

    assert [one.language for one in load_numbers(tmp_path)] == ["en", "ar"]
    assert load_numbers(tmp_path) == load_numbers(tmp_path / "numbers.jsonl")


def test_what_is_no_set_is_said(tmp_path: Path) -> None:
    """A missing file, and a line that is no snippet."""
    for path in (tmp_path, _write(tmp_path / "wrong.jsonl", {"text": 7})):
        with pytest.raises(DatasetError, match="jsonl"):
            load_numbers(path)


def test_the_command_shows_rates_by_language_and_fails_below_the_least(tmp_path: Path) -> None:
    """One of two is right: .5 in all, and the exit code says whether that is enough."""
    file = _write(tmp_path / "mixed.jsonl", COUNTED, NUMBERED)
    invoke = partial(CliRunner().invoke, app, env={"COLUMNS": "200"})

    shown = run("figures", file)

    assert (shown["all"]["right_share"], shown["en"]["right"], shown["ar"]["right"]) == (0.5, 1, 0)
    assert [fault["kind"] for fault in shown["faults"]] == ["value"]
    assert invoke(["figures", str(file), "--least", "0.5"]).exit_code == 0
    assert invoke(["figures", str(file), "--least", "0.51"]).exit_code == 1
    listed = invoke(["figures", str(file), "--verbose"]).output
    assert "value, text 2: 29 exact “٢٨” → 28 exact “٢٨”: أحصت الوزارة [٢٨] مدنياً" in listed


def test_the_benchmark_times_the_readers(tmp_path: Path) -> None:
    """Figures, speakers, both, and the rate: of as many articles as the file holds."""
    articles = _write(tmp_path / "articles.jsonl", *({"id": f"a{at}", "text": TEXT} for at in range(3)))
    stages: list[str] = []

    measured = {one.name: one for one in reading(articles, stages.append)}

    assert list(measured) == [
        "figures of 3 articles", "speakers of 3 articles", "both of 3 articles, on one core", "both"
    ]  # fmt: skip
    assert measured["both"].unit == "articles/s"
    assert measured["both"].value > 0
    assert stages
    with pytest.raises(DatasetError):
        list(reading(tmp_path / "none.jsonl", stages.append))
