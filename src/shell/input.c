#include "shell/input.h"

#include "core/task.h"
#include "shell/ahead.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

// Some terminals cannot be opened by name (another user's, another
// container's), sockets never: then the descriptor itself must do.
static int descriptor(struct lab_input *input, int fd) {
    int ours = LAB_EINVAL;
    struct stat about;
    if (fstat(fd, &about) < 0)
        return -errno;
    if (!S_ISSOCK(about.st_mode))
        ours = lab_fd_reopen(fd, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
    if (ours < 0 && isatty(fd))
        ours = open("/dev/tty", O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
    input->fd = ours >= 0 ? ours : fd;
    input->flags = ours >= 0 ? -1 : fcntl(fd, F_GETFL);
    return 0;
}

// Two cannot read one terminal: see ahead.h.
static void take_ahead(struct lab_input *input) {
    input->ahead = lab_ahead_fd();
    lab_ahead_end(&input->bytes);
}

static void give_ahead(const struct lab_input *input) {
    size_t n;
    const char *bytes = lab_input_bytes(input, &n);
    lab_ahead_begin(input->ahead, bytes, n, false);
}

int lab_input_open(struct lab_input *input, int fd) {
    struct stat about;
    *input = (struct lab_input){
        .fd = fd, .flags = -1, .ahead = -1, .is_terminal = isatty(fd)};
    if (fstat(fd, &about) < 0)
        return -errno;
    if (S_ISDIR(about.st_mode))
        return -EISDIR;
    // A plain file opened anew would start from its beginning.
    if (S_ISREG(about.st_mode) || S_ISBLK(about.st_mode) ||
        (S_ISCHR(about.st_mode) && !input->is_terminal)) {
        input->flags = fcntl(fd, F_GETFL);
        return 0;
    }
    LAB_TRY(descriptor(input, fd));
    int rc = lab_fd_open(&input->wait, input->fd);
    if (rc < 0)
        lab_input_close(input);
    else if (input->is_terminal)
        take_ahead(input);
    return rc;
}

void lab_input_close(struct lab_input *input) {
    if (input->wait)
        lab_fd_close(input->wait);
    if (input->flags < 0)
        close(input->fd);
    else if (input->wait)
        fcntl(input->fd, F_SETFL, input->flags);
    if (input->ahead >= 0)
        give_ahead(input);
    lab_text_free(&input->bytes);
    *input = (struct lab_input){.fd = -1, .flags = 0, .ahead = -1};
}

const char *lab_input_bytes(const struct lab_input *input, size_t *n) {
    *n = input->bytes.length - input->used;
    return lab_text_string(&input->bytes) + input->used;
}

void lab_input_take(struct lab_input *input, size_t n) {
    input->used += n;
    if (input->used == input->bytes.length)
        lab_input_drop(input);
}

void lab_input_drop(struct lab_input *input) {
    lab_text_clear(&input->bytes);
    input->used = 0;
}

// Moves what is left to the front, once that is less work than was saved.
static void make_room(struct lab_input *input) {
    struct lab_text *bytes = &input->bytes;
    size_t left = bytes->length - input->used;
    if (input->used <= left)
        return;
    memmove(bytes->data, bytes->data + input->used, left + 1); // with the NUL
    bytes->length = left;
    input->used = 0;
}

static int read_more(struct lab_input *input) {
    char chunk[4096]; // as much as a terminal gives at once
    ssize_t n;
    do
        n = read(input->fd, chunk, sizeof chunk);
    while (n < 0 && errno == EINTR);
    if (n > 0) {
        make_room(input);
        lab_text_write(&input->bytes, chunk, (size_t)n);
        return (int)n;
    }
    if (n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
        return 0;
    // A terminal that was hung up says EIO, but so does a broken disk.
    return n == 0 || (errno == EIO && input->is_terminal) ? LAB_EOF : -errno;
}

int lab_input_fill(struct lab_input *input) {
    if (input->fd < 0)
        return 0;
    if (lab_ahead_fd() != input->fd)
        return read_more(input);
    size_t before = input->bytes.length;
    lab_ahead_take(&input->bytes);
    size_t n = input->bytes.length - before;
    int rc = n > 0 ? (int)n : read_more(input);
    lab_ahead_go_on();
    return rc;
}

int lab_input_wait(struct lab_input *input, lab_time timeout) {
    if (!input->wait)
        return lab_yield();
    int rc = lab_fd_wait(input->wait, LAB_READABLE, timeout);
    // Whoever hangs up may have sent something before; reading tells.
    return rc == LAB_EOF ? 0 : rc;
}

bool lab_input_flows(struct lab_input *input, lab_time pause) {
    int rc = lab_input_fill(input);
    if (rc == 0) {
        lab_ignore(lab_input_wait(input, pause));
        rc = lab_input_fill(input); // also after a pause: we may be late
    }
    return rc > 0;
}
