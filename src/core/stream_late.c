// stream_late.c - bytes that leave after the tasks of a turn.
//
//     task --> .late of its stream --> when the turn is over --> socket
//
// What the socket has no room for stays in .late until it has: the stream is
// watched for that, whether or not a task waits. The next write waits for it,
// so bytes stay in order.

#include "core/room.h"
#include "core/transport_internal.h"

enum { LATE_MOST = 16 * 1024 }; // bytes of one stream

static size_t count(const lab_stream *stream) {
    return lab_bytes_count(&stream->late);
}

int lab_room_write_late(lab_stream *stream, const void *data, size_t size,
                        lab_time patience) {
    LAB_TRY(lab_stream_begin_write(stream));
    // In memory there is nothing to be gained, and time is exact.
    if (!stream->transport->is_outside || count(stream) + size > LATE_MOST)
        return lab_room_write(stream, data, size, patience);
    lab_bytes_put(&stream->late, data, size);
    if (!lab_list_linked(&stream->is_late))
        lab_list_push(&stream->loop->late, &stream->is_late);
    return 0;
}

// An error is left in the socket, or comes again, for the next call to find.
void lab_stream_try_late(lab_stream *stream) {
    lab_list_remove(&stream->is_late);
    while (count(stream) > 0) {
        int rc = stream->transport->write(
            stream, lab_bytes_front(&stream->late), count(stream));
        if (rc == LAB_EAGAIN)
            return;
        lab_bytes_skip(&stream->late, rc < 0 ? count(stream) : (size_t)rc);
    }
}

int lab_stream_finish_late(lab_stream *stream, lab_time patience,
                           lab_time *deadline) {
    while (count(stream) > 0) {
        lab_stream_try_late(stream);
        if (count(stream) > 0)
            LAB_TRY(lab_stream_wait_for_room(stream, patience, deadline));
    }
    return 0;
}

void lab_stream_send_late(lab_loop *loop) {
    struct lab_list *node;
    while ((node = lab_list_pop(&loop->late))) {
        lab_stream *stream = lab_list_item(node, lab_stream, is_late);
        lab_stream_try_late(stream);
        if (lab_stream_is_stuck(stream))
            stream->transport->watch(stream);
    }
}
