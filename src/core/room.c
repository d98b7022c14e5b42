#include "core/room.h"

#include "base/alloc.h"
#include "base/die.h"
#include "core/park_internal.h"
#include "core/transport_internal.h"

#include <string.h>

void lab_room_free(lab_stream *stream) {
    lab_free(stream->room);
    stream->room = NULL;
}

int lab_room_enter(lab_stream *stream, size_t size, size_t zeroed, void **out) {
    *out = NULL;
    if (!lab_task_self())
        return LAB_EPERM;
    if (!stream->transport)
        return LAB_EBADF;
    if (stream->listens)
        return LAB_EINVAL;
    if (stream->room_used)
        return LAB_EBUSY;
    if (!stream->room) {
        stream->room = lab_realloc(NULL, 1, size);
        memset(stream->room, 0, zeroed);
    }
    stream->room_used = true;
    *out = stream->room;
    return 0;
}

void lab_room_leave(lab_stream *stream) {
    lab_assert(stream->room_used);
    stream->room_used = false;
    if (!stream->transport)
        lab_room_free(stream);
}

void *lab_room_of(const lab_stream *stream) {
    return stream->room;
}

void lab_room_end_reading(lab_stream *stream) {
    stream->shut[SIDE_READ] = true;
    if (stream->waiters[SIDE_READ])
        lab_task_wake(stream->waiters[SIDE_READ], LAB_EOF);
}

void lab_room_forget(lab_stream *stream) {
    lab_assert(!stream->room_used);
    lab_stream_drop(stream);
}
