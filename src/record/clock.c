#include "record/clock.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

lab_time lab_clock_machine(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * LAB_S + now.tv_nsec;
}

bool lab_clock_parse(const char *text, struct lab_clock *clock,
                     struct lab_text *error) {
    if (strcmp(text, "virtual") == 0) {
        *clock = LAB_CLOCK_VIRTUAL;
        return true;
    }
    if (strcmp(text, "real") == 0) {
        *clock = LAB_CLOCK_REAL;
        return true;
    }
    char *end = NULL;
    double pace = text[0] == 'x' && strspn(text + 1, "0123456789.") > 0
                      ? strtod(text + 1, &end)
                      : 0;
    if (pace >= 0.001 && pace <= 1000 && *end == '\0') {
        *clock = (struct lab_clock){.pace = pace};
        return true;
    }
    lab_text_put(error, "no clock \"");
    lab_text_mask(error, text, strlen(text), false);
    lab_text_put(error, "\"; there are virtual, real, and xN with N from "
                        "0.001 to 1000 (x10 is ten times as fast as real)");
    return false;
}

void lab_clock_put(struct lab_text *out, struct lab_clock clock) {
    if (clock.is_virtual)
        lab_text_put(out, "virtual");
    else if (clock.pace == 1)
        lab_text_put(out, "real");
    else
        lab_text_printf(out, "x%g", clock.pace);
}
