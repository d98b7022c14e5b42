#include "demo/outside.h"

#include "base/alloc.h"
#include "core/process.h"
#include "core/scope.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>

extern const char
    postgres_start[] __asm__("_binary_src_demo_postgres_sh_start");
extern const char postgres_end[] __asm__("_binary_src_demo_postgres_sh_end");

// A script for sh: its first line is "ready " and how to reach what it has
// started, or else why there is nothing. On SIGTERM it ends and leaves nothing
// behind.
static const struct row {
    const char *name;
    const char *variable; // of the environment, that names one
    const char *start, *end;
} rows[] = {
    {"PostgreSQL", "LOOPLAB_PG", postgres_start, postgres_end},
};

static const struct row *row_of(const char *name) {
    for (size_t i = 0; i < countof(rows); i++)
        if (strcmp(rows[i].name, name) == 0)
            return &rows[i];
    return NULL;
}

bool lab_outside_is_known(const char *name) {
    return row_of(name) != NULL;
}

static int start(lab_process **out, const struct row *row) {
    struct lab_text script = {0};
    lab_text_write(&script, row->start, (size_t)(row->end - row->start));
    struct lab_process_options options = {
        .words = (char *[]){"sh", "-c", script.data, NULL},
        .ends_on = SIGTERM,
        .joins_errors = true,
    };
    int rc = lab_process_start(out, &options);
    lab_text_free(&script);
    return rc;
}

// Waits for the first line and takes it.
static int hear(struct lab_outside *outside) {
    static const char ready[] = "ready ";
    char line[512] = "";
    struct lab_timeout timeout = {0};
    lab_timeout_enter(&timeout, 60 * LAB_S);
    int n = lab_read_until(lab_process_output(outside->process), "\n", line,
                           sizeof line);
    LAB_TRY(lab_timeout_exit(&timeout, n));
    bool is_ready = strncmp(line, ready, strlen(ready)) == 0;
    size_t skip = is_ready ? strlen(ready) : 0;
    lab_text_mask(is_ready ? &outside->where : &outside->why, line + skip,
                  (size_t)n - 1 - skip, false);
    return 0;
}

static void find(struct lab_outside *outside, const struct row *row) {
    const char *given = getenv(row->variable);
    if (given && *given) {
        lab_text_put(&outside->where, given);
        return;
    }
    int rc = start(&outside->process, row);
    if (rc == 0)
        rc = hear(outside);
    if (rc < 0)
        lab_text_printf(&outside->why, "%s does not start: %s", row->name,
                        lab_error_text(rc));
}

const char *lab_outside_open(struct lab_outside *outside, const char *name) {
    if (!outside->name) {
        outside->name = name;
        find(outside, row_of(name));
    }
    return lab_outside_where(outside) ? NULL : lab_text_string(&outside->why);
}

const char *lab_outside_where(const struct lab_outside *outside) {
    return outside && outside->where.length ? outside->where.data : NULL;
}

void lab_outside_close(struct lab_outside *outside) {
    if (outside->process)
        lab_process_close(outside->process);
    lab_text_free(&outside->where);
    lab_text_free(&outside->why);
    *outside = (struct lab_outside){0};
}
