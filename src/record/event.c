#include "record/event.h"

#include <stddef.h>

static const struct lab_event_row kinds[LAB_EVENT_KINDS] = {
#define X(kind, name, by, deed) {#name, deed, LAB_BY_##by},
    LAB_EVENTS(X)
#undef X
};

static const struct lab_wait_kind waits[LAB_ONS] = {
#define X(on, name, class, waits, kind, over, end)                             \
    {name, waits, kind, over, end, LAB_WAIT_##class},
    LAB_WAITS(X)
#undef X
};

const struct lab_event_row *lab_event_row(unsigned kind) {
    return &kinds[kind < LAB_EVENT_KINDS ? kind : LAB_EVENT_OTHER];
}

const struct lab_wait_kind *lab_wait_kind(unsigned on) {
    return &waits[on < LAB_ONS ? on : LAB_ON_OTHER];
}

const char *lab_event_name(unsigned kind) {
    return kind < LAB_EVENT_KINDS ? kinds[kind].name : NULL;
}

const char *lab_event_on_name(unsigned on) {
    return on < LAB_ONS ? waits[on].name : NULL;
}
