// rpc.h - calls to a service: one request, one reply, maybe a deadline.
//
// Use:
//     rpc_service *service;
//     LAB_TRY(rpc_serve(&service, "tcp:127.0.0.1:0", greet));
//     ...
//     rpc_channel *channel; // in a client
//     LAB_TRY(rpc_connect(&channel, rpc_port(service)));
//     int status = rpc_call(channel, "bob", 200 * LAB_MS, reply, sizeof reply);
//     rpc_close(channel);
//     ...
//     rpc_stop(service);
//
// Rules: what begins a service or a channel must end it, in the same task, and
// before it returns: their tasks use its memory.
//
// Calls are gRPC's, by libnghttp2. They share one connection; each is a stream
// of frames on it. Where make did not find libnghttp2 it takes the folder
// `without`: there a call is a request of HTTP/1.1, on a connection of its own.

#ifndef RPC_H
#define RPC_H

#include "lab.h"

// What comes of a call; the numbers are gRPC's.
enum rpc_status {
    RPC_OK = 0,
    RPC_CANCELLED = 1,          // the caller has gone, or the service ends
    RPC_UNKNOWN = 2,            // it failed, and did not say how
    RPC_DEADLINE_EXCEEDED = 4,  // the caller's time is over
    RPC_RESOURCE_EXHAUSTED = 8, // a message was too long
    RPC_UNIMPLEMENTED = 12,     // there is no such method
    RPC_INTERNAL = 13,          // a message that nobody can read
    RPC_UNAVAILABLE = 14,       // the connection is lost
};

enum { RPC_TEXT_MOST = 1000 }; // bytes of a request or reply

typedef struct rpc_service rpc_service;
typedef struct rpc_channel rpc_channel;

// Answers one call: puts text into [reply] and returns 0, or an error code. It
// runs in a task of its own, which is cancelled when the call's deadline is
// over, or when its caller has gone (without libnghttp2 nobody hears of that).
typedef int rpc_answer(const char *request, char *reply, size_t size);

// Begins to listen on [address], and to answer. Does not wait.
//
// Owns:   yours, until rpc_stop.
// Errors: as lab_listen.
LAB_CHECKED int rpc_serve(rpc_service **out, const char *address,
                          rpc_answer *answer);
#define rpc_serve LAB_COVER(rpc_serve)

// The port that it got.
int rpc_port(const rpc_service *service);

// Ends [service] and all calls that it still answers. Waits.
void rpc_stop(rpc_service *service);
#define rpc_stop LAB_COVER(rpc_stop)

// Waits for a connection to [port] of this machine.
//
// Owns:   yours, until rpc_close.
// Errors: as lab_connect.
LAB_CHECKED int rpc_connect(rpc_channel **out, int port);
#define rpc_connect LAB_COVER(rpc_connect)

// Calls the service, and waits for its reply no longer than [deadline], which
// the service is told; LAB_FOREVER is none. Returns a status from rpc_status,
// and for RPC_OK there is text in [reply].
//
// Errors: LAB_ECANCELED; the service is told that its caller has gone.
//         LAB_EMSGSIZE for a request that is too long.
LAB_CHECKED int rpc_call(rpc_channel *channel, const char *request,
                         lab_time deadline, char *reply, size_t size);
#define rpc_call LAB_COVER(rpc_call)

// Ends [channel]. A call that still waits gets RPC_UNAVAILABLE; there must be
// no later one. Waits.
void rpc_close(rpc_channel *channel);
#define rpc_close LAB_COVER(rpc_close)

#endif
