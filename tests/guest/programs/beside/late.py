# This one is imported while the run is under way.
import asyncio


async def wait():
    await asyncio.sleep(1)
