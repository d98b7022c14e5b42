# connect.py - connections: between parts of the program they stay in it under
# the virtual clock, and come in the same order every time.
#
# The transports are asyncio's. Below them are Unix sockets with the names of
# Internet sockets: what is written to one is in the other at once, whereas
# the Internet's takes real time, also within a machine.
#
# What is outside the program takes real time and no virtual time: that is
# noted once for each line.

FIRST_PORT = 50001  # of servers that leave the choice to us
FIRST_CLIENT = 60000
MOST = 4096  # that may wait to be accepted
LOCAL = {None, "", "localhost", "0.0.0.0", "::", "::1", "127.0.0.1"}


def is_local(host):
    return host in LOCAL if not isinstance(host, (list, tuple)) \
        else all(map(is_local, host))


class Near(socket.socket):
    """One end of a connection in the program, or a server's socket."""

    def __init__(self, name, peer=None, fd=None):
        super().__init__(socket.AF_UNIX, socket.SOCK_STREAM, 0, fd)
        self.setblocking(False)
        self.name, self.peer = name, peer
        self.callers = collections.deque()  # names of those not accepted yet
        near_sockets.add(self)

    @property
    def family(self):
        return socket.AF_UNIX if isinstance(self.name, str) else \
            socket.AF_INET6 if ":" in self.name[0] else socket.AF_INET

    def getsockname(self):
        return self.name

    def getpeername(self):
        return self.peer

    def listen(self, backlog):
        super().listen(MOST)

    def accept(self):
        fd, _ = self._accept()
        peer = self.callers.popleft()
        return Near(self.name, peer, fd), peer


near_sockets = weakref.WeakSet()
listeners = {}  # port or path: Near


class Network:
    """What a Loop does with connections."""

    def lab_names(self, host, port):
        """The names of a server's sockets."""
        if not port:
            port = FIRST_PORT + self.lab_ports
            self.lab_ports += 1
        hosts = host if isinstance(host, (list, tuple)) else [host]
        numbers = {"localhost": "127.0.0.1", None: "0.0.0.0", "": "0.0.0.0"}
        hosts = [numbers.get(h, h) for h in hosts]
        if port in listeners:
            raise OSError(98, "error while attempting to bind on address "
                          "(%r, %d): address already in use"
                          % (hosts[0], port))
        return [(h, port, 0, 0) if ":" in h else (h, port) for h in hosts]

    async def create_server(self, protocol_factory, host=None, port=None, *,
                            sock=None, ssl=None, start_serving=True,
                            backlog=100, **more):
        if not options.virtual or sock or ssl or not is_local(host):
            return await super().create_server(
                protocol_factory, host, port, sock=sock, ssl=ssl,
                start_serving=start_serving, backlog=backlog, **more)
        return self.lab_serve(protocol_factory, self.lab_names(host, port),
                              start_serving, backlog)

    async def create_unix_server(self, protocol_factory, path=None, *,
                                 sock=None, ssl=None, start_serving=True,
                                 backlog=100, **more):
        if not options.virtual or sock or ssl:
            return await super().create_unix_server(
                protocol_factory, path, sock=sock, ssl=ssl,
                start_serving=start_serving, backlog=backlog, **more)
        return self.lab_serve(protocol_factory, [os.fspath(path)],
                              start_serving, backlog)

    def lab_serve(self, factory, names, start_serving, backlog):
        sockets = [Near(name) for name in names]
        for sock in sockets:
            sock.bind("")  # somewhere
            sock.loop = self
            listeners.setdefault(port_of(sock.name), sock)
        server = asyncio.base_events.Server(self, sockets, factory, None,
                                            backlog, None)
        if start_serving:
            server._start_serving()
        return server

    def _stop_serving(self, sock):
        if isinstance(sock, Near):
            listeners.pop(port_of(sock.name), None)
        super()._stop_serving(sock)

    async def create_connection(self, protocol_factory, host=None, port=None,
                                *, sock=None, ssl=None, **more):
        name = self.lab_dialed.get(sock) if sock is not None else \
            port if is_local(host) else None
        if not ssl and self.lab_reaches(name):
            return await super().create_connection(
                protocol_factory, sock=self.lab_dial(name))
        return await super().create_connection(
            protocol_factory, host, port, sock=sock, ssl=ssl, **more)

    async def create_unix_connection(self, protocol_factory, path=None, *,
                                     sock=None, ssl=None, **more):
        name = path and os.fspath(path)
        if not ssl and self.lab_reaches(name):
            return await super().create_connection(
                protocol_factory, sock=self.lab_dial(name))
        return await super().create_unix_connection(
            protocol_factory, path, sock=sock, ssl=ssl, **more)

    def lab_reaches(self, name):
        return name in listeners and listeners[name].loop is self

    def lab_dial(self, name):
        number = FIRST_CLIENT + next_number("client")
        sock = Near("", name) if isinstance(name, str) else \
            Near(("127.0.0.1", number), ("127.0.0.1", name))
        sock.connect(socket.socket.getsockname(listeners[name]))
        listeners[name].callers.append(sock.name)
        return sock

    async def sock_connect(self, sock, address):
        """aiohttp connects first, and makes the transport afterwards."""
        if isinstance(address, tuple) and is_local(address[0]) \
                and self.lab_reaches(address[1]):
            self.lab_dialed[sock] = address[1]
            return
        return await super().sock_connect(sock, address)

    async def getaddrinfo(self, host, port, **more):
        if not options.virtual or not is_local(host):
            return await super().getaddrinfo(host, port, **more)
        host = "127.0.0.1" if host == "localhost" else host
        return socket.getaddrinfo(host, port, **more)


def port_of(name):
    return name[1] if isinstance(name, tuple) else name


# --- the outside

far_sockets = weakref.WeakSet()
children = weakref.WeakSet()


def outside_is_near():
    """Is a connection to another machine open, or another program running?"""
    return any(s.fileno() >= 0 for s in far_sockets) \
        or any(c.returncode is None for c in children)


def hook_outside():
    connect, popen = socket.socket.connect, subprocess.Popen
    start = popen.__init__

    def noted_connect(self, address):
        line = line_of(sys._getframe(1))
        if isinstance(address, tuple) and not is_local(address[0]):
            far_sockets.add(self)
            note("reaches outside the program, which takes no virtual time",
                 line, once=("outside", line))
        elif port_of(address) in listeners:
            note("only asyncio reaches a server of the same program under the "
                 "virtual clock; --clock=real", line, once=("blocking", line))
        return connect(self, address)

    def noted_start(self, *what, **more):
        line = line_of(sys._getframe(1))
        note("runs another program, which takes no virtual time", line,
             once=("program", line))
        start(self, *what, **more)
        children.add(self)
        count_children()

    def noted_open(*what, **more):
        frame = sys._getframe(1)
        if record.run is not None and is_learners(frame.f_code):
            note("uses a file, which takes no virtual time", line_of(frame),
                 once=("file", line_of(frame)))
        return opened(*what, **more)
    opened, builtins.open = builtins.open, noted_open
    socket.socket.connect, popen.__init__ = noted_connect, noted_start
