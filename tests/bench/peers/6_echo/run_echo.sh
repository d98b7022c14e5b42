#!/bin/bash
# CLIENT=path run_echo.sh SECS PORT CMD... : starts the server CMD (which takes
# the port itself) pinned to cpu 0, and the client on cpu 1. UNPIN=1 leaves the
# server free.
secs=$1
port=$2
shift 2
if [ -n "$UNPIN" ]; then
    "$@" >/dev/null 2>&1 &
else
    taskset -c 0 "$@" >/dev/null 2>&1 &
fi
pid=$!
sleep 0.15
taskset -c 1 "${CLIENT:-client}" "$port" "$secs" 50 $pid "${PIPE:-1}"
kill $pid
wait $pid 2>/dev/null
true
