import sys
from aiohttp import web
if sys.argv[2] == "uvloop":
    import uvloop; uvloop.install()
B = b'{"title": "practice", "items": [1, 2, 3]}\n'
async def json(request): return web.Response(body=B, content_type="application/json")
app = web.Application()
app.router.add_get("/json", json)
web.run_app(app, host="127.0.0.1", port=int(sys.argv[1]), print=None, access_log=None)
