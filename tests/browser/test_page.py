"""test_page.py - the page that `looplab export html` writes, as it is used.

    python3 tests/browser/test_page.py BUILD

A test is a function test_*; its name is the claim. It never sleeps: what a
key or the mouse has done is waited for, with a deadline that only a failure
reaches.
"""

import pathlib
import subprocess
import sys
import tempfile
import traceback

from browser import Browser

LAB = pathlib.Path(sys.argv[1]).resolve() / "looplab"
HOSTILE = "</script><script>document.title='broken'</script>"


def page(folder, *words):
    """Exports what [words] say; returns the path of the page."""
    path = pathlib.Path(folder) / "run.html"
    subprocess.run([LAB, "export", "html", path, *words], check=True,
                   stdout=subprocess.DEVNULL)
    return path


def place(browser, run, lane, time):
    """Where in the window [time] of a lane is."""
    return browser.run(
        "const box = boxes[arguments[0]]; box.scrollIntoView();"
        "scrollBy(0, -80); const at = box.getBoundingClientRect();"
        "return [at.left + xOf(box, arguments[2]),"
        "        at.top + AXIS +"
        "            (rowOf(data.runs[arguments[0]], arguments[1]) + .5) * ROW]",
        run, lane, time)


def shown(browser):
    """From when to when is looked at."""
    return browser.run("return [view.from, view.to]")


def focus(browser, run):
    browser.run("boxes[arguments[0]].focus()", run)


def test_the_page_says_what_it_is_of(browser, folder):
    browser.open(page(folder, "3"))
    assert browser.text("h1") == "03 sequential_gather"
    assert "5.0 times as fast" in browser.text("header")
    assert browser.run("return document.querySelectorAll('.lanes').length") == 2
    assert browser.wait(lambda: browser.text("#range") == "0 s to 5 s")


def test_arrow_keys_step_from_event_to_event(browser, folder):
    browser.open(page(folder, "3"))
    focus(browser, 1)
    browser.press("Home")
    assert browser.text("#sentence") == "the run begins with together."
    browser.press("ArrowRight", "ArrowRight")
    assert browser.text("#sentence") == "together starts a.txt."
    assert "03_sequential_gather.c line 30" in browser.text("#where")
    assert "event 3 of" in browser.text("#where")
    browser.press("ArrowLeft")
    assert browser.text("#sentence") == "together runs."
    browser.press("End", "ArrowRight")
    assert browser.text("#sentence") == "together ends."


def test_lines_of_a_program_are_those_its_record_brings(browser, folder):
    browser.open(page(folder, "tests/record/fixtures/12_python.jsonl"))
    assert browser.text("h1") == "my"
    focus(browser, 0)
    browser.press("End", "ArrowLeft")
    assert browser.text("#sentence") == "quick ends with 'done'."
    assert browser.run("return document.getElementById('code').hidden")
    while "sleeps until 950.0 ms" not in browser.text("#sentence"):
        browser.press("ArrowLeft")
    assert "my.py line 35" in browser.text("#where")
    assert ">   35      await asyncio.sleep(0.2)" in browser.text("#code")
    names = browser.run("return data.runs[0].lanes.map((lane) => lane.name)")
    assert "fetch(1)" in names and "RequestHandler.start" not in names
    assert "1 task of libraries" in browser.text("main")


def test_a_line_of_another_file_is_shown_from_that_file(browser, folder):
    text = pathlib.Path("tests/record/fixtures/12_python.jsonl").read_text()
    record = pathlib.Path(folder, "helped.jsonl")
    record.write_text(text.replace(
        '"line":35', r'"line":2,"file":"helper.py","code":"one\ntwo"'))
    browser.open(page(folder, str(record)))
    focus(browser, 0)
    browser.press("End")
    while "helper.py line 2" not in browser.text("#where"):
        browser.press("ArrowLeft")
    assert ">    2  two" in browser.text("#code")


def test_up_and_down_stay_on_one_lane(browser, folder):
    browser.open(page(folder, "3"))
    focus(browser, 1)
    browser.press("Home", "ArrowRight", "ArrowRight", "ArrowDown")
    assert browser.text("#sentence") == "a.txt runs."
    browser.press("ArrowDown")
    assert browser.text("#sentence") == "a.txt sleeps until 1.000 s."
    browser.press("ArrowUp")
    assert browser.text("#sentence") == "a.txt runs."


def test_the_keyboard_alone_gets_to_a_timeline(browser, folder):
    browser.open(page(folder, "3"))
    browser.press("Tab", "Tab", "Tab", "Tab")
    assert browser.run("return document.activeElement.ariaLabel") == \
        "Timeline of in_turn"
    assert browser.text("#sentence") == "the run begins with in_turn."
    browser.press("Tab", "ArrowRight", "ArrowRight")
    assert "of together" in browser.text("#where")


def test_keys_zoom_around_what_is_told(browser, folder):
    browser.open(page(folder, "4"))
    focus(browser, 1)
    browser.press("End", "+", "+")
    assert shown(browser) == [1.5e9, 2e9]
    assert browser.wait(lambda: browser.text("#range") == "1.5 s to 2 s")
    browser.press("Home")
    assert shown(browser) == [0, 0.5e9], "what is told comes into sight"
    browser.press("-")
    assert shown(browser) == [0, 1e9]
    browser.press("0")
    assert shown(browser) == [0, 2e9]


def test_buttons_zoom_too(browser, folder):
    browser.open(page(folder, "4"))
    browser.click("#in")
    assert shown(browser) == [0.5e9, 1.5e9]
    browser.click("#out")
    assert shown(browser) == [0, 2e9]
    browser.click("#in")
    browser.click("#fit")
    assert shown(browser) == [0, 2e9]


def test_the_wheel_zooms_where_the_mouse_is(browser, folder):
    browser.open(page(folder, "4"))
    x, y = place(browser, 0, 1, 1e9)
    browser.wheel(x, y, -100)
    assert browser.wait(lambda: shown(browser)[1] - shown(browser)[0] < 2e9)
    start, end = shown(browser)
    assert abs((start + end) / 2 - 1e9) < 0.02e9, (start, end)


def test_hovering_tells_what_when_and_why(browser, folder):
    browser.open(page(folder, "4"))
    browser.point(*place(browser, 0, 4, 0.4e9))
    assert browser.wait(lambda: not browser.run("return tip.hidden"))
    assert browser.text("#tip") == (
        "job 2: blocked\n250 ms to 500 ms, for 250 ms\n"
        "job 2 blocks the loop's thread for 250.0 ms\nended at 500 ms")
    browser.point(*place(browser, 1, 8, 0.1e9))
    assert browser.wait(lambda: "queued" in browser.text("#tip"))
    browser.point(2, 2)
    assert browser.wait(lambda: browser.run("return tip.hidden"))


def colors_near(browser, run, lane, time, reach):
    """The colours that are drawn around [time] of a lane."""
    return browser.run(
        "const box = boxes[arguments[0]], at = xOf(box, arguments[2]);"
        "const row = rowOf(data.runs[arguments[0]], arguments[1]);"
        "const y = AXIS + (row + .5) * ROW, n = arguments[3];"
        "const dots = devicePixelRatio;"
        "const pen = new OffscreenCanvas(2 * n, 2 * n).getContext('2d',"
        "    { willReadFrequently: true });"
        "pen.drawImage(box.firstElementChild, (n - at) * dots,"
        "    (n - y) * dots);"
        "const dyes = pen.getImageData(0, 0, 2 * n, 2 * n).data;"
        "const all = new Set();"
        "for (let i = 0; i < dyes.length; i += 4)"
        "  if (dyes[i + 3] === 255) all.add(dyes.slice(i, i + 3).join());"
        "return [...all]", run, lane, time, reach)


def test_a_gauge_is_a_row_below_the_lanes(browser, folder):
    browser.open(page(folder, "11", "n=5"))
    inside = browser.run("return data.runs[2].lanes.length")
    browser.point(*place(browser, 2, inside, 0.5e9))
    assert browser.wait(lambda: browser.text("#tip") ==
                        "inside: 3\n0 s to 1 s, for 1 s"), browser.text("#tip")
    mark, axis = "188,76,0", 3
    assert mark in colors_near(browser, 2, inside, 0.5e9, axis)
    assert mark not in colors_near(browser, 2, inside + 1, 0.5e9, axis)
    assert mark in colors_near(browser, 2, inside + 1, 2.9e9, axis)


def test_the_longest_gap_has_a_row_after_its_lane(browser, folder):
    browser.open(page(folder, "4", "pool_2", "jobs=2"))
    assert browser.run("return data.runs[0].gap.name") == (
        "longest time without a beat: 100.0 ms")
    heart = browser.run("return data.runs[0].gap.lane")
    browser.point(*place(browser, 0, heart + 1, 0.1e9))
    assert browser.wait(lambda: browser.text("#tip").startswith("job 1: "))
    x, y = place(browser, 0, heart + 1, 0.1e9)
    browser.point(x, y - browser.run("return ROW"))
    assert browser.wait(lambda: browser.run("return tip.hidden"))


def test_a_bar_of_a_worker_has_the_name_of_its_job(browser, folder):
    browser.open(page(folder, "4", "pool_2", "jobs=2"))
    ink = "31,35,40"
    worker = browser.run("return data.runs[0].lanes.length - 1")
    assert ink in colors_near(browser, 0, worker, 0.006e9, 10)
    assert ink not in colors_near(browser, 0, worker, 0.15e9, 10)


def test_a_job_that_waits_for_a_lock_is_named_all_the_same(browser, folder):
    browser.open(page(folder, "19", "locked"))
    lanes = browser.run("return data.runs[0].lanes.map((lane) => lane.name)")
    worker = lanes.index("pool-4")
    assert "31,35,40" in colors_near(browser, 0, worker, 0.05e9, 20)


def test_the_legend_has_what_is_drawn_and_no_more(browser, folder):
    def legend():
        return browser.run("return [...document.querySelectorAll"
                           "('#legend li')].map((li) => li.innerText)")
    browser.open(page(folder, "3", "in_turn"))
    assert legend() == ["running", "waiting", "idle"], legend()
    browser.open(page(folder, "2", "blocking"))
    assert legend() == ["blocked", "running", "ready", "waiting", "idle",
                        "cancelled", "beat"], legend()


def test_a_lane_shows_how_it_ended(browser, folder):
    browser.open(page(folder, "14", "fail_fast"))
    red = "207,34,46"
    ended, failed, cancelled = 2, 3, 4
    assert red not in colors_near(browser, 0, ended, 0.2e9, 6)
    assert red in colors_near(browser, 0, failed, 0.4e9, 6)
    assert red in colors_near(browser, 0, cancelled, 0.4e9, 6)
    for lane, word, when in ((ended, "ended at 200 ms", 0.199e9),
                             (failed, "failed at 400 ms", 0.399e9),
                             (cancelled, "cancelled at 400 ms", 0.399e9)):
        browser.point(*place(browser, 0, lane, when))
        assert browser.wait(lambda: word in browser.text("#tip")), word


def test_waiting_for_a_task_and_for_time_differ(browser, folder):
    browser.open(page(folder, "3", "together"))
    for lane, word in ((1, "together: waiting for a task\n"),
                       (2, "a.txt: waiting\n")):
        browser.point(*place(browser, 0, lane, 0.5e9))
        assert browser.wait(lambda: browser.text("#tip").startswith(word))


def test_a_screen_reader_hears_each_step(browser, folder):
    browser.open(page(folder, "3"))
    assert browser.run("return panel.ariaLive") == "polite"
    assert browser.run("return boxes.every((box) => box.tabIndex === 0)")
    assert browser.run("return [...document.querySelectorAll('canvas')]"
                       ".every((canvas) => canvas.ariaHidden === 'true')")


def test_all_events_are_there_as_text(browser, folder):
    browser.open(page(folder, "4"))
    focus(browser, 1)
    browser.press("Home")
    browser.click("summary")
    assert browser.wait(lambda: "1 to 100 of" in browser.text("#of"))
    assert browser.text("#events li") == "0 s: the run begins with pool_1"
    browser.click("#later")
    assert "101 to" in browser.text("#of")
    browser.run("document.querySelector('#events button').click()")
    assert "event 101 of" in browser.text("#where")


def test_the_picture_is_drawn_in_both_schemes(browser, folder):
    seen = set()
    for scheme in ("light", "dark"):
        browser.scheme(scheme)
        browser.open(page(folder, "4"))
        assert browser.wait(lambda: browser.text("#range") != "")
        colors = browser.run(
            "const canvas = boxes[0].firstElementChild;"
            "const data = canvas.getContext('2d').getImageData(0, 0,"
            "    canvas.width, canvas.height).data;"
            "const all = new Set();"
            "for (let i = 0; i < data.length; i += 4)"
            "  if (data[i + 3] === 255)"
            "    all.add(data.slice(i, i + 3).join());"
            "return [...all]")
        blocked = "207,34,46" if scheme == "light" else "248,81,73"
        assert blocked in colors, (scheme, colors[:20])
        seen.add(tuple(sorted(colors)))
    browser.scheme("light")
    assert len(seen) == 2


def contrast(one, two):
    """The contrast of two colours, as WCAG measures it."""
    def light(color):
        parts = [int(color[i:i + 2], 16) / 255 for i in (1, 3, 5)]
        parts = [p / 12.92 if p <= .04045 else ((p + .055) / 1.055) ** 2.4
                 for p in parts]
        return .2126 * parts[0] + .7152 * parts[1] + .0722 * parts[2]
    high, low = sorted((light(one), light(two)), reverse=True)
    return (high + .05) / (low + .05)


def test_contrast_is_enough_in_both_schemes(browser, folder):
    for scheme in ("light", "dark"):
        browser.scheme(scheme)
        browser.open(page(folder, "3"))
        value = lambda name: browser.run(
            "return getComputedStyle(document.documentElement)"
            ".getPropertyValue('--' + arguments[0]).trim()", name)
        for name, least in (("ink", 4.5), ("dim", 4.5), ("running", 3),
                            ("waiting", 3), ("queued", 3), ("computing", 3),
                            ("blocked", 3), ("idle", 3), ("mark", 3),
                            ("end", 3)):
            for ground in ("paper", "card"):
                got = contrast(value(name), value(ground))
                assert got >= least, (scheme, name, ground, got)
    browser.scheme("light")


def test_a_name_that_means_harm_is_only_a_name(browser, folder):
    record = pathlib.Path(folder) / "run.jsonl"
    subprocess.run([LAB, "run", "3", f"--record={record}"], check=True,
                   stdout=subprocess.DEVNULL)
    text = record.read_text().replace("a.txt", HOSTILE)
    record.write_text(text)
    browser.open(page(folder, str(record)))
    focus(browser, 1)
    browser.press("Home", "ArrowRight", "ArrowRight")
    assert browser.text("#sentence").startswith(
        "together starts </script><script>")
    assert browser.run("return document.title") == "03 sequential_gather"
    assert browser.run("return document.scripts.length") == 2


def main():
    tests = [(name, test) for name, test in globals().items()
             if name.startswith("test_")]
    failed = 0
    with Browser() as browser, tempfile.TemporaryDirectory() as folder:
        for name, test in tests:
            try:
                test(browser, folder)
                complaints = browser.complaints()
                assert not complaints, complaints
            except Exception:  # pylint: disable=broad-except
                failed += 1
                print(f"tests/browser/test_page.py: not so: {name}")
                traceback.print_exc(limit=-2)
    print(f"{len(tests) - failed} passed, {failed} failed")
    return failed > 0


sys.exit(main())
