import asyncio
import time
from concurrent.futures import ThreadPoolExecutor

JOBS, JOB, BEAT = 8, 0.1, 0.04


async def heartbeat(beats):
    while True:
        beats.append(time.perf_counter())
        await asyncio.sleep(BEAT)


def job():
    time.sleep(JOB)  # holds whichever thread this is


async def job_on_loop():
    job()


async def all_jobs(name, how):
    beats = []
    heart = asyncio.create_task(heartbeat(beats))
    await asyncio.sleep(0)  # let the heart begin
    begin = time.perf_counter()
    await asyncio.gather(*[how() for _ in range(JOBS)])
    took = time.perf_counter() - begin
    await asyncio.sleep(0)  # a beat that is late by now comes at last
    heart.cancel()
    gap = max(b - a for a, b in zip(beats, beats[1:]))
    print(f"{name}: {took:.2f} s, longest gap {gap:.2f} s")


async def main():
    await all_jobs("on_loop", job_on_loop)
    loop = asyncio.get_running_loop()
    for workers in 1, 2, 4:
        with ThreadPoolExecutor(max_workers=workers) as pool:
            await all_jobs(f"pool_{workers}",
                           lambda: loop.run_in_executor(pool, job))
    await all_jobs("to_thread", lambda: asyncio.to_thread(job))


asyncio.run(main())
