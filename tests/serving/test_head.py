"""The head of a request: what every reader reads alike is read, all else is refused."""

import io

import pytest

from atelier.limits import HEAD_LINES
from atelier.serving.head import Malformed, headers_in


def headers(text):
    return headers_in(io.BytesIO(text))


def test_names_have_any_case_and_values_no_space_around_them():
    found = headers(
        b"Host:localhost\r\nCOOKIE: \t a=b \t\r\nContent-type: text/plain\r\n\r\nHost: behind\r\n"
    )
    assert found.get("host") == "localhost"
    assert found.get("Cookie") == "a=b"
    assert found.typeheader == "text/plain"
    assert found.get("accept", "*/*") == "*/*"
    assert dict(found.environ()) == {"HTTP_HOST": "localhost", "HTTP_COOKIE": "a=b"}


def test_the_first_of_several_counts_and_all_are_told():
    found = headers(b"Content-Length: 5\r\ncontent-length: 6\r\n\r\n")
    assert found.get("content-length") == "5"
    assert found.get_all("content-length") == ["5", "6"]


def test_an_underscore_passes_for_no_hyphen():
    assert dict(headers(b"X_Forwarded_For: 10.0.0.1\r\nX-Other: 1\r\n\r\n").environ()) == {
        "HTTP_X_OTHER": "1"
    }


@pytest.mark.parametrize(
    "line",
    [
        b"Content-Length : 5",
        b"Host: localhost\r\n Content-Length: 5",
        b"Accept: a\rContent-Length: 5",
        b"Accept: a\0b",
        b"no colon",
        b": no name",
        b"Caf\xe9: x",
    ],
)
def test_what_two_readers_may_read_differently_is_refused(line):
    with pytest.raises(Malformed):
        headers(line + b"\r\n\r\n")


def test_more_headers_than_anybody_sends_are_refused():
    assert headers(b"X: y\r\n" * HEAD_LINES + b"\r\n")
    with pytest.raises(Malformed):
        headers(b"X: y\r\n" * (HEAD_LINES + 1) + b"\r\n")
