"""What everybody sees or is told."""

from dataclasses import dataclass

from atelier.domain.values import Scene


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnouncementMade:
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnouncementCleared:
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class WallViewChosen:
    scene: Scene
    group: int
    action: str
    page: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ArmsHidden:
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class ArmsRevealed:
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class FooterOpened:
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class FooterRestricted:
    pass
