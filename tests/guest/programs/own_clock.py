# A selector and a clock of the program's own, and one that measures.
import asyncio
import selectors
import time


class Jumping(selectors.DefaultSelector):
    now = 0.0

    def select(self, timeout=None):
        ready = super().select(0)
        if not ready and timeout:
            self.now += timeout
        return ready


class Watched(selectors.DefaultSelector):
    idle = 0

    def select(self, timeout=None):
        begin = time.perf_counter()
        ready = super().select(timeout)
        self.idle += time.perf_counter() - begin
        return ready


async def nap(seconds):
    await asyncio.sleep(seconds)
    return asyncio.get_running_loop().time()


jumping, watched = Jumping(), Watched()
loop = asyncio.SelectorEventLoop(jumping)
loop.time = lambda: jumping.now
print("jumped to", loop.run_until_complete(nap(500)))
loop.close()
loop = asyncio.SelectorEventLoop(watched)
loop.run_until_complete(nap(0.2))
print(f"idle for {watched.idle:.1f} s")
loop.close()
