"""browser.py - a headless Chromium for tests, by way of chromedriver.

Use:

    with Browser() as browser:
        browser.open("run.html")
        browser.press("#lanes", "ArrowRight")
        text = browser.run("return document.title")
        browser.complaints()     # errors and requests that left the page

chromedriver speaks JSON over HTTP, so nothing but Python is needed.
"""

import base64
import json
import pathlib
import re
import shutil
import subprocess
import tempfile
import time
import urllib.error
import urllib.request

DEADLINE = 60  # seconds; generous, since a machine may be busy
ELEMENT = "element-6066-11e4-a52e-4f735466cecf"  # by which WebDriver knows one
KEYS = {"ArrowLeft": "\ue012", "ArrowUp": "\ue013", "ArrowRight": "\ue014",
        "ArrowDown": "\ue015", "Home": "\ue011", "End": "\ue010",
        "Tab": "\ue004", "Enter": "\ue007"}


class Browser:
    def __init__(self):
        self.folder = tempfile.mkdtemp(prefix="looplab-browser-")
        self.driver = subprocess.Popen(
            ["chromedriver", "--port=0"], stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL, text=True)
        self.session = None

    def __enter__(self):
        for line in self.driver.stdout:
            port = re.search(r"successfully on port (\d+)", line)
            if port:
                break
        self.base = f"http://127.0.0.1:{port.group(1)}/session"
        arguments = ["--headless", "--no-sandbox", "--disable-gpu",
                     "--disable-quic", "--no-first-run",
                     "--disable-background-networking",
                     "--disable-component-update", "--disable-sync",
                     "--disable-dev-shm-usage", "--window-size=1200,900",
                     f"--user-data-dir={self.folder}"]
        wanted = {"browserName": "chrome",
                  "goog:chromeOptions": {"args": arguments},
                  "goog:loggingPrefs": {"browser": "ALL",
                                        "performance": "ALL"}}
        reply = self.ask("POST", "", {"capabilities": {"alwaysMatch": wanted}})
        self.session = reply["sessionId"]
        return self

    def __exit__(self, *_):
        if self.session:
            self.ask("DELETE", "")
        self.driver.terminate()
        self.driver.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    def ask(self, method, path, body=None):
        url = f"{self.base}/{self.session}" if self.session else self.base
        data = json.dumps(body or {}).encode() if method == "POST" else None
        request = urllib.request.Request(url + path, data, method=method)
        try:
            with urllib.request.urlopen(request, timeout=60) as reply:
                return json.load(reply)["value"]
        except urllib.error.HTTPError as error:
            value = json.load(error)["value"]
            raise AssertionError(value["message"].split("\n")[0]) from None

    def open(self, path):
        self.complaints()
        self.ask("POST", "/url", {"url": pathlib.Path(path).as_uri()})

    def run(self, script, *arguments):
        return self.ask("POST", "/execute/sync",
                        {"script": script, "args": list(arguments)})

    def find(self, selector):
        reply = self.ask("POST", "/element",
                         {"using": "css selector", "value": selector})
        return reply[ELEMENT]

    def text(self, selector):
        """What is read there, once what was done has had its effect."""
        return self.run("return document.querySelector(arguments[0])"
                        ".textContent", selector)

    def wait(self, claim):
        """Waits until claim() is true, and returns whether it ever was."""
        end = time.monotonic() + DEADLINE
        while time.monotonic() < end:
            if claim():
                return True
            self.run("return 0")
        return False

    def click(self, selector):
        self.run("document.querySelector(arguments[0])"
                 ".scrollIntoView({block: 'center'})", selector)
        self.ask("POST", f"/element/{self.find(selector)}/click")

    def press(self, *keys):
        """Presses keys, one after another, wherever the focus is."""
        actions = []
        for key in keys:
            value = KEYS.get(key, key)
            actions += [{"type": "keyDown", "value": value},
                        {"type": "keyUp", "value": value}]
        self.ask("POST", "/actions", {"actions": [
            {"type": "key", "id": "keyboard", "actions": actions}]})

    def point(self, x, y):
        """Moves the mouse to a place in the window."""
        self.ask("POST", "/actions", {"actions": [
            {"type": "pointer", "id": "mouse",
             "actions": [{"type": "pointerMove", "x": round(x), "y": round(y),
                          "duration": 0}]}]})

    def wheel(self, x, y, delta):
        self.ask("POST", "/actions", {"actions": [
            {"type": "wheel", "id": "wheel",
             "actions": [{"type": "scroll", "x": round(x), "y": round(y),
                          "deltaX": 0, "deltaY": delta, "duration": 0}]}]})

    def scheme(self, name):
        """Has the page shown to somebody who prefers light, or dark."""
        self.ask("POST", "/goog/cdp/execute", {
            "cmd": "Emulation.setEmulatedMedia",
            "params": {"features": [{"name": "prefers-color-scheme",
                                     "value": name}]}})

    def picture(self, path):
        data = self.ask("GET", "/screenshot")
        pathlib.Path(path).write_bytes(base64.b64decode(data))

    def complaints(self):
        """What went wrong since the last call, and what was asked for that is
        no file: a page needs no network. (chrome: is the browser's own.)"""
        found = [entry["message"] for entry in
                 self.ask("POST", "/se/log", {"type": "browser"})]
        for entry in self.ask("POST", "/se/log", {"type": "performance"}):
            message = json.loads(entry["message"])["message"]
            if message["method"] == "Network.requestWillBeSent":
                url = message["params"]["request"]["url"]
                if not url.startswith(("file:", "data:", "chrome:")):
                    found.append(f"asked for {url}")
        return found
