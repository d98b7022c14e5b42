// record.c - the record: events one after the other, and their texts.
//
// An event is 40 bytes that point nowhere: its text is a number, by which the
// record finds the text, and each text stands there once.

#include "record/record_internal.h"

#include "base/alloc.h"
#include "base/die.h"

#include <errno.h>
#include <stdbool.h>
#include <string.h>
#include <sys/mman.h>

// The marks of one name, counted as they come.
struct marks {
    uint32_t name;                // its number among the texts
    struct lab_gap longest, last; // last: from the last mark, by whom
};

enum { FIRST_EVENTS = 64 };

_Static_assert(sizeof(struct lab_event) == 40, "events are many");

// --- events

// Chunks of records that were freed, for the next ones: the system clears new
// memory, which takes longer than writing events into it. If it runs short, it
// may have them back. Records belong to the loop's thread, and so do these.
static struct lab_event *spare[LAB_CHUNKS]; // as many as one record may have
static size_t spare_count;

// A chunk at a multiple of its size, so that it can be a large page.
static struct lab_event *map_chunk(void) {
    enum { SIZE = LAB_CHUNK_BYTES };
    if (spare_count > 0)
        return spare[--spare_count];
    char *memory = mmap(NULL, 2 * SIZE, PROT_READ | PROT_WRITE,
                        MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED)
        lab_die(LAB_EXIT_OS, "no memory for more of the record: %s",
                strerror(errno));
    size_t before = -(uintptr_t)memory % SIZE;
    if (before > 0)
        munmap(memory, before);
    munmap(memory + before + SIZE, SIZE - before);
    madvise(memory + before, SIZE, MADV_HUGEPAGE);
    return (struct lab_event *)(void *)(memory + before);
}

static bool is_mapped(const struct lab_record *record, size_t chunk) {
    return chunk > 0 || record->last_room == LAB_CHUNK_EVENTS ||
           record->chunk_count > 1;
}

static void free_chunk(const struct lab_record *record, size_t chunk) {
    if (!is_mapped(record, chunk))
        lab_free(record->chunks[chunk]);
    else if (spare_count == countof(spare))
        munmap(record->chunks[chunk], LAB_CHUNK_BYTES);
    else {
        madvise(record->chunks[chunk], LAB_CHUNK_BYTES, MADV_FREE);
        spare[spare_count++] = record->chunks[chunk];
    }
}

// The first chunk, twice as large; or as large as any, and then mapped.
static struct lab_event *grow_first(struct lab_record *record) {
    enum { LARGE = LAB_CHUNK_EVENTS / 8 };
    size_t room = record->last_room ? 2 * record->last_room : FIRST_EVENTS;
    if (room <= LARGE) {
        record->last_room = room;
        return lab_realloc(record->chunks[0], room, sizeof(struct lab_event));
    }
    struct lab_event *chunk = map_chunk();
    memcpy(chunk, record->chunks[0], record->last_room * sizeof *chunk);
    lab_free(record->chunks[0]);
    record->last_room = LAB_CHUNK_EVENTS;
    return chunk;
}

// Makes room for one event more.
static void grow(struct lab_record *record) {
    size_t used = record->last_room;
    if (record->chunk_count <= 1 && used < LAB_CHUNK_EVENTS) {
        record->chunks[0] = grow_first(record);
        record->chunk_count = 1;
    } else {
        record->chunks[record->chunk_count++] = map_chunk();
        used = 0;
    }
    struct lab_event *chunk = record->chunks[record->chunk_count - 1];
    record->next = chunk + used;
}

// Sets up to where events may be written without asking; nowhere, if there is a
// listener.
static void set_limit(struct lab_record *record) {
    struct lab_event *end =
        record->chunks[record->chunk_count - 1] + record->last_room;
    size_t left = LAB_RECORD_MOST - lab_record_count(record);
    size_t room = (size_t)(end - record->next);
    record->limit = record->next;
    if (!record->listener)
        record->limit += room < left ? room : left;
}

static void append(struct lab_record *record, const struct lab_event *event) {
    const struct lab_event *chunk =
        record->chunk_count ? record->chunks[record->chunk_count - 1] : NULL;
    if (!chunk || record->next == chunk + record->last_room)
        grow(record);
    *record->next++ = *event;
    set_limit(record);
}

// --- life

struct lab_record *lab_record_new(void) {
    struct lab_record *record = lab_alloc(sizeof *record);
    record->marks.size = sizeof(struct marks);
    return record;
}

void lab_record_free(struct lab_record *record) {
    if (!record)
        return;
    for (size_t i = 0; i < record->chunk_count; i++)
        free_chunk(record, i);
    for (size_t i = 0; i < record->file_count; i++) {
        lab_free(record->files[i].name);
        lab_free(record->files[i].code);
    }
    lab_free(record->program);
    lab_intern_free(&record->texts);
    lab_numbered_free(&record->marks);
    lab_free(record);
}

// --- marks

static const struct marks *marks_of(const struct lab_record *record,
                                    const char *name) {
    uint32_t text = lab_intern_find(&record->texts, name);
    return text || !*name ? lab_numbered_find(&record->marks, text) : NULL;
}

// A worker's mark may come after a later one: that is not a gap.
static void count_mark(struct lab_record *record, const char *name,
                       const struct lab_event *event) {
    struct marks *marks =
        lab_numbered_need(&record->marks, lab_intern(&record->texts, name));
    struct lab_gap gap = {marks->last.from, event->time, event->task,
                          event->worker};
    if (gap.to - gap.from > marks->longest.to - marks->longest.from)
        marks->longest = gap;
    marks->last = gap;
    marks->last.from = event->time;
}

static bool is_full(const struct lab_record *record) {
    return lab_record_count(record) == LAB_RECORD_MOST;
}

void lab_record_add_named(struct lab_record *record, struct lab_event event,
                          const char *text, const char *name) {
    event.text = 0;
    if (event.kind == LAB_EVENT_QUEUE)
        event.name = is_full(record) ? lab_intern_find(&record->texts, name)
                                     : lab_intern(&record->texts, name);
    if (event.time > record->end)
        record->end = event.time;
    if (event.kind == LAB_EVENT_MARK)
        count_mark(record, text ? text : "", &event);
    if (!is_full(record)) {
        event.text = text ? lab_intern(&record->texts, text) : 0;
        append(record, &event);
    } else {
        record->left_out++;
    }
    if (record->listener)
        record->listener(record->arg, &event, text ? text : "");
}

void lab_record_add(struct lab_record *record, struct lab_event event,
                    const char *text) {
    // Only these have more to do than to be written.
    if (text || event.kind == LAB_EVENT_MARK || event.kind == LAB_EVENT_QUEUE) {
        lab_record_add_named(record, event, text, "");
        return;
    }
    struct lab_event *place = lab_record_place(record);
    *place = event;
    place->text = 0;
    lab_record_keep(record, place);
}

void lab_record_keep_aside(struct lab_record *record) {
    if (record->listener || !is_full(record)) {
        lab_record_add_named(record, record->aside, NULL, "");
        return;
    }
    if (record->aside.time > record->end)
        record->end = record->aside.time;
    record->left_out++;
}

void lab_record_listen(struct lab_record *record, lab_record_fn *fn,
                       void *arg) {
    record->listener = fn;
    record->arg = arg;
    record->limit = record->next; // the next one looks again
}

uint64_t lab_record_left_out(const struct lab_record *record) {
    return record->left_out;
}

size_t lab_record_count(const struct lab_record *record) {
    size_t n = record->chunk_count;
    if (n == 0)
        return 0;
    return (n - 1) * LAB_CHUNK_EVENTS +
           (size_t)(record->next - record->chunks[n - 1]);
}

const struct lab_event *lab_record_at(const struct lab_record *record,
                                      size_t index) {
    return &record->chunks[index / LAB_CHUNK_EVENTS][index % LAB_CHUNK_EVENTS];
}

const char *lab_record_text(const struct lab_record *record,
                            const struct lab_event *event) {
    return lab_intern_string(&record->texts, event->text);
}

const char *lab_record_string(const struct lab_record *record, uint32_t text) {
    return lab_intern_string(&record->texts, text);
}

lab_time lab_record_end(const struct lab_record *record) {
    return record->end;
}

struct lab_gap lab_record_gap(const struct lab_record *record,
                              const char *name) {
    const struct marks *marks = marks_of(record, name);
    struct lab_gap rest = marks ? marks->last : (struct lab_gap){0};
    rest.to = record->end;
    return marks && marks->longest.to - marks->longest.from >=
                        rest.to - rest.from
               ? marks->longest
               : rest;
}
