# What threads wait with, in the loop's thread and in a job.
import asyncio
import queue
import threading
import time


def put(items, n):
    for i in range(3):
        time.sleep(0.03 * n)
        items.put((n, i))


def wait():
    items = queue.Queue()
    for n in (2, 5):
        threading.Thread(target=put, args=(items, n)).start()
    print([items.get() for _ in range(6)])
    try:
        items.get(timeout=0.01)
    except queue.Empty:
        print("empty")
    flag = threading.Event()
    threading.Timer(0.1, flag.set).start()
    print("flag:", flag.wait(0.01), flag.wait(1))
    some = threading.Semaphore(1)
    print("semaphore:", some.acquire(timeout=0.01), some.acquire(timeout=0.01))
    barrier = threading.Barrier(2)
    threading.Thread(target=barrier.wait).start()
    barrier.wait()
    change = threading.Condition()
    with change, change:
        print("condition:", change.wait(0.01), change.wait_for(lambda: True))
    lock = threading.Lock()
    print("lock:", lock.acquire(), lock.acquire(False),
          lock.acquire(timeout=0.01), lock.locked())
    thread = threading.Thread(target=print, args=("printed by a thread",))
    thread.start()
    thread.join()


async def main():
    wait()
    await asyncio.get_running_loop().run_in_executor(None, wait)


asyncio.run(main())
