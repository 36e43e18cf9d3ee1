"""What a screen shows, kept up to date by messages as the browser does it (static/js/live/swap.js, desk/feed.js).

Our own pages are regular: every element is closed, and what people wrote is escaped. So places are found by their
tags, without a parser, quickly enough for a room.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

_TAG = re.compile(r"<([a-zA-Z][\w-]*)\b[^<>]*>")
_VOID = {"area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
_ARRIVED = re.compile(r'<ol [^<>]*data-arrived="(\w+)" data-name="([^"]+)"[^<>]*>(.*?)</ol>', re.S)
_GONE = re.compile(r'<[^<>]* hx-swap-oob="delete"')
_INTO = re.compile(r' data-into="([^"]*)"')
_ONLY = re.compile(r' data-only="(\w+)"')
"""An item for lists that are cut, at their start, or for whole ones, which nobody asks for here."""
_CLASS = re.compile(r'\bclass="([^"]*)"')
_ITEM_AT = re.compile(r'data-at="(\d+)"')
_AGE = re.compile(r'(<span data-atelier-age=")\d+(">)[^<>]*')
"""What a page counts by its own clock from when it was drawn."""
_NAME = re.compile(r'(<span data-atelier-name="\d+">)[^<>]*')
"""A table's name where the page itself copies it from the table's card (static/js/desk/group-names.js)."""
_REACH = re.compile(r"(fs|cn)-(\d+|none)")
_FEED, _NEWS = "desk-feed", "arrived-"


class Replica:
    """One page: its HTML as received, changed by messages."""

    def __init__(self, page: str) -> None:
        self.html = page
        body = re.search(r"<body\b[^<>]*>", page)
        self.flags = dict(re.findall(r'\sdata-([\w-]+)="([^"]*)"', body[0] if body else ""))

    def apply(self, message: Mapping[str, Any]) -> None:
        """Show one message."""
        self.flags |= {name: str(value) for name, value in message.get("flags", {}).items()}
        for group, action, fs, cn, state, initiatives, *unsure in message.get("bars", ()):
            self._bar(f"{group}/{action}", (fs, cn), state, initiatives, *unsure)
        for name, fragment in roots(message.get("html", "")):
            if name.startswith(_NEWS):
                self._arrived(fragment)
            else:
                self._swap(name, fragment)

    def element(self, name: str) -> str | None:
        """Return the element with that id; spaces, ages and the order of classes apart. None when there is none."""
        found = _span(self.html, name)
        return None if found is None else _normal(self.html[found[0] : found[1]])

    def bars(self) -> dict[str, set[str]]:
        """Return how each bar of the page is drawn: by its name, the classes and states of all its drawings."""
        drawn: dict[str, set[str]] = {}
        for tag, name in re.findall(r'(<[^<>]*\sdata-bar="([^"]+)"[^<>]*>)', self.html):
            drawn.setdefault(name, set()).add(_drawn(tag))
        return drawn

    def differences(
        self, fresh: str, everything: Mapping[str, Any], apart: frozenset[str] = frozenset()
    ) -> list[str]:
        """Return what differs from the page as if loaded now; `everything` names the fragments to compare."""
        other = Replica(fresh)
        names = [name for name, _ in roots(everything.get("html", "")) if name not in apart]
        wrong = [f"#{name}" for name in names if self.element(name) != other.element(name)]
        mine = self.bars()
        wrong += [f"bar {name}" for name, drawn in other.bars().items() if mine.get(name) != drawn]
        flags = everything.get("flags", {})
        return wrong + [f"data-{name}" for name, value in flags.items() if self.flags.get(name) != str(value)]

    def _swap(self, name: str, fragment: str) -> None:
        found = _span(self.html, name) or self._room(fragment)
        if found is not None:
            drawn = "" if _GONE.match(fragment) else fragment
            self.html = self.html[: found[0]] + drawn + self.html[found[1] :]

    def _room(self, fragment: str) -> tuple[int, int] | None:
        """Where an item goes that is new in its list: at the end, unless it is for some lists only."""
        tag = fragment[: fragment.index(">")]
        into, only = _INTO.search(tag), _ONLY.search(tag)
        around = _span(self.html, into[1]) if into else None
        if around is None or (only and only[1] == "whole"):
            return None
        if only:
            start = self.html.index(">", around[0]) + 1
            return start, start
        end = self.html.rindex("</", 0, around[1])
        return end, end

    def _bar(
        self,
        name: str,
        reaches: tuple[int | None, int | None],
        state: str,
        initiatives: int,
        unsure: str = "",
    ) -> None:
        for start, end in reversed(list(_tags(self.html, f' data-bar="{name}"'))):
            tag = _with_reach(self.html[start:end], reaches, state, unsure)
            self.html = self.html[:start] + tag + self.html[end:]
        for start, end in reversed(list(_tags(self.html, f' data-initiatives="{name}"'))):
            tag = re.sub(r'data-count="[^"]*"', f'data-count="{initiatives}"', self.html[start:end])
            self.html = f"{self.html[:start]}{tag}{initiatives}{self.html[self.html.index('<', end) :]}"

    def _arrived(self, fragment: str) -> None:
        """Some initiatives, or all those of some lines, sorted into the feed, newest first."""
        found = _span(self.html, _FEED)
        if found is None:
            return
        opening = _TAG.match(self.html, found[0])
        assert opening is not None
        items = dict(roots(self.html[opening.end() : found[1]]))
        for scope, which, told in _ARRIVED.findall(fragment):
            mark = f' data-{scope}="{which}"'
            items = {name: item for name, item in items.items() if mark not in item}
            items |= dict(roots(told))
        ordered = sorted(items.items(), key=lambda item: (_at(item[1]), item[0]), reverse=True)
        feed = opening[0] + "".join(item for _, item in ordered) + "</ol>"
        self.html = self.html[: found[0]] + feed + self.html[found[1] :]


def roots(html: str) -> Iterator[tuple[str, str]]:
    """Yield the outermost elements of a fragment that have an id: id and HTML."""
    at = 0
    while (tag := _TAG.search(html, at)) is not None:
        at = _end(html, tag)
        name = re.search(r'\sid="([^"]+)"', tag[0])
        if name is not None:
            yield name[1], html[tag.start() : at]


def _tags(html: str, attribute: str) -> Iterator[tuple[int, int]]:
    """Yield where the tags with that attribute begin and end."""
    at = html.find(attribute)
    while at >= 0:
        yield html.rindex("<", 0, at), html.index(">", at) + 1
        at = html.find(attribute, at + 1)


def _span(html: str, name: str) -> tuple[int, int] | None:
    start = next(_tags(html, f' id="{name}"'), (-1, -1))[0]
    tag = _TAG.match(html, start) if start >= 0 else None
    return None if tag is None else (start, _end(html, tag))


def _end(html: str, tag: re.Match[str]) -> int:
    """Where the element that begins with `tag` ends."""
    if tag[1] in _VOID or tag[0].endswith("/>"):
        return tag.end()
    depth = 1
    for each in re.compile(rf"<(/?){tag[1]}\b[^<>]*?(/?)>").finditer(html, tag.end()):
        depth += -1 if each[1] else not each[2]
        if depth == 0:
            return each.end()
    raise ValueError(f"not closed: {tag[0]}")


def _with_reach(tag: str, reaches: tuple[int | None, int | None], state: str, unsure: str) -> str:
    classes = [name for name in _classes(tag) if not _REACH.fullmatch(name)]
    if "bar--discreet" not in classes:
        classes += [
            f"{arm}-{'none' if at is None else at}" for arm, at in zip(("fs", "cn"), reaches, strict=True)
        ]
    tag = re.sub(r' data-unsure="[^"]*"', "", tag)
    if unsure:
        tag = f'{tag[:-1]} data-unsure="{unsure}">'
    tag = _CLASS.sub(lambda _: f'class="{" ".join(classes)}"', tag, count=1)
    return re.sub(r'data-state="[^"]*"', f'data-state="{state}"', tag)


def _classes(tag: str) -> list[str]:
    found = _CLASS.search(tag)
    return found[1].split() if found else []


def _drawn(tag: str) -> str:
    state = re.search(r'data-state="([^"]*)"', tag)
    unsure = re.search(r'data-unsure="([^"]*)"', tag)
    reach = sorted(name for name in _classes(tag) if _REACH.fullmatch(name))
    return " ".join([*reach, state[1] if state else "", unsure[1] if unsure else ""])


def _normal(html: str) -> str:
    html = _ONLY.sub("", _INTO.sub("", html.replace(' hx-swap-oob="true"', "")))
    html = _AGE.sub(r"\1\2", _NAME.sub(r"\1", html))
    html = _CLASS.sub(lambda found: f'class="{" ".join(sorted(found[1].split()))}"', html)
    return re.sub(r"\s+", " ", re.sub(r">\s+<", "><", html)).strip()


def _at(item: str) -> int:
    found = _ITEM_AT.search(item)
    return int(found[1]) if found else 0
