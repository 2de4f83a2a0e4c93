"""Whoever starts the app on a computer with a screen sees its page open."""

import os
import select

from conftest import Server


def test_the_page_opens_in_the_persons_browser(tmp_path):
    os.mkfifo(tmp_path / "opened")
    opened = os.open(tmp_path / "opened", os.O_RDWR)
    browser = tmp_path / "browser"
    browser.write_text(f'#!/bin/sh\necho "$1" > {tmp_path}/opened\n', encoding="utf-8")
    browser.chmod(0o700)
    with Server(
        tmp_path / "record.sqlite",
        options=("--server.headless", "false"),
        environment={"BROWSER": f"{browser} %s"},
    ) as server:
        assert select.select([opened], [], [], 60)[0], "no page was opened"
        assert os.read(opened, 200).decode() == f"{server.url}\n"
        os.close(opened)
