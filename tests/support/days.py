"""A day of several rooms, made by its owner as people make it."""

from tests.support.visitors import BASE, Browser


class DayOwner(Browser):
    """Who prepares a day, through its forms."""

    code = ""

    def make(self, slots, title="Journée départementale", **fields):
        """Make a day of `slots`, each (starts, ends, room, title); return its code."""
        self.client.get("/journee", base_url=BASE)
        answer = self.post("/journee", {"title": title} | rows(slots) | fields)
        self.code = answer.headers["Location"].split("/")[2]
        return self.code

    def slots(self):
        """Return the ids of the slots, in their order."""
        fields = self.page(f"/journee/{self.code}/programme").select("input[name$=-id]")
        return [field["value"] for field in fields if field["value"]]

    def give_new(self, slot):
        """Create the workshop of a slot; return its code."""
        before = self._facilitated()
        self.post(f"/journee/{self.code}/creer", {"slot": slot})
        (made,) = self._facilitated() - before
        return made

    def _facilitated(self):
        with self.client.session_transaction() as kept:
            return set(kept.get("keys", {}))


def rows(slots):
    """Return the fields of the programme's rows."""
    found: dict[str, str] = {}
    for n, (starts, ends, room, title, *optional) in enumerate(slots, start=1):
        found |= {
            f"slot-{n}-{part}": value
            for part, value in (
                ("id", ""),
                ("starts", starts),
                ("ends", ends),
                ("room", room),
                ("title", title),
            )
        }
        if optional:
            found[f"slot-{n}-optional"] = "1"
    return found


ROOMS = (("09:30", "12:00", "Salle A", "Le nord"), ("09:30", "12:00", "Salle B", "Le sud", True))


def work(desk, phone, code, fs=75, cn=25, text="Une affiche commune"):
    """Have the first group place an action and write under it, and its facilitator open the report-back."""
    phone.join(code, name="Zébulon")
    desk.act(code, "open-phase", phase="articulations")
    phone.act(code, "place-action", group=1, action="orienter", fs=fs, cn=cn)
    phone.act(code, "post-initiative", group=1, action="orienter", text=text)
