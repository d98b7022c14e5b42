#include "test.h"

#include "core/loop.h"
#include "shell/lines.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

// Reads all lines of a descriptor as a task would: "[a][b]" and the error
// that ended them.
struct reading {
    int fd, rc;
    struct lab_text lines;
};

static int read_all(void *arg) {
    struct reading *reading = arg;
    struct lab_text line = {0};
    lab_lines *lines;
    reading->rc = lab_lines_open(&lines, reading->fd);
    if (reading->rc < 0)
        return 0;
    while ((reading->rc = lab_lines_read(lines, &line)) >= 0) {
        CHECK_INT(reading->rc, line.length);
        lab_text_put(&reading->lines, "[");
        lab_text_mask(&reading->lines, lab_text_string(&line), line.length,
                      false);
        lab_text_put(&reading->lines, "]");
    }
    lab_lines_close(lines);
    lab_text_free(&line);
    return 0;
}

static bool gives(int fd, const char *expected, int rc) {
    struct reading reading = {.fd = fd};
    lab_loop_main("read", read_all, &reading);
    bool same = CHECK_STR(lab_text_string(&reading.lines), expected);
    same &= CHECK_INT(reading.rc, rc);
    lab_text_free(&reading.lines);
    return same;
}

// A pipe that holds [n] bytes and has no writer any more.
static int pipe_with(const char *bytes, size_t n) {
    int ends[2];
    CHECK(pipe(ends) == 0);
    CHECK_INT(write(ends[1], bytes, n), n);
    close(ends[1]);
    return ends[0];
}

static bool pipe_gives(const char *bytes, size_t n, const char *expected) {
    int fd = pipe_with(bytes, n);
    bool same = gives(fd, expected, LAB_EOF);
    same &= CHECK_INT(fcntl(fd, F_GETFL) & O_NONBLOCK, 0);
    close(fd);
    return same;
}

#define PIPE_GIVES(bytes, expected)                                            \
    pipe_gives(bytes, sizeof(bytes) - 1, expected)

TEST(lines_of_a_pipe_come_one_by_one) {
    CHECK(PIPE_GIVES("one\ntwo\n", "[one][two]"));
    CHECK(PIPE_GIVES("", ""));
    CHECK(PIPE_GIVES("\n\n", "[][]"));
}

TEST(a_last_line_needs_no_newline) {
    CHECK(PIPE_GIVES("one\ntwo", "[one][two]"));
}

TEST(carriage_returns_belong_to_the_newline) {
    CHECK(PIPE_GIVES("one\r\n\r\ntwo\r", "[one][][two]"));
    CHECK(PIPE_GIVES("o\rne\n", "[o\\x0dne]"));
}

TEST(a_nul_is_a_byte_like_any_other) {
    CHECK(PIPE_GIVES("a\0b\nc\n", "[a\\x00b][c]"));
}

TEST(a_file_is_read_from_where_it_stands) {
    FILE *file = tmpfile();
    MUST(file != NULL);
    fputs("skipped\none\ntwo\n", file);
    fflush(file);
    lseek(fileno(file), 8, SEEK_SET);
    CHECK(gives(fileno(file), "[one][two]", LAB_EOF));
    CHECK_INT(fcntl(fileno(file), F_GETFL) & O_NONBLOCK, 0);
    fclose(file);
}

TEST(dev_null_ends_at_once) {
    int fd = open("/dev/null", O_RDONLY);
    CHECK(gives(fd, "", LAB_EOF));
    close(fd);
}

TEST(sockets_keep_their_flags) {
    int ends[2];
    MUST(socketpair(AF_UNIX, SOCK_STREAM, 0, ends) == 0);
    CHECK_INT(write(ends[1], "one\n", 4), 4);
    close(ends[1]);
    CHECK(gives(ends[0], "[one]", LAB_EOF));
    CHECK_INT(fcntl(ends[0], F_GETFL) & O_NONBLOCK, 0);
    close(ends[0]);
}

TEST(folders_and_closed_descriptors_are_refused) {
    int fd = open("/", O_RDONLY);
    CHECK(gives(fd, "", -EISDIR));
    close(fd);
    CHECK(gives(fd, "", -EBADF));
}

TEST(a_line_without_end_is_refused) {
    int fd = open("/dev/zero", O_RDONLY);
    CHECK(gives(fd, "", LAB_EMSGSIZE));
    close(fd);
}

// A reader waits while nothing is there, and others run.
static int writer(void *arg) {
    const int *end = arg;
    for (int i = 0; i < 3; i++) {
        LAB_TRY(lab_yield());
        CHECK_INT(write(*end, i == 1 ? "o\nt" : "w", i == 1 ? 3 : 1),
                  i == 1 ? 3 : 1);
    }
    close(*end);
    return 0;
}

static int write_and_read(void *arg) {
    int *ends = arg;
    struct reading reading = {.fd = ends[0]};
    lab_spawn("writer", writer, &ends[1]);
    read_all(&reading);
    CHECK_STR(lab_text_string(&reading.lines), "[wo][tw]");
    lab_text_free(&reading.lines);
    return 0;
}

TEST(a_line_may_come_in_pieces) {
    int ends[2];
    MUST(pipe(ends) == 0);
    lab_loop_main("both", write_and_read, ends);
    close(ends[0]);
}
