#include "shell/limits.h"

#include "demo/param.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static bool read_count(const char *text, uint64_t *count) {
    char *end;
    errno = 0;
    *count = strtoull(text, &end, 10);
    return *text >= '0' && *text <= '9' && !*end && errno == 0 && *count > 0;
}

// Reads one part of what follows --limit=.
static bool read_limit(const char *part, struct lab_limits *limits) {
    if (strcmp(part, "none") == 0) {
        *limits = (struct lab_limits){0};
        return true;
    }
    if (strncmp(part, "events:", 7) == 0)
        return read_count(part + 7, &limits->events);
    if (strncmp(part, "turns:", 6) == 0)
        return read_count(part + 6, &limits->turns);
    return strncmp(part, "time:", 5) == 0 &&
           lab_param_time(part + 5, "s", &limits->machine) &&
           limits->machine > 0;
}

bool lab_limits_parse(const char *value, struct lab_limits *limits,
                      struct lab_text *error) {
    struct lab_text part = {0};
    size_t n = 0;
    bool fine = true;
    for (const char *at = value; fine; at += n + 1) {
        n = strcspn(at, ",");
        lab_text_clear(&part);
        lab_text_write(&part, at, n);
        fine = read_limit(lab_text_string(&part), limits);
        if (!at[n])
            break;
    }
    if (!fine)
        lab_text_printf(error,
                        "--limit says where a virtual run is stopped that may "
                        "never end: events:N, turns:N (in which no time "
                        "passes), time:T (of the machine, such as 30s), "
                        "several with commas, or none; not \"%s\"",
                        lab_text_string(&part));
    lab_text_free(&part);
    return fine;
}
