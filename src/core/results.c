#include "core/results_internal.h"

#include "base/alloc.h"

void lab_results_free(struct results *results) {
    lab_free(results->places);
    *results = (struct results){0};
}

void lab_results_make_room(struct results *results, size_t jobs) {
    enum { LEAST = 16 };
    struct results wider = *results;
    if (jobs <= results->room)
        return;
    wider.room = results->room ? results->room : LEAST;
    while (wider.room < jobs)
        wider.room *= 2;
    wider.places = lab_alloc(wider.room * sizeof *wider.places);
    for (size_t i = results->first; i != results->last; i++)
        *lab_results_at(&wider, i) = *lab_results_at(results, i);
    lab_free(results->places);
    results->places = wider.places;
    results->room = wider.room;
}
