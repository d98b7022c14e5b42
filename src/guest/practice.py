# practice.py - web sites that looplab plays: --serve=PORT.
#
# Their names lead to the practice server that listens on this port of the
# machine, and what would be encrypted is plain, since nobody has their
# certificates. That is done where names are looked up and where encryption
# begins, so it holds for every library that uses asyncio's or Python's own.

SITES = {"httpbin.org", "www.httpbin.org", "example.com", "www.example.com"}


def is_played(host):
    if isinstance(host, bytes):
        host = host.decode("ascii", "replace")
    return isinstance(host, str) and host.lower().rstrip(".") in SITES


def note_played(host):
    name = host.decode() if isinstance(host, bytes) else host
    note("%s leads to looplab's own server (--serve), without encryption"
         % name, line_of(sys._getframe(2)), once=("practice", name.lower()))


class Plain(socket.socket):
    """Stands for the encrypted connection to a site."""

    host = None

    def getpeercert(self, binary_form=False):
        return b"" if binary_form else {
            "subjectAltName": (("DNS", self.host),)}

    def version(self):
        return "TLSv1.3"

    def cipher(self):
        return None

    def selected_alpn_protocol(self):
        return None


def play_names():
    look_up = socket.getaddrinfo

    def getaddrinfo(host, port, *what, **more):
        if not is_played(host):
            return look_up(host, port, *what, **more)
        note_played(host)
        return look_up("127.0.0.1", options.practice,
                       family=socket.AF_INET, type=socket.SOCK_STREAM)
    socket.getaddrinfo = getaddrinfo


def play_encryption():
    loops = asyncio.base_events.BaseEventLoop
    connect = loops.create_connection
    try:
        from ssl import SSLContext
    except ImportError:
        return
    wrap = SSLContext.wrap_socket

    async def create_connection(self, factory, host=None, port=None, *,
                                ssl=None, server_hostname=None, **more):
        if is_played(server_hostname) or is_played(host):
            ssl = server_hostname = None
        if server_hostname is not None:
            more["server_hostname"] = server_hostname
        return await connect(self, factory, host, port, ssl=ssl, **more)

    def wrap_socket(self, sock, *what, server_hostname=None, **more):
        if not is_played(server_hostname):
            return wrap(self, sock, *what, server_hostname=server_hostname,
                        **more)
        patience = sock.gettimeout()
        plain = Plain(fileno=sock.detach())
        plain.host = server_hostname
        plain.settimeout(patience)
        return plain
    loops.create_connection = create_connection
    SSLContext.wrap_socket = wrap_socket


def hook_practice():
    play_names()
    play_encryption()
