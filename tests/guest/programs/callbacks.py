# No task at all: callbacks, and a loop that is told to stop.
import asyncio


def tick(loop, left):
    print("tick", left)
    if left:
        loop.call_later(0.1, tick, loop, left - 1)
    else:
        loop.stop()


loop = asyncio.new_event_loop()
loop.call_soon(tick, loop, 3)
loop.run_forever()
loop.close()
