import asyncio
import inspect
import time


def steps():  # a generator: the ancestor of coroutines
    try:
        print("  the body begins")
        for i in 1, 2:
            sent = yield i
            print(f"  yielded {i}, sent in {sent}")
        return 42
    finally:
        print("  the body cleans up")


def drive(made):
    try:
        out = next(made)
        while True:
            out = made.send(100 * out)
    except StopIteration as end:
        return end.value


made = steps()
print("made:", inspect.getgeneratorstate(made))
print("driven:", drive(made), inspect.getgeneratorstate(made))

made = steps()
next(made)
print("after a yield:", inspect.getgeneratorstate(made))
made.close()


async def nap():
    await asyncio.sleep(0.2)
    return inspect.getcoroutinestate(me)


me = nap()  # runs nothing
time.sleep(0.1)
print("a coroutine:", inspect.getcoroutinestate(me))
print("from inside:", asyncio.run(me))


class Pause:
    def __await__(self):
        return (yield "out of the await")


async def inner():
    return await Pause()


async def outer():
    return await inner() + 1


me = outer()  # no loop needed
print("we get:", me.send(None))
try:
    me.send(41)
except StopIteration as end:
    print("we send 41, it returns:", end.value)
