#include "record/label.h"

#include "base/alloc.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

static int by_name(const void *a, const void *b) {
    const struct lab_lane *one = *(struct lab_lane *const *)a;
    const struct lab_lane *two = *(struct lab_lane *const *)b;
    int order = strcmp(one->name, two->name);
    if (order != 0)
        return order;
    return one->number < two->number ? -1 : one->number > two->number;
}

// Names [lane], the [ordinal]-th of those that share its name.
static void make_name(struct lab_lane *lane, char kind, size_t ordinal) {
    struct lab_text text = {0};
    if (*lane->name)
        lab_text_printf(&text, "%s %zu", lane->name, ordinal);
    else
        lab_text_printf(&text, "%c%u", kind, (unsigned)lane->number);
    lane->name = lane->made = lab_strdup(lab_text_string(&text));
    lab_text_free(&text);
}

static void label_list(struct lab_lane_list *list, char kind) {
    struct lab_lane **order = lab_alloc(list->count * sizeof *order);
    for (size_t i = 0; i < list->count; i++)
        order[i] = &list->lanes[i];
    qsort(order, list->count, sizeof *order, by_name);
    for (size_t i = 0, next; i < list->count; i = next) {
        const char *name = order[i]->name;
        for (next = i + 1; next < list->count; next++)
            if (strcmp(order[next]->name, name) != 0)
                break;
        if (next - i == 1 && *name)
            continue;
        for (size_t j = i; j < next; j++)
            make_name(order[j], kind, j - i + 1);
    }
    lab_free(order);
}

void lab_label_lanes(struct lab_lanes *lanes) {
    label_list(&lanes->tasks, 't');
    label_list(&lanes->workers, 'w');
    for (size_t i = 0; i < lanes->workers.count; i++) {
        struct lab_lane *worker = &lanes->workers.lanes[i];
        for (size_t j = 0; j < worker->moment_count; j++) {
            struct lab_moment *moment = &worker->moments[j];
            const struct lab_lane *asker = lab_lanes_task(lanes, moment->task);
            if (moment->job && asker)
                moment->name = asker->name;
        }
    }
}
