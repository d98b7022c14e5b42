# schedule.py - which of the ready steps comes next.
#
# asyncio is first in, first out. Another order stands for another timing of
# the world. There is a choice where two or more steps of tasks lead the ready
# queue; callbacks keep their place, for asyncio relies on it. The notation is
# that of src/core/schedule.h: "seed:7", "0,2,1".


def is_step(handle):
    return isinstance(getattr(handle._callback, "__self__", None), Task)


class Schedule:
    def __init__(self, text):
        self.made = []  # (taken, of how many)
        self.script, self.seed = None, None
        if text in (None, "", "fifo"):
            return
        try:
            if text.startswith("seed:"):
                self.seed = int(text[5:])
            else:
                self.script = [int(n) for n in text.split(",") if n]
        except ValueError:
            refuse('no schedule "%s" for Python; there are fifo, seed:N and '
                   "a script of choices such as 0,2,1" % text)

    def draw(self):
        """SplitMix64, as looplab's own."""
        mask = (1 << 64) - 1
        self.seed = (self.seed + 0x9e3779b97f4a7c15) & mask
        z = self.seed
        z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9 & mask
        z = (z ^ z >> 27) * 0x94d049bb133111eb & mask
        return z ^ z >> 31

    def choose(self, width):
        taken = 0
        if self.seed is not None:
            taken = self.draw() % width
        elif len(self.made) < len(self.script):
            taken = min(self.script[len(self.made)], width - 1)
        self.made.append((taken, width))
        state.choices = width
        return taken

    def turn(self, loop, count):
        """Calls the first [count] handles of the ready queue."""
        ready = loop._ready
        if self.script is None and self.seed is None:
            for _ in range(count):
                loop.lab_call(ready.popleft())
            return
        batch = [ready.popleft() for _ in range(count)]
        while batch:
            batch = [h for h in batch if not h._cancelled]
            width = 0
            while width < len(batch) and is_step(batch[width]):
                width += 1
            if batch:
                loop.lab_call(batch.pop(self.choose(width)
                                        if width > 1 else 0))


schedule = None
