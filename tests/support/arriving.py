"""False arrivals: joins without a browser, each under an identity of its own, as fast as the server answers."""

import http.client
import json
import secrets
import urllib.parse
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

from tests.support.running import RunningServer

AT_ONCE = 8


def flood(server: RunningServer, code: str, arrivals: int) -> Counter[int]:
    """Have so many strangers come to the entrance and join; return how often each status was answered."""
    shares = [range(n, arrivals, AT_ONCE) for n in range(AT_ONCE)]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        return sum(pool.map(lambda share: _strangers(server, code, share), shares), Counter())


def _strangers(server: RunningServer, code: str, share: range) -> Counter[int]:
    connection = http.client.HTTPConnection("localhost", server.port, timeout=60)
    answers: Counter[int] = Counter()
    for n in share:
        connection.request("GET", f"/r/{code}")
        answer = connection.getresponse()
        answer.read()
        cookie = (answer.headers["Set-Cookie"] or "").partition(";")[0]
        fields = {"command": "join", "op": secrets.token_hex(16), "trade": "fs", "group": n % 3 + 1}
        headers = {
            "Cookie": cookie,
            "Origin": server.base,
            "Accept": "application/json",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        connection.request("POST", f"/a/{code}/actes", urllib.parse.urlencode(fields), headers)
        answer = connection.getresponse()
        told = json.loads(answer.read())
        assert told.get("message") or told.get("seq"), told
        answers[answer.status] += 1
    connection.close()
    return answers
