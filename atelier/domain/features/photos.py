"""Photos of a group's sheet of paper: which ones there are. Their bytes are attachments of the journal, by their id."""

from dataclasses import dataclass

from atelier.domain import limits, lookup
from atelier.domain.acts import Act, Command, Event, Fact
from atelier.domain.parts import put, with_group
from atelier.domain.refusals import Code, Refused
from atelier.domain.registry import command, decides, event, evolves
from atelier.domain.rules import SUPPORTING, everyone
from atelier.domain.state import Photo, Workshop

# --- commands


@command(everyone(SUPPORTING))
class KeepPhoto(Command):
    """Keep a photo of a group’s sheet: the SHA-256 of its bytes, which come by a way of their own. The same photo again
    changes nothing. Participants: the rapporteur of the group only."""

    group: int
    digest: str


@command(everyone(SUPPORTING))
class RemovePhoto(Command):
    """Delete a photo, for good. Participants: the rapporteur of the group only."""

    group: int
    photo: str


# --- events


@dataclass(frozen=True, slots=True, kw_only=True)
class _OfAPhoto(Event):
    group: int
    photo: str


@event("photo.added", stale=(), story="groupe {group} : une photo de la fiche est gardée")
class PhotoAdded(_OfAPhoto):
    """The photo is in the journal’s file, written with this fact."""

    digest: str


@event("photo.removed", stale=(), story="groupe {group} : une photo de la fiche est supprimée")
class PhotoRemoved(_OfAPhoto):
    """The photo has left the journal’s file with this fact."""


# --- deciding


@decides
def keep_photo(state: Workshop, act: Act, command: KeepPhoto) -> tuple[Event, ...]:
    """Up to what a group may keep."""
    photos = lookup.reported(state, command.group, act.by).photos
    if any(photo.digest == command.digest for photo in photos.values()):
        return ()
    if len(photos) >= limits.PHOTOS_PER_GROUP:
        raise Refused(Code.TOO_MANY_PHOTOS, str(limits.PHOTOS_PER_GROUP))
    if any(act.fresh_id in group.photos for group in state.groups):
        raise Refused(Code.ALREADY_USED)
    return (PhotoAdded(group=command.group, photo=act.fresh_id, digest=command.digest),)


@decides
def remove_photo(state: Workshop, act: Act, command: RemovePhoto) -> tuple[Event, ...]:
    """Nothing changes where it is gone already."""
    if command.photo not in lookup.reported(state, command.group, act.by).photos:
        return ()
    return (PhotoRemoved(group=command.group, photo=command.photo),)


# --- evolving


@evolves
def photo_added(state: Workshop, fact: Fact, event: PhotoAdded) -> Workshop:
    """Last of its group."""
    photo = Photo(id=event.photo, digest=event.digest, kept_at=fact.at)
    return with_group(state, event.group, photos=put(state.group(event.group).photos, photo.id, photo))


@evolves
def photo_removed(state: Workshop, fact: Fact, event: PhotoRemoved) -> Workshop:
    """No undo brings it back."""
    photos = state.group(event.group).photos
    return with_group(
        state, event.group, photos={key: each for key, each in photos.items() if key != event.photo}
    )
