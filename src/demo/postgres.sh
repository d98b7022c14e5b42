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
server=

# What runs is waited for: else it would write into a folder that is removed.
clean() {
    trap '' TERM
    if test -n "$server"; then
        kill -QUIT "$server" 2>/dev/null
        wait "$server"
    fi
    test -z "$folder" || rm -rf "$folder"
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
folder=$(mktemp -d "$base/looplab-postgres-XXXXXX") ||
    fail "the private PostgreSQL has no folder in $base"

# It refuses to run as root.
as=
if test "$(id -u)" -eq 0; then
    as="setpriv --reuid=$(id -u nobody) --regid=$(id -g nobody) --clear-groups"
    chown nobody "$folder" || fail "root cannot give a folder to nobody"
fi

cd "$folder" || fail "the private PostgreSQL cannot enter $folder"
export HOME="$folder" LC_ALL=C
unset PGDATA PGHOST PGPORT PGUSER PGDATABASE PGOPTIONS
$as "$newest/initdb" -D "$folder/data" -U looplab -A trust --no-sync -E UTF8 \
    --locale=C >"$folder/log" 2>&1 &
server=$!
wait "$server" || {
    server=
    fail "the private PostgreSQL cannot be made: " "$folder/log"
}
server=

$as "$newest/postgres" -D "$folder/data" -k "$folder" \
    -c unix_socket_permissions=0700 -c listen_addresses= -c fsync=off \
    -c max_connections=60 -c shared_buffers=8MB -c autovacuum=off \
    >"$folder/log" 2>&1 &
server=$!
until "$newest/pg_isready" -q -h "$folder"; do
    kill -0 "$server" 2>/dev/null || {
        server=
        fail "the private PostgreSQL does not start: " "$folder/log"
    }
    sleep 0.02
done
echo "ready host=$folder user=looplab dbname=postgres"
wait "$server"
fail "the private PostgreSQL has ended: " "$folder/log"
