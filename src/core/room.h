// room.h - memory that a protocol keeps with a stream, for layers above core.
//
//     void *room;
//     LAB_TRY(lab_room_enter(stream, SIZE, SIZE, &room));
//     rc = read_head(stream, room); // waits; the room stays where it is
//     lab_room_leave(stream);
//
// Rules: one task at a time is in the room. If the stream is closed meanwhile,
// the room is freed when the task leaves; else it lives as long as the stream
// is open. So a demo that returns early leaves no memory behind.

#ifndef LAB_CORE_ROOM_H
#define LAB_CORE_ROOM_H

#include "core/stream.h"

// Enters the room of [stream] and has [*out] point to its [size] bytes, of
// which the first [zeroed] are 0 when it is entered first: what is not touched
// costs no memory. Both are the same each time. Does not wait.
//
// Owns:   [*out] is borrowed until lab_room_leave.
// Errors: LAB_EBUSY while another task is in it; LAB_EBADF when closed;
//         LAB_EINVAL for a listener; LAB_EPERM.
LAB_CHECKED int lab_room_enter(lab_stream *stream, size_t size, size_t zeroed,
                               void **out);
void lab_room_leave(lab_stream *stream);

// As lab_read and lab_write, but they wait no longer than [patience], all waits
// of a call together; LAB_FOREVER is no limit. A timeout around them would do
// the same, and costs something even if nobody waits.
//
// Errors: LAB_ETIMEDOUT after that; else those of lab_read and lab_write.
LAB_CHECKED int lab_room_read(lab_stream *stream, void *buffer, size_t size,
                              lab_time patience);
LAB_CHECKED int lab_room_write(lab_stream *stream, const void *data,
                               size_t size, lab_time patience);

// As lab_room_read, into memory that nobody else uses: what comes is put there
// at once, before the task runs. So a server has read all requests that came
// together when it answers the first. Its replies then follow each other faster
// than a client takes them, who need not be woken for each.
LAB_CHECKED int lab_room_read_early(lab_stream *stream, void *buffer,
                                    size_t size, lab_time patience);

// As lab_room_write, but the bytes leave when the tasks that are ready now have
// run, one stream's after the other's; those of one stream as one piece. A
// server with many requests at a time so does the same for all of them before
// the system does its part, and both find their code in the processor's cache.
// Waits only if too much is late already.
//
// Owns:   [data] is copied.
// Errors: those of lab_room_write. What goes wrong when the bytes leave is told
//         by the next read or write.
LAB_CHECKED int lab_room_write_late(lab_stream *stream, const void *data,
                                    size_t size, lab_time patience);

// Ends what can be read of [stream]: a task that waits for bytes gets LAB_EOF,
// and later reads fail. What was written still leaves. Does not wait.
void lab_room_end_reading(lab_stream *stream);

// The room of [stream], entered or not; NULL if nobody ever entered it.
void *lab_room_of(const lab_stream *stream);

// Closes [stream] and frees all that is left of it, which lab_close keeps until
// the run ends. For a server, which has many streams in a long run. Nobody may
// use [stream] after that, not even to close it.
//
// Owns: takes [stream].
void lab_room_forget(lab_stream *stream);

#endif
