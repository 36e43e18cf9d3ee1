"""The facilitator of a journey in another engine, who needs no screen."""

import secrets

from tests.support.simulation.browser import Browser


class Desk:
    """A workshop that was just prepared, and its commands."""

    def __init__(self, base: str) -> None:
        self.base, self.browser = base, Browser(base)
        self.code = self.browser.post("/preparer", {})[1].split("/")[2]

    def act(self, command: str, **fields: object) -> None:
        status, _, body = self.browser.post(
            f"/animer/{self.code}/actes",
            {"command": command, "op": secrets.token_hex(16), **fields},
            "application/json",
        )
        assert status == 200, body
