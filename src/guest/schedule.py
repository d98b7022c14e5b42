# schedule.py - which of the ready steps comes next.
#
# asyncio is first in, first out. Another order stands for another timing of
# the world. There is a choice where two or more steps of tasks lead the ready
# queue; callbacks keep their place, for asyncio relies on it. Of the threads
# that are due at one time, too, one is chosen. The notation is that of
# src/core/schedule.h: "seed:7", "0,2,1", "cancel:3", "seed:7+cancel-woken:3".

VICTIMS = ("cancel", "cancel-waiter", "cancel-woken")


def is_step(handle):
    return isinstance(getattr(handle._callback, "__self__", None), Task)


class Schedule:
    def __init__(self, text):
        self.made = 0  # how many choices
        self.script = self.seed = self.victim = None
        self.moments = 0  # until the victim is cancelled
        self.report = None  # a descriptor that is told of each choice
        for part in (text or "fifo").split("+"):
            if not self.read(part):
                refuse('no schedule "%s"; there are fifo, seed:N, a script of '
                       "choices such as 0,2,1, and cancel:N, alone or as in "
                       "seed:7+cancel:3" % text)
        self.is_fifo = self.script is None and self.seed is None

    def read(self, part):
        name, colon, number = part.partition(":")
        if part == "fifo":
            return True
        if colon and not number.isdigit():
            return False
        if name == "seed":
            self.seed = int(number)
        elif name in VICTIMS and int(number) > 0:
            self.victim, self.moments = name, int(number)
        else:
            choices = part.split(",")
            if not all(c.isdigit() for c in choices):
                return False
            self.script = [int(c) for c in choices]
        return True

    def draw(self):
        """SplitMix64, as looplab's own."""
        mask = (1 << 64) - 1
        self.seed = (self.seed + 0x9e3779b97f4a7c15) & mask
        z = self.seed
        z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9 & mask
        z = (z ^ z >> 27) * 0x94d049bb133111eb & mask
        return z ^ z >> 31

    def choose(self, width):
        """One of [width], from 0."""
        taken = 0
        if self.seed is not None:
            taken = self.draw() % width
        elif self.made < len(self.script):
            taken = min(self.script[self.made], width - 1)
        self.made += 1
        if self.report is not None:
            os.write(self.report, b"%d %d\n" % (taken, width))
        return taken

    def cancels(self, victim):
        """A moment at which such a victim may be cancelled: is it now?"""
        if self.victim != victim or self.moments == 0:
            return False
        self.moments -= 1
        return self.moments == 0

    def begun_to_wait(self, info):
        if self.victim is None:
            return
        root = self.cancels("cancel")
        if root or self.cancels("cancel-waiter"):
            for task in list(state.tasks):
                if task.lab is info or root and task.lab.number == 1:
                    cancel_because(task, "the schedule")
                    return

    def call(self, loop, handle):
        if self.victim is not None and is_step(handle) \
                and not handle._cancelled and self.cancels("cancel-woken"):
            cancel_because(handle._callback.__self__, "the schedule")
        loop.lab_call(handle)

    def turn(self, loop, count):
        """Calls the first [count] handles of the ready queue."""
        ready = loop._ready
        if self.is_fifo:
            for _ in range(count):
                self.call(loop, ready.popleft())
            return
        batch = [ready.popleft() for _ in range(count)]
        while batch:
            batch = [h for h in batch if not h._cancelled]
            width = 0
            while width < len(batch) and is_step(batch[width]):
                width += 1
            if width > 1:
                state.choices = width
            if batch:
                self.call(loop, batch.pop(self.choose(width)
                                          if width > 1 else 0))


schedule = None
