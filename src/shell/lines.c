#include "shell/lines.h"

#include "base/alloc.h"
#include "shell/input.h"

#include <stdbool.h>
#include <string.h>

enum { LONGEST = 1024 * 1024 };

struct lab_lines {
    struct lab_input input;
    bool ended;
};

int lab_lines_open(lab_lines **out, int fd) {
    lab_lines *lines = lab_alloc(sizeof *lines);
    int rc = lab_input_open(&lines->input, fd);
    if (rc < 0)
        lab_free(lines);
    else
        *out = lines;
    return rc;
}

void lab_lines_close(lab_lines *lines) {
    lab_input_close(&lines->input);
    lab_free(lines);
}

bool lab_lines_flow(lab_lines *lines, lab_time pause) {
    size_t n;
    lab_input_bytes(&lines->input, &n);
    return n > 0 || (!lines->ended && lab_input_flows(&lines->input, pause));
}

// Moves [n] bytes of input to [line], and drops [end] more.
static int take(lab_lines *lines, struct lab_text *line, size_t n, size_t end) {
    size_t there;
    const char *bytes = lab_input_bytes(&lines->input, &there);
    if (n > 0 && bytes[n - 1] == '\r') {
        n--;
        end++;
    }
    lab_text_write(line, bytes, n);
    lab_input_take(&lines->input, n + end);
    return (int)n;
}

// Waits until there are more bytes, or the end.
static int more(lab_lines *lines) {
    int rc;
    while ((rc = lab_input_fill(&lines->input)) == 0) {
        rc = lab_input_wait(&lines->input, LAB_FOREVER);
        if (rc < 0 && rc != LAB_EINTR)
            return rc;
    }
    lines->ended = rc == LAB_EOF;
    return lines->ended ? 0 : rc;
}

int lab_lines_read(lab_lines *lines, struct lab_text *line) {
    size_t seen = 0, n; // no newline in the first [seen] bytes
    lab_text_clear(line);
    for (;;) {
        const char *bytes = lab_input_bytes(&lines->input, &n);
        const char *newline = memchr(bytes + seen, '\n', n - seen);
        if (newline)
            return take(lines, line, (size_t)(newline - bytes), 1);
        if (lines->ended)
            return n > 0 ? take(lines, line, n, 0) : LAB_EOF;
        if (n > LONGEST)
            return LAB_EMSGSIZE;
        seen = n;
        LAB_TRY(more(lines));
    }
}
