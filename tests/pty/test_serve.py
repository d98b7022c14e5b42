"""serve: a server to practise on, and who is in flight."""

import http.client
import re

from session import PROMPT, command, leave, opened, type_line


def port_of(t):
    """The port that serve says it listens on."""
    t.wait_for("http://127.0.0.1:")
    t.wait_for("Ctrl-C ends")
    return int(re.search(r"http://127\.0\.0\.1:(\d+)/", t.text())[1])


class Request:
    """A request on a connection of its own, which waits for its reply."""

    def __init__(self, port, target):
        self.connection = http.client.HTTPConnection("127.0.0.1", port)
        self.connection.request("GET", target)

    def body(self):
        """What came back; then the connection is closed."""
        body = self.connection.getresponse().read().decode()
        self.connection.close()
        return body


def test_who_is_in_flight_is_drawn_as_lanes(start):
    t = start("serve")
    port = port_of(t)
    asked = [Request(port, "/delay/60") for _ in range(3)]
    t.wait_for("/delay/60")
    t.wait_for(lambda t: sum("/delay/60" in row for row in t.lines()) == 3)
    counts = Request(port, "/").body()
    assert '"in_flight": 3' in counts, counts
    for request in asked:
        request.connection.close()
    t.press("ctrl-c")
    t.wait_for("at most 3 at once.")
    assert t.wait_end() == 0


def test_beside_the_prompt_views_show_who_is_in_flight(start):
    t = opened(start)
    type_line(t, "serve &")
    t.press("enter")
    port = port_of(t)
    t.wait_prompt(PROMPT)
    asked = Request(port, "/delay/60")
    assert '"in_flight": 1' in Request(port, "/").body()
    rows = command(t, "ps")
    assert any("/delay/60" in row and "until" in row for row in rows), rows
    asked.connection.close()
    leave(t)
