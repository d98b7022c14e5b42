# A thread of a library has a lock for a moment: nothing is held by that. Under
# the virtual clock it lets go once the main thread is seen to wait for the lock.
import asyncio
import multiprocessing.pool
import sys
import threading

lock = threading.Lock()
held = threading.Lock()
held.acquire()
shows_waits = type(lock).__module__ != "_thread"  # that of C shows none


def hold(main):
    with lock:
        held.release()
        while shows_waits and \
                sys._current_frames()[main].f_code.co_name != "wait":
            pass


async def main():
    await asyncio.sleep(0.1)
    with multiprocessing.pool.ThreadPool(1) as pool:
        pool.apply_async(hold, [threading.get_ident()])
        while not held.acquire(False):
            pass
        with lock:
            print("it is free")


asyncio.run(main())
