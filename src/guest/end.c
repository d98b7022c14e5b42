// end.c - how the process of a guest has ended, as a sentence.

#include "base/alloc.h"
#include "guest/guest_internal.h"
#include "record/location.h"

#include <signal.h>
#include <string.h>

// What a crash means, for somebody who has not met it; NULL: this signal is
// none, but was sent.
static const char *meaning(int signal) {
    static const struct {
        int signal;
        const char *words;
    } known[] = {
        {SIGSEGV, "segmentation fault: it used memory that is not its own"},
        {SIGBUS, "bus error: it used memory that has nothing behind it"},
        {SIGFPE, "a division by zero"},
        {SIGILL, "an illegal instruction"},
        {SIGTRAP, "a breakpoint"},
        {SIGABRT, "it called abort()"},
        {SIGSYS, "it made a system call that it may not, such as fork()"},
    };
    for (size_t i = 0; i < countof(known); i++)
        if (known[i].signal == signal)
            return known[i].words;
    return NULL;
}

static void put_verb(const struct lab_guest_end *end, struct lab_text *out) {
    int signal = end->end.signal;
    if (end->over)
        lab_text_put(out, " was stopped");
    else if (signal && end->interrupts > 1)
        lab_text_put(out, " was killed");
    else if (signal && meaning(signal))
        lab_text_put(out, " crashed");
    else if (signal)
        lab_text_put(out, " was ended by a signal");
    else
        lab_text_printf(out, " ended its process with exit status %d",
                        end->end.status);
}

// Who was running, and where: of the last event.
static void put_place(const struct lab_guest_end *end, struct lab_text *out) {
    const struct lab_record *record = end->record;
    if (!record)
        return;
    size_t n = lab_record_count(record);
    const struct lab_event *event = lab_record_at(record, n - 1);
    lab_text_put(out, " at ");
    lab_time_put(out, lab_record_end(record));
    lab_text_printf(out, ", after event %zu", n);
    if (end->who && event->worker)
        lab_text_printf(out, "; %s was running", end->who);
    else if (end->who)
        lab_text_printf(out, "; t%u %s was running", event->task, end->who);
    if (end->who && event->line) {
        lab_text_put(out, ", ");
        lab_location_put(out, record, event->line);
    }
}

void lab_guest_put_end(const struct lab_guest_end *end, struct lab_text *out) {
    int signal = end->end.signal;
    const char *words = meaning(signal);
    lab_text_put(out, end->name);
    put_verb(end, out);
    put_place(end, out);
    if (end->over)
        lab_text_printf(out, ": %s", end->over);
    else if (words && end->interrupts < 2)
        lab_text_printf(out, " (%s)", words);
    else if (signal && end->interrupts < 2)
        lab_text_printf(out, " (%d, %s)", signal, strsignal(signal));
}
