"""A browser of a few lines that follows forms, inside the process that it asks; a house rule is held on each page."""

import io

from bs4 import BeautifulSoup

from atelier.doctrines.toml_file import written
from tests.support import house_rules

SEE_OTHER = 303
BASE = "http://localhost:8000"


class Browser:
    """One cookie jar, at one address."""

    def __init__(self, app, address="127.0.0.1"):
        self.client = app.test_client()
        self.client.environ_base["REMOTE_ADDR"] = address

    def get(self, path, status=200):
        answer = self.client.get(path, base_url=BASE)
        assert answer.status_code == status, (path, answer.status_code, answer.text[:300])
        if answer.mimetype == "text/html" and status != SEE_OTHER:
            house_rules.check(path, answer.text)
        return answer

    def page(self, path):
        return self.soup(self.get(path))

    def soup(self, answer):
        return BeautifulSoup(answer.text, "lxml")

    def post(self, path, data, status=303, **headers):
        """Send a form; that of « Préparer » was opened before, and gave a cookie."""
        if path == "/preparer" and self.client.get_cookie("atelier") is None:
            self.client.get(path, base_url=BASE)
        headers.setdefault("Origin", BASE)
        answer = self.client.post(path, data=data, base_url=BASE, headers=headers)
        assert answer.status_code == status, (path, answer.status_code, answer.text[:300])
        return answer

    def act(self, code, command, status=200, **fields):
        fields = {name: str(value) for name, value in fields.items()}
        data = {"command": command, "op": fields.pop("op", next_op()), **fields}
        return self.post(f"/a/{code}/actes", data, status, Accept="application/json").json

    def prepare(self, **fields):
        answer = self.post("/preparer", fields)
        return answer.headers["Location"].split("/")[2]

    def bring(self, doctrine):
        """Keep a doctrine on the server by its file; return its id."""
        self.client.get("/fiches", base_url=BASE)
        file = io.BytesIO(written(doctrine).encode())
        answer = self.post("/fiches/fichier", {"file": (file, "fiche.toml")})
        return answer.headers["Location"].split("?")[0].split("/")[2]

    def join(self, code, trade="fs", group=1, name=""):
        self.client.get(f"/r/{code}", base_url=BASE)
        return self.act(code, "join", trade=trade, group=group, name=name)


_ops = iter(range(10**9))


def next_op():
    return f"operation-{next(_ops):08d}"
