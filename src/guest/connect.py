# connect.py - connections: between parts of the program they stay in it under
# the virtual clock, and come in the same order every time.
#
# Where asyncio binds or connects a socket to an address of the program's own,
# a Unix socket takes its place, below the same descriptor: what is written to
# one is in the other at once, whereas the Internet's takes real time, also
# within a machine. All above that is asyncio's.
#
# What is outside the program takes real time and no virtual time: that is
# noted once for each line.

FIRST_PORT = 50001  # of servers that leave the choice to us
FIRST_CLIENT = 60001
MOST = 4096  # that may wait to be accepted
LOCAL = {None, "", "localhost", "0.0.0.0", "::", "::1", "127.0.0.1"}

near = weakref.WeakKeyDictionary()  # socket: its Place
listeners = weakref.WeakValueDictionary()  # (family, port or path): socket


class Place:
    """What is known of a socket that stays in the program."""

    def __init__(self, name, peer=None):
        self.name, self.peer = name, peer
        self.loop = asyncio._get_running_loop()
        self.callers = collections.deque()  # names of those not accepted yet


def is_local(address):
    return not isinstance(address, tuple) or address[0] in LOCAL


def key_of(sock, address):
    return sock.family, address[1] if isinstance(address, tuple) else address


def listener_at(sock, address):
    """The socket that listens at a local address."""
    found = listeners.get(key_of(sock, address)) \
        if is_local(address) and sock.type == socket.SOCK_STREAM else None
    return found if found is not None and found.fileno() >= 0 \
        and not near[found].loop.is_closed() else None


def replace(sock, use, *what):
    """Makes [sock] a Unix socket, with which [use] is called first."""
    with socket.socket(socket.AF_UNIX) as unix:
        use(unix, *what)
        unix.setblocking(sock.gettimeout() != 0)
        os.dup2(unix.fileno(), sock.fileno(), inheritable=False)


def bind(self, address):
    if asyncio._get_running_loop() is None or not is_local(address) \
            or self.type != socket.SOCK_STREAM:
        return real_socket.bind(self, address)
    if self.family == socket.AF_UNIX:
        real_socket.bind(self, address)
    else:
        if address[1] == 0:
            port = FIRST_PORT - 1 + next_number("port")
            address = address[0], port, *address[2:]
        if listener_at(self, address):
            raise OSError(98, "Address already in use")
        replace(self, real_socket.bind, "")  # somewhere
    near[self] = Place(address)
    listeners[key_of(self, address)] = self


def connect(self, address):
    listener, line = listener_at(self, address), line_of(sys._getframe(1))
    if listener is None or self.gettimeout() != 0 \
            or near[listener].loop is not asyncio._get_running_loop():
        note_connection(self, address, listener, line)
        return real_socket.connect(self, address)
    name = ""
    if self.family == socket.AF_UNIX:
        real_socket.connect(self, address)
    else:
        name = address[0], FIRST_CLIENT - 1 + next_number("client")
        replace(self, real_socket.connect, real_socket.getsockname(listener))
    near[self] = Place(name, address)
    near[listener].callers.append(name)


def accept(self):
    sock, name = real_socket.accept(self)
    if self in near:
        name = near[self].callers.popleft()
        near[sock] = Place(near[self].name, name)
    return sock, name


def listen(self, *backlog):
    real_socket.listen(self, *((MOST,) if self in near else backlog))


def getsockname(self):
    return near[self].name if self in near else real_socket.getsockname(self)


def getpeername(self):
    return near[self].peer if self in near else real_socket.getpeername(self)


def setsockopt(self, level, *what):
    if self not in near or level == socket.SOL_SOCKET:
        real_socket.setsockopt(self, level, *what)


real_socket = types.SimpleNamespace()


def hook_sockets():
    for method in (bind, connect, accept, listen, getsockname, getpeername,
                   setsockopt):
        name = method.__name__
        setattr(real_socket, name, getattr(socket.socket, name))
        setattr(socket.socket, name, method)


# --- the outside

far_sockets = weakref.WeakSet()
children = weakref.WeakSet()  # of subprocess
processes = weakref.WeakSet()  # of multiprocessing


def outside_is_near():
    """Is a connection to another machine open, or another process running?"""
    return any(s.fileno() >= 0 for s in far_sockets) \
        or any(c.returncode is None for c in children) \
        or any(is_running(p) for p in list(processes))


def is_running(process):
    try:
        return process.exitcode is None
    except ValueError:  # it is closed
        return False


def noted_processes(module):
    """Of multiprocessing. A thread of a pool starts one where one has ended,
    if it sees that in time: nothing is said of these."""
    start = module.BaseProcess.start

    def noted_start(self):
        line = line_of(sys._getframe(1))
        if line:
            note("starts another process, which takes no virtual time", line,
                 once=("program", line))
        start(self)
        processes.add(self)
    module.BaseProcess.start = noted_start


def note_connection(sock, address, listener, line):
    if not is_local(address):
        far_sockets.add(sock)
        note("reaches outside the program, which takes no virtual time",
             line, once=("outside", line))
    elif listener is not None:
        note("only asyncio reaches a server of the same program under the "
             "virtual clock; --clock=real", line, once=("blocking", line))


def hook_outside():
    popen = subprocess.Popen
    start = popen.__init__

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
    popen.__init__ = noted_start
    hook_sockets()
