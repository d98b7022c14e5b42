// In a column of times, all are in one unit: so says every table there is.

#include "test.h"

#include "shell/host.h"

#include <ctype.h>

// The unit of the time at [at], "250.0 ms", or NULL; [length] is that of all.
static const char *unit_at(const char *at, size_t *length) {
    static const char *const units[] = {"ns", "us", "ms", "s"};
    size_t digits = strspn(at, "0123456789.");
    if (digits == 0 || at[digits] != ' ')
        return NULL;
    const char *rest = at + digits + 1;
    for (size_t i = 0; i < countof(units); i++) {
        size_t n = strlen(units[i]);
        if (strncmp(rest, units[i], n) == 0 &&
            !isalnum((unsigned char)rest[n])) {
            *length = digits + 1 + n;
            return units[i];
        }
    }
    return NULL;
}

// What the columns of a table are in so far, by the column where a time ends or
// begins.
struct seen {
    const char *ends[256], *begins[256];
};

static bool is_other(const char **seen, const char *unit) {
    bool is = *seen && strcmp(*seen, unit) != 0;
    *seen = unit;
    return is;
}

// Looks at the times in [line]. Those of a column end below each other, or
// begin so. Returns whether one is in another unit.
static bool mixes(struct seen *seen, const char *line) {
    size_t column = 0, length;
    for (const char *at = line; *at; at++, column++) {
        while (((unsigned char)at[1] & 0xc0) == 0x80)
            at++; // a character is a column
        bool begins = at == line || at[-1] == ' ';
        const char *unit = begins ? unit_at(at, &length) : NULL;
        if (!unit || column + length >= countof(seen->ends))
            continue;
        // A formula or a sentence has times as well, with words around it.
        bool is_cell = at == line || column < 2 || at[-2] == ' ' ||
                       (unsigned char)at[-2] >= 0x80;
        bool ends = !at[length] || strncmp(at + length, "  ", 2) == 0 ||
                    strncmp(at + length, " to ", 4) == 0;
        if (is_cell && ends &&
            (is_other(&seen->ends[column + length], unit) ||
             is_other(&seen->begins[column], unit)))
            return true;
    }
    return false;
}

// A table ends with an empty line, or with one of another kind: a sentence.
static void check_tables(const char *command, const char *text) {
    struct seen seen = {0};
    struct lab_text line = {0};
    for (const char *at = text; *at; at += *at == '\n') {
        size_t n = strcspn(at, "\n");
        lab_text_clear(&line);
        lab_text_write(&line, at, n);
        at += n;
        if (n == 0)
            seen = (struct seen){0};
        if (!CHECK(!mixes(&seen, lab_text_string(&line))))
            fprintf(stderr, "    %s: %s\n", command, lab_text_string(&line));
    }
    lab_text_free(&line);
}

TEST(no_column_of_times_mixes_units) {
    static const char *const commands[] = {
        "pool 4 workers=2",
        "busy 4",
        "busy 20",
        "pool 17 threads",
        "sweep 4 job=1,30,900",
        "sweep 8 as_tasks task=1,5000",
        "ps 12 at=1.2s",
        "ps 20 at=0.5s",
        "compare 8 task=1 work=1",
        "claims 18",
        "orders 12 bounded",
        "run 10",
        "table 2 nap=7",
        "bars 2 nap=7 beat=2",
        "progress",
        "tree 4 pool_2 job=7",
        "orders 19 unguarded",
        "diff 12 --schedule=seed:3",
    };
    struct lab_text line = {0};
    struct host host;
    host_open(&host);
    for (size_t i = 0; i < countof(commands); i++) {
        host_run(&host, commands[i]);
        CHECK(host.out.length > 0);
        check_tables(commands[i], host_out(&host));
    }
    for (int demo = 1; demo <= 27; demo++) {
        lab_text_clear(&line);
        lab_text_printf(&line, "compare %d", demo);
        host_run(&host, lab_text_string(&line));
        check_tables(lab_text_string(&line), host_out(&host));
    }
    lab_text_free(&line);
    host_close(&host);
}

TEST(mixed_units_are_noticed) {
    struct seen seen = {0};
    CHECK(!mixes(&seen, "a  ███ 0.250 s"));
    CHECK(mixes(&seen, "b  ███ 250.0 ms") || mixes(&seen, "b  █ 250.0 ms"));
    seen = (struct seen){0};
    CHECK(!mixes(&seen, "at 1.000 s  waits 3 ms"));
    CHECK(!mixes(&seen, "at 1.5 ms  3.000 s"));
    CHECK(mixes(&seen, "       20 us  3 ms"));
}
