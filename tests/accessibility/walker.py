"""Somebody who uses a page by its keys alone, or by its accessibility tree alone; what they meet is written down."""

import re

TABS = 120
"""Stops on a page: who has passed more of them has gone around."""
MET = ("checked", "expanded", "pressed", "invalid")
"""Not « disabled »: a control that has just come rests for a moment (press-guard.js)."""
NAMED = (
    "button", "link", "heading", "DisclosureTriangle", "radio", "checkbox", "textbox", "combobox", "slider",
    "spinbutton", "image", "navigation", "region", "complementary", "dialog", "table", "columnheader", "rowheader",
    "timer",
)  # fmt: skip
"""Roles that are told with a name: one without is a fault."""
SAY_ALL = (
    "button",
    "link",
    "heading",
    "DisclosureTriangle",
    "radio",
    "checkbox",
    "textbox",
    "LabelText",
    "Legend",
)
TOLD_ELSEWHERE = ("status", "alert")
"""What comes and goes: announcements.tsv."""
CHANGING = (
    (r"\b\d+\.\d+\.\d+\.\d+:\d+", "ADRESSE"), (r"En attente d’envoi|En direct|Reconnexion…", "Enregistré"),
    (r"\b\d{1,2}:\d\d\b", "M:SS"), (r"\b\d{1,2}\sh\s\d\d\b", "H h MM"), (r"\b\d{4}-\d\d-\d\d\b", "DATE"),
    (r"\b\d{1,2}\s\w+\s20\d\d\b", "DATE"), (r"\b\d\s?connecté", "N connecté"), (r"il y a \d+\s\w+", "à l’instant"),
    (r"\b[2-9A-Z]{3}[ -]?[2-9A-Z]{3}\b(?=[ .,·»\n]|$)", "CODE"),
    (r"(Show \w+ picker) \1", r"\1"),
)  # fmt: skip
"""What differs from run to run, and from one Chromium to the next."""


def lasting(words):
    """Return what is the same in every run."""
    for pattern, instead in CHANGING:
        words = re.sub(pattern, instead, words.replace(" \u00a0", "\u00a0"))
    return words


class Walker:
    """A page, and the transcript of what is met on it. `lines` goes on from page to page."""

    def __init__(self, page, who, lines):
        self.page, self.who, self.lines = page, who, lines
        self.cdp = page.context.new_cdp_session(page)
        self.nameless = []

    def note(self, words):
        self.lines.append(lasting(words))

    def begin(self, goal):
        """Write down what one sets out to do, on which page."""
        self.note(f"\n{self.who}, « {self.page.title()} » : {goal}")

    def said(self, node):
        """Return a node as it is read out: its role, its name, its states."""
        role, name = node["role"]["value"], node.get("name", {}).get("value", "").strip()
        states = [
            f"{each['name']} {each['value']['value']}"
            for each in node.get("properties", [])
            if each["name"] in MET and each["value"]["value"] not in (False, "false")
        ]
        value = node.get("value", {}).get("value", "")
        if not name and role in NAMED:
            self.nameless.append((self.page.title(), role, states))
        return " ".join([role, f"« {name} »", *([f"= {value}"] if value else []), *states])

    def until(self, condition):
        self.page.wait_for_function(condition)

    def focused(self):
        """Return the node that has the focus."""
        at = self.cdp.send("Runtime.evaluate", {"expression": "document.activeElement"})["result"]["objectId"]
        tree = self.cdp.send("Accessibility.getPartialAXTree", {"objectId": at, "fetchRelatives": False})
        return tree["nodes"][0]


class ByKeyboard(Walker):
    """Tab, Enter, the arrows and letters; every stop is written down."""

    def press(self, words, role="button"):
        self.reach(words, role)
        self.page.wait_for_function("() => !document.activeElement.hasAttribute('data-resting')")
        self.key("Enter")

    def type(self, words, text):
        self.reach(words, "textbox")
        self.page.keyboard.insert_text(text)
        self.note(f"  écrit « {text} »")

    def choose(self, words):
        self.reach("", "radio")
        for _ in range(8):
            told = self.said(self.focused())
            if f"« {words}" in told:
                self.key(" ")
                return
            self.key("ArrowRight")
            self.note(f"  {self.said(self.focused())}")
        raise AssertionError(f"no way by arrows to {words}")

    def reach(self, words, role):
        for _ in range(TABS):
            self.page.keyboard.press("Tab")
            node = self.focused()
            if node["role"]["value"] in ("generic", "RootWebArea"):
                self.note("  Tab : la barre du navigateur, puis la page à nouveau")
                continue
            told = self.said(node)
            self.note(f"  Tab : {told}")
            if node["role"]["value"] == role and words in told:
                return
        raise AssertionError(f"no way by Tab to {role} {words}")

    def key(self, key):
        self.page.keyboard.press(key)
        self.note(f"  {'Espace' if key == ' ' else key}")


class ByTree(Walker):
    """The tree that a screen reader gets: what has come into it since is written down; acts go by role and name."""

    def __init__(self, page, who, lines):
        super().__init__(page, who, lines)
        self.before = set()

    def tree(self):
        """Return the nodes in the order in which they are read; text that is in a name is not read twice."""
        nodes = {node["nodeId"]: node for node in self.cdp.send("Accessibility.getFullAXTree")["nodes"]}

        def below(node, told):
            role = node["role"]["value"]
            if role in TOLD_ELSEWHERE:
                return
            if not node["ignored"] and (role in NAMED or (role == "StaticText" and not told)):
                yield node
            for each in node.get("childIds", []):
                if each in nodes:
                    yield from below(nodes[each], told or role in SAY_ALL)

        return list(below(next(iter(nodes.values())), told=False))

    def read(self):
        """Write down what is new on the page; a number alone is a count, which may be told a moment later."""
        told = [lasting(self.said(node)) for node in self.tree()]
        for each in told:
            if each not in self.before and re.search(r"[^\W\d]", each.removeprefix("StaticText")):
                self.note(f"  {each.removeprefix('StaticText ')}")
        self.before |= set(told)

    def press(self, words, role="button"):
        self._do(role, words, "this.click()")
        self.note(f"  → {role} « {words} »")

    def type(self, words, text):
        self._do("textbox", words, "this.focus()")
        self.cdp.send("Input.insertText", {"text": text})
        self.note(f"  → textbox « {words} » : « {text} »")

    def choose(self, words):
        self.press(words, "radio")

    def _do(self, role, words, script):
        self.page.wait_for_function("() => !document.querySelector('[data-resting]')")
        self.read()
        found = [
            each for each in self.tree() if each["role"]["value"] == role and words in each["name"]["value"]
        ]
        assert found, f"no {role} « {words} » in the tree of « {self.page.title()} »"
        node = self.cdp.send("DOM.resolveNode", {"backendNodeId": found[0]["backendDOMNodeId"]})["object"]
        call = {"objectId": node["objectId"], "functionDeclaration": f"function () {{ {script} }}"}
        self.cdp.send("Runtime.callFunctionOn", call)
