// record_internal.h - the inside of a record, for those who write many events.
//
// Events lie in chunks of 2 MiB, each one large page where the system has
// them: for the first touch of a small page takes as long as writing a hundred
// events. The first chunk begins small, since most records are.
//
//     chunks[0] | full |   chunks[1] | full |   chunks[2] | ...
//                                                          ^next   ^limit
//
// Where nobody listens, an event is written to [next], and that is all. Else,
// and where there is no room, it is written to [aside] and added from there.

#ifndef LAB_RECORD_RECORD_INTERNAL_H
#define LAB_RECORD_RECORD_INTERNAL_H

#include "base/intern.h"
#include "base/numbered.h"
#include "record/record.h"

enum {
    LAB_CHUNK_BYTES = 2 * 1024 * 1024,
    LAB_CHUNK_EVENTS = LAB_CHUNK_BYTES / sizeof(struct lab_event),
    LAB_CHUNKS = LAB_RECORD_MOST / LAB_CHUNK_EVENTS + 1,
};

// Another file of the program than its own; see location.h.
enum { LAB_RECORD_FILES = 64 };
struct lab_record_file {
    char *name, *code; // its text; NULL: not known
};

struct lab_record {
    struct lab_event *next, *limit; // equal when there is more to do
    struct lab_event aside;         // the event is then written here first
    lab_time end;
    struct lab_event *chunks[LAB_CHUNKS];
    size_t chunk_count; // the last is being filled
    size_t last_room;   // events that fit into it
    uint64_t left_out;  // events that were not kept
    lab_record_fn *listener;
    void *arg; // the listener's
    struct lab_intern texts;
    struct lab_numbered marks; // by the texts that are their names
    struct lab_record_file files[LAB_RECORD_FILES];
    size_t file_count;
    char *program;        // whose other files are told apart; NULL: nobody's
    const char *own_file; // the __FILE__ of its own file, once it is known
};

// Where the next event is to be written, every field of it; lab_record_keep is
// then called at once. Not for marks.
static inline struct lab_event *lab_record_place(struct lab_record *record) {
    return record->next != record->limit ? record->next : &record->aside;
}
void lab_record_keep_aside(struct lab_record *record);
static inline void lab_record_keep(struct lab_record *record,
                                   const struct lab_event *event) {
    if (event == &record->aside) {
        lab_record_keep_aside(record);
        return;
    }
    if (event->time > record->end)
        record->end = event->time;
    record->next++;
}

// The same for two events of one [time], which are not kept aside: NULL if they
// would have to be.
static inline struct lab_event *
lab_record_place_two(struct lab_record *record) {
    return record->limit - record->next >= 2 ? record->next : NULL;
}
static inline void lab_record_keep_two(struct lab_record *record,
                                       lab_time time) {
    if (time > record->end)
        record->end = time;
    record->next += 2;
}

#endif
