#!/bin/sh
# shellcheck disable=SC2317 # a trap calls what seems not to be
# postgres.sh - a private PostgreSQL, for as long as looplab needs it.
#
# Writes one line: "ready" and a connection string, as libpq reads it, when the
# server answers; or why there is none, and ends.
#
# It lives in a folder of its own and has no port, only a socket that nobody
# else may use. Ends on SIGTERM, which the kernel sends as well when looplab has
# died in whatever way. Nothing is left then: no server and no folder.

folder=
newest=
running= # is what was started last to be ended?
end=KILL # by this signal

# A program that has only begun may miss the signal, so it gets another. What
# initdb has started ends by itself when that is killed, and may still write a
# moment longer.
clean() {
    trap '' TERM
    while test -n "$running" && kill "-$end" "$!" 2>/dev/null; do
        sleep 0.02
    done
    test -z "$folder" || for _ in 1 2 3 4 5 6 7 8 9; do
        rm -rf "$folder" 2>/dev/null && break
        sleep 0.1
    done
}

stop() {
    clean
    exit 0
}

# Gives up: the reason, and the first error in a log.
fail() {
    echo "$1$(test -z "$2" ||
        sed -n 's/^.*\(FATAL\|PANIC\|error\): *//p' "$2" | head -n 1)"
    clean
    exit 1
}

# Where both programs of the newest version are.
programs() {
    found=$(command -v initdb) && dirname "$found"
    printf '%s\n' /usr/lib/postgresql/*/bin /usr/pgsql-*/bin | sort -V
}

trap stop TERM
trap '' PIPE # looplab may be gone
for bin in $(programs); do
    test -x "$bin/initdb" && test -x "$bin/postgres" && newest=$bin
done
test -n "$newest" || fail "PostgreSQL is not installed; install postgresql, or \
set LOOPLAB_PG to the connection string of a server"

# The path of a socket has 107 bytes at most.
base=${TMPDIR:-/tmp}
case $base in
*[!A-Za-z0-9/._-]*) base=/tmp ;;
esac
test ${#base} -le 70 || base=/tmp
# Its name is known before it is there: the signal ends what makes it, too.
folder=$(mktemp -u "$base/looplab-postgres-XXXXXXXX")
mkdir -m 700 "$folder" || {
    folder=
    fail "the private PostgreSQL has no folder in $base"
}

# It refuses to run as root.
as=
if test "$(id -u)" -eq 0; then
    as="setpriv --reuid=$(id -u nobody) --regid=$(id -g nobody) --clear-groups"
    chown nobody "$folder" || fail "root cannot give a folder to nobody"
fi

cd "$folder" || fail "the private PostgreSQL cannot enter $folder"
export HOME="$folder" LC_ALL=C
unset PGDATA PGHOST PGPORT PGUSER PGDATABASE PGOPTIONS
running=yes # before it does: the signal may come in between
$as "$newest/initdb" -D "$folder/data" -U looplab -A trust --no-sync -E UTF8 \
    --locale=C >"$folder/log" 2>&1 &
wait "$!" || {
    running=
    fail "the private PostgreSQL cannot be made: " "$folder/log"
}
end=QUIT
$as "$newest/postgres" -D "$folder/data" -k "$folder" \
    -c unix_socket_permissions=0700 -c listen_addresses= -c fsync=off \
    -c max_connections=60 -c shared_buffers=8MB -c autovacuum=off \
    >"$folder/log" 2>&1 &
until "$newest/pg_isready" -q -h "$folder"; do
    kill -0 "$!" 2>/dev/null || {
        running=
        fail "the private PostgreSQL does not start: " "$folder/log"
    }
    sleep 0.02
done
echo "ready host=$folder user=looplab dbname=postgres"
wait "$!"
running=
fail "the private PostgreSQL has ended: " "$folder/log"
