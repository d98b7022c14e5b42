# asyncio.wait: all within a time, then the first of several.
import asyncio


async def job(seconds):
    await asyncio.sleep(seconds)
    return seconds


async def main():
    jobs = [asyncio.create_task(job(s)) for s in (0.1, 0.2, 0.5)]
    done, pending = await asyncio.wait(jobs, timeout=0.3)
    print(len(done), "done,", len(pending), "pending")
    jobs = list(pending) + [asyncio.create_task(job(0.05))]
    done, pending = await asyncio.wait(
        jobs, return_when=asyncio.FIRST_COMPLETED)
    print("first:", [t.result() for t in done])
    for task in pending:
        task.cancel()


asyncio.run(main())
