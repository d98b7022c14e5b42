# uvloop is asked for, installed or not.
import asyncio

import uvloop

uvloop.install()


async def main():
    await asyncio.sleep(0.1)
    print("done")


asyncio.run(main())
