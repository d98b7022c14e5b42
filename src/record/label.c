#include "record/label.h"

#include "base/alloc.h"
#include "base/numbered.h"
#include "base/text.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

struct label {
    uint32_t number;
    const char *name; // the record's, until it is made one's own
    char *made;
};

struct kind {
    struct lab_numbered labels;  // of those that the record names
    struct label **order;        // by their names in the record
    struct lab_numbered unnamed; // of others that were asked for
    char letter;                 // of these
};

struct lab_labels {
    const struct lab_record *record;
    size_t read; // this many events have been
    struct kind tasks, workers, generators;
};

// --- names, each once

static int by_name(const void *a, const void *b) {
    const struct label *one = *(struct label *const *)a;
    const struct label *two = *(struct label *const *)b;
    int order = strcmp(one->name, two->name);
    if (order != 0)
        return order;
    return one->number < two->number ? -1 : one->number > two->number;
}

// Is one of the names in the record, which [kind] is ordered by, [word]?
static bool is_name(const struct kind *kind, const char *word) {
    size_t low = 0, high = kind->labels.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = strcmp(kind->order[middle]->name, word);
        if (order == 0)
            return true;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return false;
}

// Makes names for the [count] from [first] on, which share one.
static void number(struct kind *kind, size_t first, size_t count) {
    const char *name = kind->order[first]->name;
    struct lab_text text = {0};
    size_t ordinal = 0;
    for (size_t i = first; i < first + count; i++) {
        do {
            lab_text_clear(&text);
            lab_text_printf(&text, "%s %zu", name, ++ordinal);
        } while (is_name(kind, lab_text_string(&text)));
        kind->order[i]->made = lab_strdup(lab_text_string(&text));
    }
    lab_text_free(&text);
}

static void label(struct kind *kind) {
    size_t count = kind->labels.count, next;
    kind->order = lab_alloc((count + 1) * sizeof(struct label *));
    for (size_t i = 0; i < count; i++)
        kind->order[i] = lab_numbered_at(&kind->labels, i);
    qsort(kind->order, count, sizeof(struct label *), by_name);
    for (size_t i = 0; i < count; i = next) {
        const char *name = kind->order[i]->name;
        for (next = i + 1; next < count; next++)
            if (strcmp(kind->order[next]->name, name) != 0)
                break;
        if (next - i > 1 && *name)
            number(kind, i, next - i);
    }
}

// --- reading a record

static void clear_list(struct lab_numbered *list) {
    for (size_t i = 0; i < list->count; i++)
        lab_free(((struct label *)lab_numbered_at(list, i))->made);
    lab_numbered_free(list);
    *list = (struct lab_numbered){.size = sizeof(struct label)};
}

static void clear(struct kind *kind) {
    clear_list(&kind->labels);
    clear_list(&kind->unnamed);
    lab_free(kind->order);
    kind->order = NULL;
}

static void note(struct kind *kind, uint32_t number, const char *name) {
    struct label *label = lab_numbered_need(&kind->labels, number);
    label->name = name;
}

// The names of a record that has grown may be others, and elsewhere.
static void update(struct lab_labels *labels) {
    const struct lab_record *record = labels->record;
    size_t count = lab_record_count(record);
    if (labels->read == count && labels->tasks.order)
        return;
    labels->read = count;
    clear(&labels->tasks);
    clear(&labels->workers);
    clear(&labels->generators);
    for (size_t i = 0; i < count; i++) {
        const struct lab_event *event = lab_record_at(record, i);
        const char *name = lab_record_text(record, event);
        if (event->kind == LAB_EVENT_SPAWN)
            note(&labels->tasks, event->task, name);
        else if (event->kind == LAB_EVENT_WORKER)
            note(&labels->workers, event->worker, name);
        else if (event->kind == LAB_EVENT_GENERATOR)
            note(&labels->generators, event->other, name);
    }
    label(&labels->tasks);
    label(&labels->workers);
    label(&labels->generators);
}

struct lab_labels *lab_labels_new(const struct lab_record *record) {
    struct lab_labels *labels = lab_alloc(sizeof *labels);
    labels->record = record;
    labels->tasks.letter = 't';
    labels->workers.letter = 'w';
    labels->generators.letter = 'g';
    return labels;
}

void lab_labels_free(struct lab_labels *labels) {
    clear(&labels->tasks);
    clear(&labels->workers);
    clear(&labels->generators);
    lab_free(labels);
}

// --- asking

static const char *name_of(struct kind *kind, uint32_t number) {
    struct label *label = lab_numbered_find(&kind->labels, number);
    if (label && *label->name)
        return label->made ? label->made : label->name;
    label = lab_numbered_need(&kind->unnamed, number);
    if (!label->made) {
        struct lab_text text = {0};
        lab_text_printf(&text, "%c%" PRIu32, kind->letter, number);
        label->made = lab_strdup(lab_text_string(&text));
        lab_text_free(&text);
    }
    return label->made;
}

const char *lab_labels_task(struct lab_labels *labels, uint32_t number) {
    update(labels);
    return name_of(&labels->tasks, number);
}

const char *lab_labels_worker(struct lab_labels *labels, uint32_t number) {
    update(labels);
    return name_of(&labels->workers, number);
}

const char *lab_labels_generator(struct lab_labels *labels, uint32_t number) {
    update(labels);
    return name_of(&labels->generators, number);
}

uint32_t lab_labels_find(struct lab_labels *labels, const char *word) {
    update(labels);
    for (size_t i = 0; i < labels->tasks.labels.count; i++) {
        const struct label *label = lab_numbered_at(&labels->tasks.labels, i);
        if (strcmp(label->made ? label->made : label->name, word) == 0)
            return label->number;
    }
    return 0;
}
