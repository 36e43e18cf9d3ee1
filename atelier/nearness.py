"""Which initiatives say nearly the same: French words without their endings, compared as sets. Slow: off the loop."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from itertools import combinations
from re import findall
from typing import Any, NamedTuple

ALIKE = 80
"""Of 100: texts that share their words, in whatever order, come to more; unrelated ones to some 44."""
MOST = 60
"""Suggestions at a time: nobody reads more, and it bounds the work of a page."""
_COMMON = 60
"""A word that so many texts have tells nothing of two of them."""
_SHORT = 2
_EMPTY = frozenset({
    "au", "aux", "avec", "ce", "ces", "dans", "de", "des", "du", "elle", "en", "et", "eux", "il", "je", "la",
    "le", "les", "leur", "lui", "ma", "mais", "me", "mes", "mon", "ne", "nos", "notre", "nous", "ou", "par",
    "pas", "pour", "qu", "que", "qui", "sa", "se", "ses", "son", "sur", "ta", "te", "tes", "toi", "ton", "tu",
    "un", "une", "vos", "votre", "vous", "est", "sont", "être", "avoir", "faire",
})  # fmt: skip
"""Words that tell nothing of what a text says."""


class Text(NamedTuple):
    """A text, and what it can be compared with: others of the same `scope`."""

    id: str
    scope: object
    text: str


class Pair(NamedTuple):
    """Two texts, by their ids, and how alike they are, 0 to 100."""

    one: str
    other: str
    alike: float


def near_pairs(texts: Iterable[Text]) -> list[Pair]:
    """Return the pairs of one scope that say nearly the same, most alike first, `MOST` at most."""
    scopes: dict[object, list[Text]] = defaultdict(list)
    for each in texts:
        scopes[each.scope].append(each)
    found = [pair for same in scopes.values() for pair in _pairs(same)]
    return sorted(found, key=lambda pair: -pair.alike)[:MOST]


@lru_cache(20_000)
def words_of(text: str) -> str:
    """Return the words that tell something, without their endings, sorted."""
    words = [word for word in findall(r"\w+", text.lower()) if len(word) > _SHORT and word not in _EMPTY]
    return " ".join(sorted(set(map(_stem, words))))


@lru_cache(20_000)
def _stem(word: str) -> str:
    return str(_stemmer().stemWord(word))


@cache
def _stemmer() -> Any:
    # Imported for who asks: a start need not wait 20 ms for these two.
    import snowballstemmer  # type: ignore[import-untyped]

    return snowballstemmer.stemmer("french")


def _pairs(texts: Sequence[Text]) -> Iterator[Pair]:
    from rapidfuzz import fuzz

    told = {each.id: words_of(each.text) for each in texts}
    for one, other in {*_candidates(told), *_of_the_same_words(told)}:
        alike = fuzz.token_sort_ratio(told[one], told[other], score_cutoff=ALIKE)
        if alike:
            yield Pair(one, other, alike)


def _candidates(told: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Yield the pairs worth comparing: they share half of the words of the shorter one, rare ones among them."""
    having: dict[str, list[str]] = defaultdict(list)
    for name, words in told.items():
        for word in words.split():
            having[word].append(name)
    shared: Counter[tuple[str, str]] = Counter()
    for names in having.values():
        if len(names) <= _COMMON:
            shared.update(combinations(names, 2))
    counts = {name: len(words.split()) for name, words in told.items()}
    for (one, other), number in shared.items():
        if 2 * number >= min(counts[one], counts[other]):
            yield one, other


def _of_the_same_words(told: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Yield pairs that differ in nothing, however common their words are."""
    same: dict[str, list[str]] = defaultdict(list)
    for name, words in told.items():
        same[words].append(name)
    for names in same.values():
        yield from ((names[0], other) for other in names[1:])
