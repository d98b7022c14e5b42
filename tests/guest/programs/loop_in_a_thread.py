# The loop runs in a thread; the main thread asks it.
import asyncio
import threading
import time


async def answer(n):
    await asyncio.sleep(0.1)
    print("answering", n)
    return n + 1


loop = asyncio.new_event_loop()
thread = threading.Thread(target=loop.run_forever)
thread.start()
future = asyncio.run_coroutine_threadsafe(answer(1), loop)
time.sleep(0.05)
print("result", future.result())
loop.call_soon_threadsafe(loop.stop)
thread.join()
loop.close()
