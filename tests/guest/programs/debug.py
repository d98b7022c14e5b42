# Debug mode and a handler for what asyncio complains of.
import asyncio
import logging
import time


class Told(logging.Handler):
    def emit(self, record):
        print("asyncio says:", record.getMessage().splitlines()[0][:20])


async def main():
    task = asyncio.create_task(fails())
    await asyncio.sleep(0)
    time.sleep(0.2)
    await asyncio.sleep(0)
    del task


async def fails():
    raise ValueError("unread")


logging.getLogger("asyncio").addHandler(Told())
asyncio.run(main(), debug=True)
