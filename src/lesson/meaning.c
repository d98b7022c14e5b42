#include "lesson/meaning.h"

#include "base/alloc.h"

#include <string.h>

void lab_meaning_put(struct lab_text *out, const char *schedule) {
    static const struct {
        const char *begins, *before, *after;
    } parts[] = {
        {"cancel:", "the program is cancelled in wait ", ""},
        {"cancel-waiter:", "the task in wait ", " is cancelled"},
        {"cancel-woken:", "task ", " to continue is cancelled"},
        {"late:", "timer ", " to fire is late"},
        {"seed:", "a random order, number ", ""},
    };
    for (size_t i = 0; i < countof(parts); i++) {
        const char *number = strstr(schedule, parts[i].begins);
        if (!number)
            continue;
        number += strlen(parts[i].begins);
        lab_text_printf(out, " (%s%.*s%s)", parts[i].before,
                        (int)strspn(number, "0123456789"), number,
                        parts[i].after);
        return;
    }
    lab_text_put(out,
                 " (which ready task runs at each choice, counted from 0)");
}
