# status: 3
# A sleep that never ends: until it is cancelled, and when nobody does that.
import asyncio
import math


async def serve():
    try:
        await asyncio.sleep(math.inf)
    finally:
        print("closed")


async def stopped():
    server = asyncio.create_task(serve())
    await asyncio.wait_for(asyncio.sleep(1), math.inf)
    server.cancel()
    await asyncio.wait([server])


asyncio.run(stopped())
asyncio.run(serve())
