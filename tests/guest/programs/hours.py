# clock: virtual
# Time as it is told, and chance, are the same each time.
import asyncio
import datetime
import random
import time


async def main():
    await asyncio.sleep(3600)
    print(time.strftime("%X"), time.time(), time.monotonic())
    print(datetime.datetime.now())
    print(time.ctime())
    print(random.random())


asyncio.run(main())
