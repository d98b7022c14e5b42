//     the stream --> reader --> libnghttp2 --> callbacks --> calls
//     the stream <-- writer <-- libnghttp2 <-- submit   <-- calls

#define LAB_PART // of a demo: see lab.h

#include "23_rpc/link.h"

#include <stdio.h>
#include <string.h>

enum { READ_MOST = 8192, CALLS_MOST = 200 };

// --- calls

struct call *call_new(struct link *link) {
    struct call *call = lab_alloc(sizeof *call);
    call->link = link;
    call->status = -1;
    call->deadline = LAB_FOREVER;
    lab_list_push(&link->calls, &call->node);
    return call;
}

void call_free(struct call *call) {
    lab_list_remove(&call->node);
    lab_future_free(call->done);
    lab_free(call);
}

// Returns NULL for a stream that is no call, or no longer one.
static struct call *find(nghttp2_session *session, int32_t id) {
    return nghttp2_session_get_stream_user_data(session, id);
}

// Nobody looks for [call] any more.
static void end(struct call *call) {
    nghttp2_session_set_stream_user_data(call->link->session, call->id, NULL);
    lab_list_remove(&call->node);
    call->is_closed = true;
}

void call_reset(struct call *call, uint32_t reason) {
    end(call);
    nghttp2_submit_rst_stream(call->link->session, NGHTTP2_FLAG_NONE, call->id,
                              reason);
    link_send(call->link);
}

// The connection is lost, and all calls with it.
static void lose(struct link *link) {
    link->is_lost = true;
    while (!lab_list_empty(&link->calls)) {
        struct call *call = lab_list_item(link->calls.next, struct call, node);
        end(call);
        call->status = RPC_UNAVAILABLE;
        link->side->closed(call);
    }
    if (link->group)
        lab_group_cancel(link->group);
}

nghttp2_nv header(const char *name, const char *value) {
    return (nghttp2_nv){(uint8_t *)name, (uint8_t *)value, strlen(name),
                        strlen(value), NGHTTP2_NV_FLAG_NONE};
}

// --- what libnghttp2 asks for, and tells

// A service ends with the status, after the body: in trailers.
static int end_with_status(nghttp2_session *session, const struct call *call) {
    char status[12];
    snprintf(status, sizeof status, "%d", call->status);
    nghttp2_nv trailer = header("grpc-status", status);
    return nghttp2_submit_trailer(session, call->id, &trailer, 1);
}

static ssize_t on_body(nghttp2_session *session, int32_t id, uint8_t *into,
                       size_t room, uint32_t *flags,
                       nghttp2_data_source *source, void *arg) {
    struct link *link = arg;
    struct call *call = find(session, id); // it may be gone by now
    (void)source;
    if (!call)
        return NGHTTP2_ERR_TEMPORAL_CALLBACK_FAILURE;
    size_t rest = call->out_size - call->out_sent;
    size_t n = rest < room ? rest : room;
    memcpy(into, call->out + call->out_sent, n);
    call->out_sent += n;
    if (n < rest)
        return (ssize_t)n;
    *flags |= NGHTTP2_DATA_FLAG_EOF;
    if (link->side->is_service) {
        *flags |= NGHTTP2_DATA_FLAG_NO_END_STREAM;
        if (end_with_status(session, call) < 0)
            return NGHTTP2_ERR_TEMPORAL_CALLBACK_FAILURE;
    }
    return (ssize_t)n;
}

nghttp2_data_provider call_body(void) {
    return (nghttp2_data_provider){.read_callback = on_body};
}

static int on_begin(nghttp2_session *session, const nghttp2_frame *frame,
                    void *arg) {
    struct link *link = arg;
    if (frame->hd.type != NGHTTP2_HEADERS ||
        frame->headers.cat != NGHTTP2_HCAT_REQUEST)
        return 0;
    struct call *call = call_new(link);
    call->id = frame->hd.stream_id;
    nghttp2_session_set_stream_user_data(session, call->id, call);
    return 0;
}

static int on_header(nghttp2_session *session, const nghttp2_frame *frame,
                     const uint8_t *name, size_t name_size,
                     const uint8_t *value, size_t size, uint8_t flags,
                     void *arg) {
    struct link *link = arg;
    struct call *call = find(session, frame->hd.stream_id);
    (void)name_size, (void)flags;
    if (call) // libnghttp2 ends both with a 0
        link->side->header(call, (const char *)name, (const char *)value, size);
    return 0;
}

static int on_data(nghttp2_session *session, uint8_t flags, int32_t id,
                   const uint8_t *data, size_t size, void *arg) {
    struct link *link = arg;
    struct call *call = find(session, id);
    (void)flags;
    if (!call)
        return 0;
    if (size > sizeof call->in - call->in_size) {
        call->status = RPC_RESOURCE_EXHAUSTED;
        call_reset(call, NGHTTP2_ENHANCE_YOUR_CALM);
        link->side->closed(call);
        return 0;
    }
    memcpy(call->in + call->in_size, data, size);
    call->in_size += size;
    return 0;
}

static int on_frame(nghttp2_session *session, const nghttp2_frame *frame,
                    void *arg) {
    struct link *link = arg;
    struct call *call = find(session, frame->hd.stream_id);
    if (call && (frame->hd.flags & NGHTTP2_FLAG_END_STREAM) &&
        (frame->hd.type == NGHTTP2_DATA || frame->hd.type == NGHTTP2_HEADERS))
        link->side->received(call);
    return 0;
}

// What a stream's end comes to, if no status was sent.
static int status_of(uint32_t error) {
    switch (error) {
    case NGHTTP2_REFUSED_STREAM:
        return RPC_UNAVAILABLE;
    case NGHTTP2_CANCEL:
        return RPC_CANCELLED;
    case NGHTTP2_ENHANCE_YOUR_CALM:
        return RPC_RESOURCE_EXHAUSTED;
    case NGHTTP2_NO_ERROR:
        return RPC_UNKNOWN;
    default:
        return RPC_INTERNAL;
    }
}

static int on_close(nghttp2_session *session, int32_t id, uint32_t error,
                    void *arg) {
    struct link *link = arg;
    struct call *call = find(session, id);
    if (!call)
        return 0;
    end(call);
    if (call->status < 0 || error != NGHTTP2_NO_ERROR)
        call->status = status_of(error);
    link->side->closed(call);
    return 0;
}

// --- its memory is counted as ours

static void *take(size_t size, void *arg) {
    (void)arg;
    return lab_alloc(size);
}

static void *take_zeroed(size_t count, size_t size, void *arg) {
    (void)arg;
    return lab_alloc(count * size);
}

static void *resize(void *old, size_t size, void *arg) {
    (void)arg;
    return lab_realloc(old, 1, size);
}

static void give(void *memory, void *arg) {
    (void)arg;
    lab_free(memory);
}

// --- the two tasks

void link_send(struct link *link) {
    lab_flag_set(&link->news);
}

static int write_all(struct link *link) {
    for (;;) {
        const uint8_t *bytes; // libnghttp2's, until it is asked again
        lab_flag_clear(&link->news);
        ssize_t n = nghttp2_session_mem_send(link->session, &bytes);
        if (n < 0)
            return LAB_EPROTO;
        if (n > 0)
            LAB_TRY(lab_write(link->stream, bytes, (size_t)n));
        else if (nghttp2_session_want_read(link->session))
            LAB_TRY(lab_flag_wait(&link->news));
        else
            return LAB_EPROTO; // the last word is said: a GOAWAY
    }
}

static int read_all(struct link *link) {
    uint8_t bytes[READ_MOST];
    while (nghttp2_session_want_read(link->session)) {
        int n = lab_read(link->stream, bytes, sizeof bytes);
        LAB_TRY(n);
        if (nghttp2_session_mem_recv(link->session, bytes, (size_t)n) < 0)
            return LAB_EPROTO;
        link_send(link); // it answers some frames by itself
    }
    // The other side broke the rules. Give it a second to read our GOAWAY.
    LAB_TRY(lab_sleep(LAB_S));
    return LAB_EPROTO;
}

// Both fail when the other side closes. That is an end, and no error to read.
static int writer(void *link) {
    int rc = write_all(link);
    lose(link);
    return rc == LAB_ECANCELED ? rc : 0;
}

static int reader(void *link) {
    int rc = read_all(link);
    lose(link);
    return rc == LAB_ECANCELED ? rc : 0;
}

// --- its life

static int session_open(struct link *link) {
    nghttp2_session_callbacks *calls;
    nghttp2_mem memory = {NULL, take, give, take_zeroed, resize};
    nghttp2_settings_entry most = {NGHTTP2_SETTINGS_MAX_CONCURRENT_STREAMS,
                                   CALLS_MOST};
    if (nghttp2_session_callbacks_new(&calls) < 0)
        return LAB_ENOMEM;
    nghttp2_session_callbacks_set_on_begin_headers_callback(calls, on_begin);
    nghttp2_session_callbacks_set_on_header_callback(calls, on_header);
    nghttp2_session_callbacks_set_on_data_chunk_recv_callback(calls, on_data);
    nghttp2_session_callbacks_set_on_frame_recv_callback(calls, on_frame);
    nghttp2_session_callbacks_set_on_stream_close_callback(calls, on_close);
    int rc = (link->side->is_service ? nghttp2_session_server_new3
                                     : nghttp2_session_client_new3)(
        &link->session, calls, link, NULL, &memory);
    nghttp2_session_callbacks_del(calls);
    if (rc == 0)
        rc = nghttp2_submit_settings(link->session, 0, &most, 1);
    return rc < 0 ? LAB_ENOMEM : 0;
}

int link_open(struct link *link, lab_stream *stream, const struct side *side,
              void *owner) {
    *link = (struct link){.stream = stream, .side = side, .owner = owner};
    lab_list_init(&link->calls);
    lab_flag_init(&link->news);
    link->group = lab_group_new();
    LAB_TRY(session_open(link));
    LAB_TRY(lab_group_spawn(link->group, "writer", writer, link));
    return lab_group_spawn(link->group, "reader", reader, link);
}

int link_wait(struct link *link) {
    int rc = lab_group_wait(link->group); // whatever it is, they have ended
    link->group = NULL;
    return rc;
}

void link_free(struct link *link) {
    lose(link);
    if (link->group)
        lab_ignore(link_wait(link));
    nghttp2_session_del(link->session);
    lab_close(link->stream);
}
