# Lines of a module beside the program are told with its name. Those of what is
# installed, though it be below the same folder, are the caller's.
import asyncio
import os
import sys

from beside import shop

sys.path.append(os.path.join(os.path.dirname(shop.__file__), "site-packages"))
import elsewhere


async def main():
    await elsewhere.wait()
    try:
        await shop.all_of("bread", "milk")
    except shop.Closed as error:
        print("closed", error)
    from beside import late
    await late.wait()


asyncio.run(main())
