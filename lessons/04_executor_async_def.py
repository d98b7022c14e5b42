import asyncio
import time
import warnings

warnings.simplefilter("ignore")  # "... was never awaited"


async def blocking_operation():  # the bug is the word async
    time.sleep(1)
    print("done")
    return 42


async def main():
    loop = asyncio.get_running_loop()
    begin = time.perf_counter()
    result = await loop.run_in_executor(None, blocking_operation)
    took = time.perf_counter() - begin
    print(f"after {took:.1f} s: {type(result).__name__}")


asyncio.run(main())
