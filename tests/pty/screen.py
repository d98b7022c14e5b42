"""screen.py - what a terminal shows, modelled on those of today."""

import pyte
from wcwidth import wcwidth

GREY = "767676"  # as LAB_COLOR_DIM is


class Screen(pyte.Screen):
    """A screen as terminals have it today: it answers questions, and a line
    of several rows is one line, which flows anew when the size changes."""

    reply = None
    drawing = False
    alternate = False  # is it the second screen that is shown?

    def write_process_input(self, data):
        if self.reply:
            self.reply(data)

    def set_mode(self, *modes, private=False):
        super().set_mode(*modes, private=private)
        self.alternate |= private and 1049 in modes

    def reset_mode(self, *modes, private=False):
        super().reset_mode(*modes, private=private)
        self.alternate &= not (private and 1049 in modes)

    # A row is marked if its last character was followed by one that did not
    # fit. The mark moves with the row when the screen scrolls.

    def draw(self, data):
        self.drawing = True
        for part in [data] if data.isascii() else data:
            if self.cursor.x == self.columns - 1 and wcwidth(part[0]) == 2:
                self.cursor.x = self.columns  # it does not fit here
            super().draw(part)
        self.drawing = False

    def linefeed(self):
        self.buffer[self.cursor.y].wrapped = self.drawing
        super().linefeed()

    def erase_in_line(self, how=0, private=False):
        super().erase_in_line(how, private)
        self.buffer[self.cursor.y].wrapped = False

    def erase_in_display(self, how=0, private=False):
        super().erase_in_display(how, private)
        for y in range(self.cursor.y if how == 0 else 0, self.lines):
            self.buffer[y].wrapped = False

    def wrapped(self, y):
        """Does what is in row y go on in the next?"""
        return getattr(self.buffer[y], "wrapped", False)

    def hint(self):
        """What stands in grey from the cursor on."""
        x, row = self.cursor.x, self.buffer[self.cursor.y]
        while x < self.columns and row[x].fg == GREY:
            x += 1
        return "".join(row[i].data for i in range(self.cursor.x, x))

    def row(self, y, hint=False):
        """All columns of row y; a wide character takes two of them. A hint is
        not typed, and left out unless it is asked for."""
        row = [" "] * self.columns
        for x, cell in self.buffer[y].items():  # only what was written
            if x < self.columns:
                row[x] = cell.data
        if y == self.cursor.y and not hint and not self.alternate:
            for x in range(self.cursor.x, self.columns):
                if self.buffer[y][x].fg != GREY:
                    break
                row[x] = " "
        return "".join(row)

    def cells(self, y):
        """The characters of row y, each with its colours."""
        row = self.buffer[y]
        width = self.columns
        while width and row[width - 1] == self.default_char:
            width -= 1
        return [row[x] for x in range(width)]

    def resize(self, lines=None, columns=None):
        """Flows what is shown into the new size."""
        texts, here = [[]], None
        for y in range(self.lines):
            if y == self.cursor.y:
                here = len(texts) - 1, len(texts[-1]) + self.cursor.x
            texts[-1] += self.cells(y)
            if not self.wrapped(y):
                texts.append([])
        self.lines, self.columns = lines, columns
        self.tabstops = set(range(8, columns, 8))
        self.set_margins()
        self.buffer.clear()
        self.fill(texts, *here)

    def fill(self, texts, number, offset):
        """Puts texts on an empty screen, and the cursor where the given
        number of them has the given offset."""
        rows = [(i, at) for i, text in enumerate(texts)
                for at in range(0, max(len(text), 1), self.columns)]
        here = [y for y, (i, at) in enumerate(rows)
                if i == number and at <= offset][-1]
        while len(rows) > self.lines and here < len(rows) - 1:
            rows.pop()
        gone = max(0, len(rows) - self.lines)
        for y, (i, at) in enumerate(rows[gone:]):
            cells = texts[i][at:at + self.columns]
            self.buffer[y].update(enumerate(cells))
            self.buffer[y].wrapped = at + self.columns < len(texts[i])
        self.cursor.y = here - gone
        self.cursor.x = min(offset - rows[here][1], self.columns)
