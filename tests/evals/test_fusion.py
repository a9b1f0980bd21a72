"""The weights of retrieval's scores are chosen by what finds most, and the choice is shown without each set."""

from evals.fusion import Found, choose
from qa.domain import Scores
from qa.retrieval import LATE, LEXICAL, NAMES


def question(*, right_late: float, wrong_late: float, right_lexical: float = 0.2, wrong_lexical: float = 0.2) -> Found:
    """Two candidates of equal cosine, the second of them right."""
    return Found(
        (
            Scores(dense=0.8, lexical=wrong_lexical, names=0, late=wrong_late),
            Scores(dense=0.8, lexical=right_lexical, names=0, late=right_late),
        ),
        (False, True),
    )


def test_the_weight_that_finds_is_chosen() -> None:
    """Where only the tokens tell, without them nothing is found."""
    fusion = choose({"one": [question(right_late=0.6, wrong_late=0.5)] * 3})

    assert fusion.best[0].mean == fusion.in_use.mean == 1
    assert fusion.best[0].late > 0
    assert (fusion.without_late.late, fusion.without_late.mean) == (0, 0)
    assert (fusion.in_use.late, fusion.in_use.lexical, fusion.in_use.names) == (LATE, LEXICAL, NAMES)


def test_each_set_is_left_out_once() -> None:
    """A set that wants another weight than the rest is shown what the rest would have chosen."""
    late = question(right_late=0.9, wrong_late=0.5, right_lexical=0.1, wrong_lexical=0.9)
    words = question(right_late=0.5, wrong_late=0.9, right_lexical=0.9, wrong_lexical=0.1)
    fusion = choose({"late": [late] * 2, "words": [words] * 2})

    assert fusion.left_out["late"].r_at_1 == {"late": 0, "words": 1}
    assert fusion.left_out["words"].r_at_1 == {"late": 1, "words": 0}


def test_a_question_without_candidates_is_not_found() -> None:
    """It counts, as a miss."""
    assert choose({"one": [Found((), ())]}).best[0].mean == 0
