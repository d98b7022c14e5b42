#include "record/label.h"

#include "base/alloc.h"
#include "base/intern.h"
#include "base/numbered.h"
#include "base/text.h"

#include <inttypes.h>
#include <string.h>

struct label {
    uint32_t number;
    const char *name; // the record's
    char *made;       // what it is called instead, or NULL
};

struct kind {
    struct lab_numbered labels;  // of those that the record names
    struct lab_numbered unnamed; // of others that were asked for
};

enum { KINDS = 3 };
static const char letters[] = "twg";

struct lab_labels {
    const struct lab_record *record;
    size_t read; // how many events were read
    struct kind kinds[KINDS];
};

// --- names that several share

// Makes a name for [label] that is none of [names]: its own, with the next
// number after [ordinal].
static void make(struct label *label, const struct lab_intern *names,
                 size_t *ordinal) {
    struct lab_text text = {0};
    do {
        lab_text_clear(&text);
        lab_text_printf(&text, "%s %zu", label->name, ++*ordinal);
    } while (lab_intern_find(names, lab_text_string(&text)));
    label->made = lab_strdup(lab_text_string(&text));
    lab_text_free(&text);
}

static void label(struct kind *kind) {
    size_t count = kind->labels.count;
    size_t *shared = lab_alloc((count + 1) * sizeof *shared);
    size_t *ordinals = lab_alloc((count + 1) * sizeof *ordinals);
    struct lab_intern names = {0};
    lab_numbered_sort(&kind->labels);
    for (size_t i = 0; i < count; i++) {
        const struct label *label = lab_numbered_at(&kind->labels, i);
        shared[lab_intern(&names, label->name)]++;
    }
    for (size_t i = 0; i < count; i++) {
        struct label *label = lab_numbered_at(&kind->labels, i);
        uint32_t name = lab_intern_find(&names, label->name);
        if (name && shared[name] > 1)
            make(label, &names, &ordinals[name]);
    }
    lab_intern_free(&names);
    lab_free(shared);
    lab_free(ordinals);
}

// --- reading a record

static void clear_list(struct lab_numbered *list) {
    for (size_t i = 0; i < list->count; i++)
        lab_free(((struct label *)lab_numbered_at(list, i))->made);
    lab_numbered_free(list);
    *list = (struct lab_numbered){.size = sizeof(struct label)};
}

static void clear(struct lab_labels *labels) {
    for (size_t i = 0; i < KINDS; i++) {
        clear_list(&labels->kinds[i].labels);
        clear_list(&labels->kinds[i].unnamed);
    }
}

static struct kind *kind_of(struct lab_labels *labels, char letter) {
    return &labels->kinds[strchr(letters, letter) - letters];
}

static void note(struct lab_labels *labels, char kind, uint32_t number,
                 const struct lab_event *event) {
    struct label *label =
        lab_numbered_need(&kind_of(labels, kind)->labels, number);
    label->name = lab_record_text(labels->record, event);
}

// When a record has grown, its names may have changed, and moved.
static void update(struct lab_labels *labels) {
    size_t count = lab_record_count(labels->record);
    if (labels->read == count)
        return;
    labels->read = count;
    clear(labels);
    for (size_t i = 0; i < count; i++) {
        const struct lab_event *event = lab_record_at(labels->record, i);
        if (event->kind == LAB_EVENT_SPAWN)
            note(labels, 't', event->task, event);
        else if (event->kind == LAB_EVENT_WORKER)
            note(labels, 'w', event->worker, event);
        else if (event->kind == LAB_EVENT_GENERATOR)
            note(labels, 'g', event->other, event);
    }
    for (size_t i = 0; i < KINDS; i++)
        label(&labels->kinds[i]);
}

struct lab_labels *lab_labels_new(const struct lab_record *record) {
    struct lab_labels *labels = lab_alloc(sizeof *labels);
    labels->record = record;
    clear(labels);
    return labels;
}

void lab_labels_free(struct lab_labels *labels) {
    clear(labels);
    lab_free(labels);
}

// --- asking

const char *lab_labels_name(struct lab_labels *labels, char kind,
                            uint32_t number) {
    update(labels);
    struct kind *its = kind_of(labels, kind);
    struct label *label = lab_numbered_find(&its->labels, number);
    if (label && *label->name)
        return label->made ? label->made : label->name;
    label = lab_numbered_need(&its->unnamed, number);
    if (!label->made) {
        struct lab_text text = {0};
        lab_text_printf(&text, "%c%" PRIu32, kind, number);
        label->made = lab_strdup(lab_text_string(&text));
        lab_text_free(&text);
    }
    return label->made;
}

size_t lab_labels_count(struct lab_labels *labels, char kind) {
    update(labels);
    return kind_of(labels, kind)->labels.count;
}

uint32_t lab_labels_find(struct lab_labels *labels, const char *word) {
    update(labels);
    const struct lab_numbered *tasks = &kind_of(labels, 't')->labels;
    for (size_t i = 0; i < tasks->count; i++) {
        const struct label *label = lab_numbered_at(tasks, i);
        if (strcmp(label->made ? label->made : label->name, word) == 0)
            return label->number;
    }
    return 0;
}
