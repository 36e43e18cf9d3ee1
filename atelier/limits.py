"""Every limit of the server, in one place; those of what a workshop holds are in domain/limits.py.

docs/limits.md is written from both (`python -m tools.limits_page`), with what people read when they meet one.
"""

WORKSHOPS_OPEN = 1_000
"""Workshops a process keeps in memory: 260 kB and three open files each before anybody wrote. One that nobody watches
makes room for the next; when all are watched, `FULL`."""

FORM_BYTES = 64 * 1024
"""A form, the longest being a setup. Beyond: `413`."""

EXPORT_BYTES = 8_000_000
"""A JSON export of a workshop that another one follows: some 10,000 initiatives. Beyond: `EXPORT_TOO_HEAVY`."""
PREVIOUS_BYTES = 200_000
"""What is kept of it, as the preparation form brings it back. Beyond: `not-a-setup:previous`."""

SHEET_FILE_BYTES, SHEET_FORM_BYTES = 128 * 1024, 512 * 1024
"""The file of a doctrine with every text at its limit, and its form, where an accent takes six bytes. Beyond:
`SHEET_NO_FILE`; `413`."""
SHEETS_REMEMBERED = 8
"""Doctrines whose keys one browser’s cookie holds. The oldest is forgotten: its link opens it again."""

PHOTO_BYTES = 400_000
"""A photo of a sheet of paper, as it is sent and as it is kept: the browser makes it smaller before. Beyond:
`PHOTO_TOO_HEAVY`."""

PHOTO_PIXELS, PHOTO_SIDE = 5_000_000, 2_200
"""By which memory and time to read a photo are bounded; and its longer side as it is kept, to which browsers bring it
before. Beyond the first: `PHOTO_TOO_WIDE`."""

LOGO_BYTES, LOGO_SIDE, LOGOS = 400_000, 1_000, 6
"""A logo as it is sent and as it is kept, a PNG of its pixels; its longer side; how many a page has. Beyond:
`LOGO_TOO_HEAVY`, `LOGOS_FULL`."""

DIRECTORY_LONG_CHARACTERS, DIRECTORY_TASKS, DIRECTORY_DATES, DIRECTORY_OFFERS = 280, 30, 30, 10
"""A sentence of a page « Qui fait quoi ? »; its lines, its dates, and what each scheme offers."""

DIRECTORIES_REMEMBERED = 10
"""Such pages in one browser’s cookie. The oldest is forgotten: its link opens it again."""

PLACE_CHARACTERS, PLACE_LONG_CHARACTERS, PLACE_VALUES = 140, 400, 20
"""A field of a place on a page « Qui fait quoi ? »; its address, hours, links and presentation; how many services or
networks it has. What a file says beyond is cut, and said row by row."""

PLACES, PLACES_FILE_BYTES = 1_000, 16 * 1024 * 1024
"""Places of such a page, four times a large département’s; a file of places, which may be that of a region and is
narrowed down as it is read. Beyond: `TOO_MANY_PLACES`, `PLACES_TOO_HEAVY`."""

WRITES_PER_S, WRITES_AT_ONCE = 10.0, 30
"""Acts of one person: more than two thumbs, and what an outbox sends when it is back. Beyond: `TOO_FAST`."""

DRAFT_CHARACTERS, DRAFTS = 8_000, 200
"""A text that is being typed on the desk, many times what is meant, and how many of a workshop. Beyond, the browser
alone keeps it: `413`."""

CROWD_TIMES = 3
"""Times the people who were expected that come in as fast as they scan. Beyond, a pace, unless all are let in."""

NEWCOMERS_PER_S, NEWCOMERS_AT_ONCE = 2.0, 10
"""Newcomers of a crowd that nobody expected, a workshop. Who has a seat is never counted. Beyond: `CROWD`."""

TURN_AFTER_S = 60.0
"""Longest wait that a newcomer is promised; others ask again by then. A turn not asked for in twice that is dropped."""

WAITING_COUNTED = 1_000
"""Newcomers who are remembered while they wait, a workshop; further ones wait uncounted."""

PREVIEWS_PER_S = 8
"""Previews of one person's pulled arm, a second; between two of them the last position wins."""

PREVIEW_WINDOW_S = 0.05
"""Seconds within which the previews of several people are batched into one message."""

FAILURES_PER_S, FAILURES_AT_ONCE = 0.5, 40
"""Wrong codes and links from one network (an IPv4 address, an IPv6 /64) before its next ones are slowed down. Who holds
a seat, a desk or a wall is neither counted nor slowed; nor is who asks for a code that people there are in already."""

FAILURE_PAUSE_S, FAILURES_WAITING, ALL_FAILURES_WAITING = 2.0, 64, 256
"""The longest pause before an unknown code is looked at, how many of one network may be in it at once, and of all.
So one network tries 32 codes a second at most, and all that fail often 128 together: 31^6 codes take one network 321
days, and it finds a given workshop within three hours once in 2,600. Beyond: `429`."""

ALL_FAILURES_PER_S, ALL_FAILURES_AT_ONCE = 5.0, 300
"""Wrong codes and links from all networks together, before the answer to the next wrong one takes its time. Nobody is
refused for it."""

CODES_AT_HOME, CODE_AT_HOME_S = 20_000, 3600.0
"""Pairs of a network and the code of a workshop that people there are in, and how long each is remembered: whoever
scans that QR code in that room gets in at once, whatever is guessed beside them."""

CREATE_KEY_CHARACTERS = 16
"""The shortest creation key: shorter ones are words, which are guessed even slowly. The server does not start."""

CREATE_KEYS_PER_S, CREATE_KEYS_AT_ONCE = 0.1, 10
"""Wrong creation keys from one network before its next ones are slowed down as codes are."""

CREATE_KEYS_WAITING, ALL_CREATE_KEYS_WAITING = 8, 64
"""Creation keys of one network that may wait at once, and of all: 4 tries a second, 32 in all. Beyond: `429`."""

RETURNS_PER_S, RETURNS_AT_ONCE = 0.1, 10
"""Wrong codes to return from one browser, before its next ones are slowed down: then one at a time."""

NETWORK_RETURNS_PER_S, NETWORK_RETURNS_AT_ONCE = 0.2, 60
"""The same from one network, whatever browsers it says it has."""

RETURN_PAUSE_S, RETURNS_WAITING, ALL_RETURNS_WAITING = 5.0, 8, 64
"""The longest pause before a code to return is looked at, how many of one network may be in it at once, and of all.
So one network tries 1.6 a second: one of 31^6 codes that fits somebody is found after some 160 days among 40 people,
four days among 1,500. Beyond: `429`."""

GOODBYE_S = 0.5
"""Seconds between telling a screen that it lost its right to listen and closing its connection; nothing else is sent to
it meanwhile."""

WIFI_CHARACTERS = 64
"""The name and the password of the room's Wi-Fi, as the standard has them. Beyond: `text-too-long`."""

WORKSHOPS_REMEMBERED = 40
"""Workshops in one browser's cookie, which must stay below 4 kB. The oldest is forgotten: its link opens it again."""

FEED_PAGE = 60
"""Texts that the desk's feed draws at a time; « Les suivants » asks for as many more."""
FEED_PEOPLE = 20
"""First names among them, those of who came last; its filter shows all."""

LOST_LISTED = 60
"""Workshops that « Retrouver mon lien » lists, on the computer that serves: each is opened to be named."""

HELD_AT_MOST = 10_000
"""Acts that a phone may say it holds; a larger number is not believed."""

WINDOW_FLUSHES, WINDOW_MIN_S, WINDOW_MAX_S = 4.0, 0.005, 0.045
"""Window in which changes of a workshop are coalesced: a multiple of the time the last rendering took, between these
bounds in seconds. Rendering takes a quarter of a core at most, and no wait is noticeable."""

LARGE_ROOM, LARGE_ROOM_FLUSHES = 500, 8.0
"""The multiple in rooms of that many screens, where sending is most of what a change costs, evenly till there."""

PEOPLE_S = 1.0
"""Seconds between two renderings of presence: N arrivals would otherwise cost O(N²) messages."""

COOKIES_BYTES, COOKIE_KEPT_S = 32 * 1024 * 1024, 3_600.0
"""Cookies that a process recognises without verifying their signature again, some 8 kB each; and for how long."""

ADDRESSES_KEPT = 1_000
"""Addresses and hosts of requests whose reading is remembered, of 80 characters at most each."""

DOORS_BYTES, SEATED_BYTES = 4 * 1024 * 1024, 4 * 1024 * 1024
"""Drawn pages of doors that are kept, some 10 kB each, and drawn lists of who sits at a table; as long as the next."""

SKELETONS_BYTES, SKELETON_S = 32 * 1024 * 1024, 20.0
"""Drawn pages of a table that are kept, some 150 kB each, and for how long: they say since when a card is placed."""

CARDS_BYTES = 16 * 1024 * 1024
"""Drawn cards of such pages that are kept, some 8 kB each and half a kilobyte more for each initiative, as long as the
pages: after a change, one of fourteen is drawn anew."""

CARD_SHOWS = 20
"""Initiatives of a card that a phone’s page brings, the latest ones: the others come when they are asked for."""

OWN_SHOWN = 4
"""Initiatives of one’s own that are edited without scripts at the end of a page, the last ones and those of the card
that is open: a link leads to all of them."""

CARD_LISTS_BYTES = 8 * 1024 * 1024
"""Cards whose initiatives are kept sorted out, 0.2 kB for each initiative, as long as the pages."""

ANSWERS_BYTES, ANSWER_KEPT_S = 16 * 1024 * 1024, 2.0
"""Answers of « what changed since » that are kept, and for how long: a room that comes back asks for the same ones."""

CHOICES_BYTES, CHOICES_KEPT_S = 8 * 1024 * 1024, 600.0
"""Lists of what is voted for that are kept, and for how long: a room asks for the same one."""
CHOICES_MARKS = 32
"""States of sheets of which it is known whether they change that list."""

MARKS_BYTES, MARK_KEPT_S = 8 * 1024 * 1024, 3_600.0
"""Marks of setups that are kept, some 6 kB each with the setup that they are of, and for how long."""

QR_BYTES, QR_KEPT_S = 4 * 1024 * 1024, 3_600.0
"""Drawn QR codes that are kept, some 2 to 10 kB each, and for how long."""

ARRIVALS_MISSED = 500
"""Arrivals that a phone may have missed between its page and its connection without having to ask what changed."""

LATE_READER_FACTS = 2_000
"""Facts kept in memory for readers that missed some; who missed more is sent everything, which is shorter."""

OPERATION_BITS = 1 << 19
"""Bits by which a workshop knows older operations from new ones (64 kB); at 50,000, one act in 60 asks the disk."""

COMMIT_TIMEOUT_S = 20
"""Seconds an act waits for its commit. Then: `STORAGE_FAILED`."""

COMMITTERS = 8
"""Threads that commit: so many workshops' disks may hang before others wait."""

PDFS_AT_ONCE = 2
"""PDFs in the making; further ones wait their turn, so that live screens keep the processor."""

PDF_TURN_S, PDF_S = 120, 1200
"""Seconds a document waits for its turn, then seconds it may take on a busy machine. Then: `busy`, `too-long`."""

SHEETS_PER_S, SHEETS_AT_ONCE = 0.05, 4
"""Times a second that one person may ask for the PDF of their group’s sheet, and at once. Beyond: `TOO_MANY_SHEETS`."""

KEPT_SHEETS_BYTES, KEPT_SHEET_S = 16 * 1024 * 1024, 120.0
"""PDFs of groups’ sheets that are kept for their members, some 100 kB each, and for how long: a room that closes asks
for the same ones."""

PDF_CPU_S = 120
"""Seconds of the processor that a document may take: a busy laptop only takes longer. Then: `too-long`."""

PDF_MEMORY_BYTES = 3 * 1024**3
"""Address space of a process that makes a PDF, so that a runaway page cannot exhaust the machine. Then: `memory`."""

PURGE_LOOK_S = 600
"""How long a look for workshops that have come to their end may take; the next one goes on otherwise."""

PURGE_FIRST_S, PURGE_EVERY_S = 120, 6 * 3600
"""When, after its start, a server first looks for workshops that have come to their end, and how often from then on."""

PURGE_CONFIRM_S = 24 * 3600
"""Real time for which a workshop must have been due, seen at two looks or more, before it is set aside."""

QUARANTINE_S = 7 * 24 * 3600
"""Real time for which it stays set aside before it is erased."""

BACKUP_CONFIRM_S = 8 * 24 * 3600
"""Real time for which a copy must have been due, seen by two backups or more, before it is deleted."""

MESSAGE_BYTES = 32 * 1024
"""The longest message a client may send, on either transport. Ours are a few hundred bytes. Beyond: closed, or 413."""

QUEUE_BYTES = 1024 * 1024
"""Bytes that wait for one reader; one more message and it is disconnected, and catches up when it is back."""

QUEUE_SECONDS = 10.0
"""Seconds a frame may wait for one reader; then it is disconnected likewise."""

SEND_BUFFER_BYTES = 128 * 1024
"""Kernel send buffer (SO_SNDBUF) of one reader; Linux would grow it to 4 MB each, which no limit of ours sees."""

INCOMING_RATE, INCOMING_BURST = 50.0, 200.0
"""Frames a second that are read from one client, and at once, pings and fragments included; a frame counts once more
for each kilobyte. Beyond them it is read more slowly, nothing is lost."""

LONGEST_PAUSE_S = 5.0
"""Longest pause in reading from one client: none of our pages sends so much. Beyond: closed."""

FRAMES_A_TURN = 8
"""Frames of one client that are handled in a row before others get their turn."""

PACKETS_A_POST = 200
"""Packets of one polling request: what a page had to say while the last one was under way. Beyond: closed."""

ENTER_S = 5.0
"""From the handshake of a connection until it is admitted to a workshop, counted while the server is not held up
itself. Then: closed."""

ENTERING_FRAMES = 20
"""Frames of a WebSocket that is not admitted yet; a page sends two or three. Beyond: closed."""

ENTERING_AT_ONCE = 2_000
"""Connections that are not admitted yet, some 10 kB each: more than a plenary that comes back in one second. The
oldest is closed for the next one."""

RECEIVE_BYTES = 16 * 1024
"""Bytes read from a socket at a time."""

LINGER_SECONDS, LINGER_BYTES = 1.0, 4 * 1024 * 1024
"""Drained after a close frame, so that the other side receives it."""

SLICE = 100
"""Readers sent to in a row before yielding to other greenlets: some 0.8 ms that an answer may wait."""

PING_INTERVAL_S, PING_TIMEOUT_S = 20, 15
"""engine.io's own ping: how a connection that died without a word is found. Phones watch the beat instead."""

BACKLOG = 2048
"""Connections waiting for accept(): a whole plenary that scans at once, for some seconds; the system may allow less."""

HEAD_S, HEAD_BYTES, HEAD_LINES = 20.0, 16 * 1024, 100
"""Deadline, size and headers of a request's whole head. Beyond: answered 408 or 400, and closed."""

BODY_S = 20.0
"""Deadline of the whole body likewise. Beyond: 408, and closed."""

READ_AHEAD_BYTES = 2048
"""Read at a time of a request; each open connection holds as much."""

DOCUMENT_S = 600.0
"""How long a node of a database keeps a document that it made: time to fetch it, no copy of words erased since."""

CLOCK_LOOK_S = 30.0
"""How often a node compares its clock with the database’s, by which acts are stamped: each drifts, or is set."""

CLOCK_QUIET_S, CLOCK_FOLLOWED_MS = 120.0, 2_000
"""After so many seconds without an act, acts follow the machine’s date again, should it have jumped by more than that
many milliseconds: longer than a minute to undo, shorter than a pause."""

KEEP_ALIVE_S = 75.0
"""Seconds between two requests of a connection (HTTP keep-alive)."""

LEFTOVER_BYTES, LEFTOVER_S = 4 * 1024 * 1024, 1.0
"""Drained of a refused body, so that the refusal arrives."""

DAY_KEPT_S = 3.0
"""How long the rooms of a day are read once for everybody who asks: phones and walls ask again every few seconds."""

LIBRARY_ITEMS = 10_000
"""What a server keeps beyond its workshops: pages, results, doctrines, days of all of them. Beyond: refused."""

LIBRARY_BODY_BYTES = 2 * 1024 * 1024
"""One revision of an item: a page of 250 places with all that is said of them takes a fifth of it. Beyond: `413`."""

LIBRARY_BLOB_BYTES, LIBRARY_BLOBS = 400_000, 12
"""A logo beside an item, and how many it may have. Beyond: `413`."""

LIBRARY_REVISIONS = 30
"""Revisions of an item that are kept, so that what was changed by mistake can be put back; older ones are erased."""
