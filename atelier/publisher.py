"""The body that deploys the program: what the law asks it to say of itself, from `ATELIER_…` variables."""

from dataclasses import dataclass, fields


@dataclass(frozen=True, slots=True, kw_only=True)
class Publisher:
    """Who answers for the service: `ATELIER_PUBLISHER_BODY` and so on.

    All may be empty on a laptop: each workshop’s organiser is named at its door.
    """

    body: str = ""
    address: str = ""
    director: str = ""
    host: str = ""
    contact: str = ""
    dpo: str = ""
    scheme: str = ""
    """Address of the multi-year accessibility scheme; it may be empty."""

    @property
    def missing(self) -> tuple[str, ...]:
        """The names of the variables that a public server still needs."""
        return tuple(
            f"ATELIER_PUBLISHER_{each.name.upper()}"
            for each in fields(self)
            if each.name != "scheme" and not getattr(self, each.name)
        )


def from_variables(variable: dict[str, str]) -> Publisher:
    """Return what the `ATELIER_PUBLISHER_…` of an environment say."""
    names = (each.name for each in fields(Publisher))
    return Publisher(
        **{name: variable.get(f"ATELIER_PUBLISHER_{name.upper()}", "").strip() for name in names}
    )
