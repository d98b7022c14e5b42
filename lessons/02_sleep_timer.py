import asyncio
import time

NAP, BEAT = 1.0, 0.1


async def heartbeat(beats):
    while True:
        beats.append(time.perf_counter())
        await asyncio.sleep(BEAT)


async def nap_holding_thread():
    time.sleep(NAP)


async def nap_on_timer():
    await asyncio.sleep(NAP)


async def beside_heartbeat(nap):
    beats = []
    begin = time.perf_counter()
    heart = asyncio.create_task(heartbeat(beats))
    await asyncio.sleep(2.5 * BEAT)
    await nap()
    await asyncio.sleep(1.7 * BEAT)
    heart.cancel()
    gap = max(b - a for a, b in zip(beats, beats[1:]))
    print(f"{nap.__name__}: {time.perf_counter() - begin:.2f} s,"
          f" longest gap {gap:.2f} s")


for nap in nap_holding_thread, nap_on_timer:
    asyncio.run(beside_heartbeat(nap))
