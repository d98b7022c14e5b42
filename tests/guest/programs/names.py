# What the recorder stands for is shown by the name that it has without it.
import asyncio
import datetime
from concurrent.futures import ThreadPoolExecutor


async def main():
    loop = asyncio.get_running_loop()
    print(loop)
    print(type(asyncio.current_task()), type(loop.create_future()))
    timer = loop.call_later(1, print)
    timer.cancel()
    print(repr(timer).split(" when")[0], repr(loop.call_soon(str))[:7])
    with ThreadPoolExecutor(1) as pool:
        future = pool.submit(str)
    print(type(future), repr(future)[:7])
    print(repr(datetime.datetime(2024, 5, 6)))


asyncio.run(main())
