// results_internal.h - the results of a pool's jobs, on their way from threads
// to the loop; private to src/core.
//
//     places  |   |   | r | r | r |   |   |
//                       ^first      ^last    both are counted without end
//
// They are copied, not linked: the loop reads several from one line of the
// cache, and knows the next job before it has looked at this one. All is done
// under the pool's lock, but for reading what was taken.

#ifndef LAB_CORE_RESULTS_INTERNAL_H
#define LAB_CORE_RESULTS_INTERNAL_H

#include "core/mailbox_internal.h"

#include <stdbool.h>
#include <stddef.h>

struct job;

struct result {
    struct job *job;
    int value;
};

// A zeroed one is empty.
struct results {
    struct result *places;
    size_t room;    // a power of two, or 0; only the loop changes it
    char apart[64]; // see jobs_internal.h
    size_t first, last;
    bool told;        // the loop knows that there are some
    struct mail mail; // tells it
};

// Frees the places. No result is left.
void lab_results_free(struct results *results);

// Must be called by the loop before it adds the last of [jobs] jobs: each may
// end before the loop looks.
void lab_results_make_room(struct results *results, size_t jobs);

static inline struct result *lab_results_at(const struct results *results,
                                            size_t place) {
    return &results->places[place & (results->room - 1)];
}

static inline void lab_results_add(struct results *results, struct job *job,
                                   int value) {
    *lab_results_at(results, results->last++) = (struct result){job, value};
}

// Are there some that the loop does not know of?
static inline bool lab_results_are_news(const struct results *results) {
    return results->first != results->last && !results->told;
}

// Takes all: those from [*next] up to what is returned may be read until there
// is a new job.
static inline size_t lab_results_take(struct results *results, size_t *next) {
    *next = results->first;
    results->first = results->last;
    results->told = false;
    return results->last;
}

#endif
