"""Every limit of a workshop, in one place. The pages receive them as data; nothing repeats them."""

INITIATIVE_CHARACTERS = 280
"""An initiative: what a wall shows in one glance. Beyond: `text-too-long`."""
MISSION_CHARACTERS = 140
"""A mission on the continuum. Beyond: `text-too-long`."""
LABEL_CHARACTERS = 140
"""The words of an action or of a free line, two lines of a printed sheet. Beyond: `text-too-long`."""
DEFINITION_CHARACTERS = 400
"""What an action means, or a reminder of it: a few lines of a phone. Beyond: `text-too-long`."""
SHORT_LABEL_CHARACTERS = 28
"""An action's short words, on a phone's card and a wall's row. Beyond: `text-too-long`."""
NAME_CHARACTERS = 60
"""The name of a person, a table, a place. Beyond: `text-too-long`."""
TITLE_CHARACTERS = 120
"""The workshop's title, its organiser; who does a decision, and when. Beyond: `text-too-long`."""
NOTE_CHARACTERS = 600
"""What was said of one table in the report-back, where it is one note. Beyond: `text-too-long`."""
REPORT_NOTE_CHARACTERS = 280
"""Each of the three notes of a table: an agreement, a disagreement, an initiative. Beyond: `text-too-long`."""
ANNOUNCEMENT_CHARACTERS = 140
"""One line on the wall and on all phones. Beyond: `text-too-long`."""
DECISION_CHARACTERS = 280
"""What was decided. Beyond: `text-too-long`."""

GROUPS = 12
"""Tables: a wall shows no more side by side. Beyond: `not-a-setup:groups`."""
ACTIONS = 24
"""Prepared actions. Beyond: `not-a-setup:actions`."""
EXAMPLES = 6
"""Examples of initiatives an action. Beyond: `not-a-setup:actions`."""
STAKES = 12
"""Stakes of the roadmap that a decision may be filed under. Beyond: `not-a-setup:stakes`."""
POLE_NAME_CHARACTERS = 28
"""What a doctrine calls one of its two schemes: a legend on a phone. Beyond: `SHEET_WRONG`."""
POLE_SHORT_CHARACTERS = 10
"""The same in short, in a table and beside a number. Beyond: `SHEET_WRONG`."""
SCALE_CHARACTERS = 18
"""One of the five words of a doctrine’s scale. Beyond: `SHEET_WRONG`."""
SCRIPT_CHARACTERS = 280
"""A sentence that a doctrine has said by the facilitator. Beyond: `SHEET_WRONG`."""
SCRIPT_SENTENCES = 10
"""Sentences, or things to do, of one phase of a doctrine. Beyond: `SHEET_WRONG`."""
DOCTRINE_MISSIONS = 20
"""Missions that a doctrine prints on the continuum. Beyond: `SHEET_WRONG`."""
LANDMARKS = 8
"""Reminders of a doctrine, and lines of each. Beyond: `SHEET_WRONG`."""
FREE_LINES = 14
"""Lines that tables may fill themselves. Beyond: `not-a-setup:free-lines`; all filled: `no-free-line`."""
LINES_WITH_FREE = 24
"""Prepared and free lines together: an A3 sheet. Beyond: `not-a-setup:lines`."""
PARTICIPANTS = 1_500
"""People present, half as many again as the plenary that is measured; not who has left. Beyond: `workshop-full`."""
PEOPLE_EVER = 6_000
"""People who ever came in, less those removed because they did nothing: coming and going must not fill the memory.
Beyond: `workshop-full:1500`."""
DAY_SLOTS = 40
"""Parts of the programme of a day. Beyond: `not-a-setup:slots`."""
DAY_ROOMS = 12
"""Workshops of a day, up to 144 groups. Beyond: `TOO_MANY_ROOMS`."""
EXPECTED_DEFAULT = 40
"""People expected if nobody says how many, 1 to 1,500: what a crowd is measured by. Beyond: `not-a-setup:expected`."""
DECISIONS = 20
"""Decisions: a wall and a page. Beyond: `too-many`."""
PREVIOUS_DECISIONS = 40
"""Decisions taken over from the workshop that one follows: its own, and what was still under way. Beyond:
`not-a-setup:previous`."""
DOTS = 10
"""Dots that a vote gives each person. Beyond: `not-a-vote`."""
DOTS_DEFAULT = 3
"""Dots a person if nobody says how many."""
PEOPLE_A_PHONE = 30
"""People for whom one phone votes: more than a table seats. Beyond: `not-a-vote`."""
KEYS = 50
"""Secret links that work at once. Beyond: `too-many`."""
INITIATIVES_PER_GROUP = 4_000
"""Initiatives of a table; the wall and the PDF are tried with 10,000 in a workshop. Beyond: `too-many`."""
MISSIONS_PER_GROUP = 200
"""Missions of a table, prepared ones included. Beyond: `too-many`."""
TEXTS_PER_PERSON = 200
"""Initiatives, missions, free lines and late texts of one person: no phone fills a table alone. Facilitators type in
as many as there are. Beyond: `text-quota`."""
LATE_TEXTS_PER_PERSON = 60
"""Texts that one person may leave with the facilitator after their phase. Beyond: `too-many`."""

PHOTOS_PER_GROUP = 4
"""Photos of a group’s sheet of paper: both its sides, twice. Beyond: `too-many-photos`."""

PHASE_MINUTES = 240
"""The clock of a phase, extended or not. Beyond: `clock-duration`."""
EXTENSION_SECONDS = 3_600
"""What is added to the clock at a time. Beyond: `clock-duration:240`."""
PURGE_DAYS_DEFAULT = 90
"""Days that a workshop is kept if nobody chooses."""
PURGE_DAYS_MAX = 365
"""Days that it may be kept. Beyond: `not-a-setup:purge`."""
QUARANTINE_DAYS = 7
"""Days that a workshop at its end is set aside before it is erased; the date that the door promises counts them in."""
ANNOUNCED_DAYS = 7
"""Days for which the home page and `atelier list` announce that a workshop will be set aside."""

GRACE_MS = 60_000
"""How long texts that were being written are still taken after their phase was left. Then: `phase-over`."""

PHASE_UNDO_MS = 60_000
"""How long the opening of a phase can be taken back. Then: `undo-too-late`."""

LEAVING_EARLY_MS = 120_000
"""Time left on the clock beyond which a phase with tables at work is not left unasked: `leaves-early`."""

SAME_PRESS_MS = 1_000
"""Two facilitators who add the same time to the same clock within it have pressed once."""
JOIN_CODE_MS = 20_000
"""How long the QR code stands over the wall’s scene when a facilitator shows it in large."""
REMOVAL_UNDO_MS = 60_000
"""How long what a facilitator removed by hand can be put back. Then: `put-back-too-late`."""
REMOVALS_REMEMBERED = 50
"""Removals of that minute which are remembered, the latest ones. The others: `nothing-to-undo`."""
