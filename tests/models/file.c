// Files: what was written is there, and what was cancelled is not.

#include "core/file.h"
#include "models/model.h"

#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

enum { SIZE = 3 }; // of a line
static char path[32];
static int lines[PARTS], opened, closed;

static int write_lines(lab_file *file, int who) {
    for (int i = 1; i < model_steps; i++) {
        char line[SIZE + 1];
        snprintf(line, sizeof line, "%c%c\n", 'a' + who, '0' + lines[who]);
        int rc = lab_file_write_all(file, line, SIZE);
        RULE(rc == 0 || rc == LAB_ECANCELED);
        LAB_TRY(rc);
        lines[who]++;
    }
    return 0;
}

static int writer(void *arg) {
    lab_file *file;
    LAB_TRY(lab_file_open(&file, path, LAB_FILE_WRITE | LAB_FILE_APPEND, 0));
    opened++;
    int rc = write_lines(file, *(int *)arg);
    RULE(lab_file_close(file) == 0);
    closed++;
    return rc;
}

// Every line is there, once, behind the earlier ones of its writer.
static void check_lines(const char *text, int length) {
    int seen[PARTS] = {0};
    for (int at = 0; at < length; at += SIZE) {
        int who = text[at] - 'a', number = text[at + 1] - '0';
        if (!RULE(who >= 0 && who < PARTS && text[at + 2] == '\n'))
            return;
        RULE(number == seen[who]++);
    }
    for (int i = 0; i < PARTS; i++)
        RULE(seen[i] == lines[i]);
}

MODEL(lines_written_to_a_file_are_there_once, .quick = 1296, .full = 46656) {
    char text[256];
    int fd = memfd_create("lines", MFD_CLOEXEC);
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    opened = closed = 0;
    for (int i = 0; i < PARTS; i++)
        lines[i] = 0;
    int rc = model_play(writer, writer, writer);
    RULE(opened == closed);
    check_lines(text, (int)pread(fd, text, sizeof text, 0));
    close(fd);
    return rc;
}
