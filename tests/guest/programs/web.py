# needs: aiohttp
# views: none
# An aiohttp server and three requests to it.
import asyncio

import aiohttp
from aiohttp import web


async def hello(request):
    await asyncio.sleep(float(request.query["delay"]))
    return web.Response(text="hello after " + request.query["delay"])


async def get(session, port, delay):
    url = f"http://127.0.0.1:{port}/?delay={delay}"
    async with session.get(url) as response:
        print(await response.text())


async def main():
    app = web.Application()
    app.router.add_get("/", hello)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 8080)
    await site.start()
    async with aiohttp.ClientSession() as session:
        await asyncio.gather(*(get(session, 8080, d) for d in (1, 2, 3)))
    await runner.cleanup()


asyncio.run(main())
