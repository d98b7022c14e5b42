# wait_for cancels what takes too long, and waits for its clean-up.
import asyncio


async def slow():
    try:
        await asyncio.sleep(10)
    except asyncio.CancelledError:
        print("cleaning up")
        await asyncio.sleep(0.05)
        raise
    finally:
        print("slow is over")


async def main():
    try:
        await asyncio.wait_for(slow(), timeout=0.1)
    except asyncio.TimeoutError:
        print("too slow")


asyncio.run(main())
