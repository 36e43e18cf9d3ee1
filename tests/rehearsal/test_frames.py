"""Frames against another implementation (wsproto), cut anywhere as networks cut them."""

import itertools

from hypothesis import given
from hypothesis import strategies as st
from wsproto import frame_protocol as theirs

from atelier.rehearsal.frames import CLOSE, PING, PONG, TEXT, Frames, packed

SIZES = st.sampled_from([0, 1, 5, 125, 126, 127, 300, 65_535, 65_536, 70_000])
TEXTS = st.tuples(SIZES, st.sampled_from(["x", "é—x"])).map(lambda told: (told[1] * told[0])[: told[0]])


@given(st.lists(TEXTS, max_size=4), st.lists(st.integers(0, 200_000), max_size=6), st.booleans())
def test_what_a_server_sends_is_read_whole_however_it_is_cut(texts, cuts, in_parts):
    server = theirs.FrameProtocol(client=False, extensions=[])
    stream = bytearray()
    for text in texts:
        if in_parts and len(text) > 1:
            stream += server.send_data(text[:1], fin=False)
            stream += server.ping(b"between")
            stream += server.send_data(text[1:], fin=True)
        else:
            stream += server.send_data(text, fin=True)
    stream += server.close(1000)
    reader, heard = Frames(), []
    edges = sorted({min(cut, len(stream)) for cut in cuts} | {0, len(stream)})
    for start, end in itertools.pairwise(edges):
        heard += list(reader.feed(bytes(stream[start:end])))
    assert [payload.decode() for opcode, payload in heard if opcode == TEXT] == texts
    assert heard[-1][0] == CLOSE
    assert all(payload == b"between" for opcode, payload in heard if opcode == PING)


@given(TEXTS)
def test_what_a_phone_sends_is_read_by_a_server(text):
    server = theirs.FrameProtocol(client=False, extensions=[])
    server.receive_bytes(packed(TEXT, text.encode()) + packed(PONG, b"here"))
    heard = [(frame.opcode, frame.payload) for frame in server.received_frames()]
    said = [str(payload) for opcode, payload in heard if opcode is not theirs.Opcode.PONG]
    assert "".join(said) == text
    assert heard[-1] == (theirs.Opcode.PONG, b"here")
