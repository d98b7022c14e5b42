// link.h - one connection of HTTP/2, of a caller or a service, and its calls.
//
// Rules: two tasks serve a connection. One reads, and hands the bytes to
// libnghttp2, which calls us back for what is in them. The other asks it what
// to send, and writes. Callbacks do not wait: they change a call, and wake
// the task that waits for it.

#ifndef RPC_LINK_H
#define RPC_LINK_H

#include "23_rpc/message.h"
#include "23_rpc/rpc.h"

#include <nghttp2/nghttp2.h>

struct link {
    lab_stream *stream;
    nghttp2_session *session;
    lab_group *group;      // its tasks; it stops when the connection is lost
    struct lab_list calls; // whose streams have not ended
    const struct side *side;
    void *owner;          // the channel or the service
    bool is_lost;         // nothing more is sent or received
    struct lab_flag news; // there may be something to send
};

// A call: a stream of frames.
struct call {
    struct lab_list node;
    struct link *link;
    int32_t id;
    bool is_closed; // its stream has ended; libnghttp2 does not know it
    int status;     // from rpc_status; -1 while it is not known
    uint8_t in[MESSAGE_MOST], out[MESSAGE_MOST];
    size_t in_size, out_size, out_sent;

    // A caller's.
    lab_future *done; // set to the status

    // A service's.
    bool is_grpc;      // what its headers say
    bool is_known;     // there is such a method
    bool is_answering; // a task uses it, and frees it if it is closed
    lab_task *task;    // this one, once it has begun
    lab_time deadline; // negative if it cannot be read
};

// What differs between the sides.
struct side {
    bool is_service;
    void (*header)(struct call *call, const char *name, const char *value,
                   size_t size);
    void (*received)(struct call *call); // all of the other's message
    void (*closed)(struct call *call);   // is_closed; may free [call]
};

// Begins to talk on [stream], in tasks that belong to the running one. Takes
// [stream]; link_free is due even if this fails.
LAB_CHECKED int link_open(struct link *link, lab_stream *stream,
                          const struct side *side, void *owner);

// Waits until the connection is lost.
//
// Errors: LAB_ECANCELED if we are cancelled first.
LAB_CHECKED int link_wait(struct link *link);

// Stops the tasks, ends all calls and frees what is left. Waits.
void link_free(struct link *link);

// Tells the writer that there is something to send.
void link_send(struct link *link);

// Makes a call of [link].
//
// Owns: yours, until call_free.
struct call *call_new(struct link *link);
void call_free(struct call *call);

// The body of a call for libnghttp2: it reads call->out, when it sends it.
nghttp2_data_provider call_body(void);

// Ends a stream for [reason]. Nothing more is heard of it.
void call_reset(struct call *call, uint32_t reason);

// A header for libnghttp2, which copies both.
nghttp2_nv header(const char *name, const char *value);

#endif
