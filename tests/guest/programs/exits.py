# status: 7
# sys.exit in a coroutine.
import asyncio
import sys


async def main():
    await asyncio.sleep(0.1)
    print("leaving")
    sys.exit(7)


asyncio.run(main())
