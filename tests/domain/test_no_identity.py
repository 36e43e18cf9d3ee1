"""An absent identity is nobody: two people without one would be the same."""

import pytest

from atelier.domain import commands as c
from atelier.domain.refusals import Code
from atelier.domain.values import Actor, Phase, Role, Trade
from tests.support.histories import given, joined, refused, workshop

COMMANDS: tuple[c.Command, ...] = (
    c.Join(trade=Trade.OTHER, group=1),
    c.SayReady(group=1, on=True),
    c.UndoLast(),
    c.Leave(participant=""),
)


@pytest.mark.parametrize("role", [Role.GUEST, Role.PARTICIPANT])
@pytest.mark.parametrize("command", COMMANDS)
def test_the_domain_knows_nobody_without_an_identity(role: Role, command: c.Command) -> None:
    nobody = Actor(role, "")
    given(workshop(Phase.ARTICULATIONS)).when(command, by=nobody).then(refused(Code.NO_IDENTITY))
    there = given(workshop(Phase.ARTICULATIONS), joined(Actor(Role.GUEST, ""), 1, name="Bob"))
    there.when(command, by=nobody).then(refused(Code.NO_IDENTITY))
