# schedule.py - which of the ready steps comes next.
#
# asyncio is first in, first out. Another order stands for another timing of
# the world. There is a choice where a step of a task leads the ready queue, and
# other steps are ready too: also those that became so in this turn, else some
# orders could never happen. Of the threads that are due at one time, too, one
# is chosen. The notation is that of src/core/schedule.h: "seed:7", "0,2,1",
# "late:2", "cancel:3", "seed:7+cancel-woken:3".
#
# Callbacks are not chosen: they keep their order, for asyncio relies on it. A
# step may overtake asyncio's own, but not one that the program asked for.

LATE_MOST = 100  # timers that fire before one that is late, at most
VICTIMS = ("cancel", "cancel-waiter", "cancel-woken")


def is_step(handle):
    """Is this a step of a task of the record? Its callback is a wrapper of
    asyncio's, and not a method such as task.cancel."""
    callback = handle._callback
    task = getattr(callback, "__self__", None)
    return task.__class__ is Task and task.lab is not None \
        and not isinstance(callback, types.MethodType) \
        and not handle._cancelled


def is_asyncios(callback):
    """Has asyncio asked for this callback, and not the program?"""
    callback = getattr(callback, "func", callback)  # functools.partial
    owner = getattr(callback, "__self__", None)
    code = getattr(callback, "__code__", None)
    if code is None:  # it is C
        return isinstance(owner, asyncio.Future)
    return code.co_filename.startswith(ASYNCIO) \
        or code.co_filename == ME and owner.__class__ is not Task


def is_number(text):
    return text.isascii() and text.isdigit()


class Schedule:
    def __init__(self, text):
        self.made = 0  # how many choices
        self.script = self.seed = self.victim = None
        self.moments = 0  # until the victim is cancelled
        self.late_at = self.timers = 0  # which timer is late; those that fired
        self.late = None  # that timer, as long as it is held back
        self.on_choice = None  # called with each choice, and of how many
        for part in (text or "fifo").split("+"):
            if not self.read(part):
                record.refuse(
                    'no schedule "%s"; there are fifo, seed:N, a script of '
                    "choices such as 0,2,1, late:N and cancel:N, alone or as "
                    "in seed:7+late:2+cancel:3" % text)
        self.is_fifo = self.script is None and self.seed is None

    def read(self, part):
        name, colon, number = part.partition(":")
        if part == "fifo":
            return True
        if colon and not is_number(number):
            return False
        if name == "seed":
            self.seed = int(number)
        elif name in VICTIMS and int(number) > 0:
            self.victim, self.moments = name, int(number)
        elif name == "late" and int(number) > 0:
            self.late_at = int(number)
        else:
            choices = part.split(",")
            if not all(map(is_number, choices)):
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
        if self.on_choice is not None:
            self.on_choice(taken, width)
        return taken

    def holds_back(self, timer):
        """A timer fires: is it the one that waits until nothing else is left
        to do? A program may tick until then, so not for ever."""
        if not self.late_at or not conducts():
            return False
        self.timers += 1
        if self.timers == self.late_at + LATE_MOST:
            self.release(timer._loop)
        if self.timers == self.late_at:
            self.late = timer
        return self.timers == self.late_at

    def release(self, loop):
        """Nothing else is left in [loop]. Is there a timer of it now?"""
        timer, self.late = self.late, None
        if timer is None or timer._loop is not loop or timer._cancelled:
            return False
        loop._ready.append(timer)
        return True

    def reached(self):
        """Did the moments of the late timer and of the cancel come?"""
        return self.moments == 0 and self.timers >= self.late_at

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

    def cancel_woken(self, handle):
        if self.victim is not None and is_step(handle) \
                and self.cancels("cancel-woken"):
            cancel_because(handle._callback.__self__, "the schedule")


class Ready(collections.deque):
    """The ready queue of a loop, out of which a schedule takes."""

    def popleft(self):
        if not is_step(self[0]):
            return super().popleft()
        steps = []
        for place, handle in enumerate(self):
            if is_step(handle):
                steps.append(place)
            elif not is_asyncios(handle._callback):
                break
        place = steps[0]
        if len(steps) > 1:
            place = steps[schedule.choose(len(steps))]
            state.choices = len(steps)
        handle = self[place]
        del self[place]
        return handle


schedule = None
