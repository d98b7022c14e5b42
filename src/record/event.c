#include "record/event.h"

#include <stddef.h>

static const struct {
    const char *name;
    enum lab_event_class class;
} kinds[LAB_EVENT_KINDS] = {
#define X(kind, name, class) {name, LAB_EVENT_OF_##class},
    LAB_EVENTS(X)
#undef X
};

static const struct lab_wait_kind waits[LAB_ONS] = {
#define X(on, name, class, waits, kind, over)                                  \
    {name, waits, kind, over, LAB_WAIT_##class},
    LAB_WAITS(X)
#undef X
};

const struct lab_wait_kind *lab_wait_kind(unsigned on) {
    return &waits[on < LAB_ONS ? on : LAB_ON_OTHER];
}

const char *lab_event_name(unsigned kind) {
    return kind < LAB_EVENT_KINDS ? kinds[kind].name : NULL;
}

const char *lab_event_on_name(unsigned on) {
    return on < LAB_ONS ? waits[on].name : NULL;
}

enum lab_event_class lab_event_class(unsigned kind) {
    return kind < LAB_EVENT_KINDS ? kinds[kind].class : LAB_EVENT_OF_OTHER;
}
