"""What a workshop of before said and decided, for tests of one that follows it; the doctrine's own actions."""

from dataclasses import replace

from atelier.doctrines.loading import load
from atelier.domain.previous import Previous, PreviousAction, PreviousDecision
from atelier.domain.values import DecisionStatus, Verdict

DOCTRINE = load("articulation")


def said(
    action: str, *words: tuple[int, int], of: int = 3, verdict: Verdict = Verdict.SHARED
) -> PreviousAction:
    """Return an action of which so many groups said these pairs of words."""
    fs, cn = (tuple(sum(pair[n] == word for pair in words) for word in range(5)) for n in range(2))
    return PreviousAction(id=action, label=action, verdict=verdict, of=of, fs=fs, cn=cn)


PREVIOUS = Previous(
    title="Le premier atelier", date="2026-01-15", doctrine="articulation",
    poles=("France services", "Conseiller numérique"), scale=DOCTRINE.scale, groups=3,
    actions=(
        said("aller-vers", (1, 2), (1, 2), (1, 2)),
        said("orienter", (0, 4), (4, 4), (0, 4), verdict=Verdict.DISCUSS),
        said("relayer", (1, 1), verdict=Verdict.TOO_FEW),
    ),
    decisions=(
        PreviousDecision(id="d1", what="Une affiche commune", who="Alice", due_on="2026-03-01"),
        PreviousDecision(id="d2", what="Se revoir", status=DecisionStatus.IN_PROGRESS),
    ),
)  # fmt: skip
"""« Aller vers » had one word an arm, « orienter » none on one of them, « relayer » too few answers."""
FOLLOWED = replace(
    PREVIOUS,
    title="Quelle doctrine pour l’articulation ? Premier atelier, à Saint-Dié-des-Vosges et à Épinal",
    actions=tuple(
        said(action.id, *[((n + k // 2) % 5, (2 * n) % 5) for k in range(3)])
        for n, action in enumerate(DOCTRINE.actions)
    ),
)
"""All its actions can be compared."""
