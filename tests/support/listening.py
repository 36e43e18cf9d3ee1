"""Screens that listen without a network, in the process of the program."""

import time

from tests.support.visitors import Browser


def phone(program, code, group, trade="fs"):
    browser = Browser(program.app)
    browser.join(code, trade, group)
    return browser


def listen(program, browser, code, audience, group=0):
    auth = {"code": code, "audience": audience, "group": group}
    return program.socketio.test_client(program.app, flask_test_client=browser.client, auth=auth)


def heard(client, patience_s=30.0, wanted="workshop:changed"):
    deadline = time.monotonic() + patience_s
    while time.monotonic() < deadline:
        found = [each["args"][0] for each in client.get_received() if each["name"] == wanted]
        if found:
            return found
        time.sleep(0.01)
    return []


def settle(*clients):
    time.sleep(0.3)
    for client in clients:
        client.get_received()


def place(browser, code, group, fs):
    return browser.act(code, "place-action", group=group, action="orienter", fs=fs, cn=50)


def connected(program, code):
    return program.app.extensions["atelier"].connected(code)
