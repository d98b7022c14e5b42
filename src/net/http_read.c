// http_read.c - heads and bodies from a stream.
//
// What a wait that is cancelled has not got is not lost: each step changes the
// state once it has all it needs, so the next call continues there.

#include "core/room.h"
#include "core/scope.h"
#include "core/task.h"
#include "net/http_internal.h"

#include <string.h>

// --- bytes in .in

static size_t count(const struct http *http) {
    return http->until - http->from;
}

// Moves what was not taken yet to [to].
static void move(struct http *http, size_t to) {
    size_t n = count(http);
    if (n > 0 && to != http->from)
        memmove(http->in + to, http->in + http->from, n);
    http->from = to;
    http->until = to + n;
}

// Reads within the patience that is left, and takes from it what it took.
static int read_patiently(lab_stream *peer, struct http *http, void *buffer,
                          size_t size) {
    if (http->patience == LAB_FOREVER)
        return lab_read(peer, buffer, size);
    lab_time begin = lab_now();
    int n = lab_room_read(peer, buffer, size, http->patience);
    http->patience -= lab_now() - begin;
    return n;
}

// Waits for more bytes after the present ones; there has to be room.
static int fill(lab_stream *peer, struct http *http) {
    int n =
        read_patiently(peer, http, http->in + http->until, IN - http->until);
    if (n > 0)
        http->until += (size_t)n;
    return n;
}

// --- heads

static bool has_no_body(const struct http *http) {
    int status = http->message.head.status;
    return http->asked_head || status < 200 || status == 204 || status == 304;
}

static void begin_body(struct http *http) {
    const struct lab_http_head *head = &http->message.head;
    http->taken = http->trailers = 0;
    http->chunk = CHUNK_SIZE;
    http->told = false;
    http->left = head->length;
    http->body = http->message.is_chunked ? BODY_CHUNKED
                 : head->length < 0       ? BODY_CLOSED
                                          : BODY_SIZED;
    http->body_done = http->is_server ? head->length == 0
                                      : has_no_body(http) || head->length == 0;
    if (http->body == BODY_CLOSED && !http->body_done)
        http->message.keeps = false;
}

// The head lies in .in, in [n] bytes.
static int parse(struct http *http, size_t n) {
    struct message *message = &http->message;
    int rc = http->is_server ? lab_http_parse_request(message, http->in, n)
                             : lab_http_parse_reply(message, http->in, n);
    http->keep = http->from = n;
    if (rc == 0)
        begin_body(http);
    if (rc == 0 && message->head.length > http->most)
        return 413;
    return rc;
}

static int too_large(const struct http *http) {
    return http->is_server ? 431 : LAB_EPROTO;
}

static int misread(const struct http *http) {
    return http->is_server ? 400 : LAB_EPROTO;
}

// Says what [rc] comes to, if some of the head is there.
static int cut_short(const struct http *http, int rc) {
    if (count(http) == 0)
        return rc;
    if (rc == LAB_ETIMEDOUT && http->is_server)
        return 408;
    return rc == LAB_EOF ? LAB_EPROTO : rc;
}

// Waits for the first bytes. Most requests come whole, so nothing is taken from
// the patience here, which would mean to look at the clock twice.
static int begin(lab_stream *peer, struct http *http, lab_time first) {
    int n = lab_room_read_early(peer, http->in, IN, first);
    http->until = n > 0 ? (size_t)n : 0;
    return n;
}

int lab_http_read_head(lab_stream *peer, struct http *http, lab_time first) {
    size_t seen = 0;
    move(http, 0);
    http->keep = 0;
    http->message.head = (struct lab_http_head){"", "", "", 0, 0};
    http->message.field_count = 0;
    http->body_done = true; // there is none yet
    if (http->until == 0)
        LAB_TRY(begin(peer, http, first));
    for (;;) {
        long n = lab_http_head_size(http->in, http->until, &seen);
        if (n < 0)
            return misread(http);
        if (n > HEAD_MOST || (n == 0 && http->until >= HEAD_MOST))
            return too_large(http);
        if (n > 0)
            return parse(http, (size_t)n);
        int rc = fill(peer, http);
        if (rc < 0)
            return cut_short(http, rc);
    }
}

// --- bodies

// Takes up to [size] bytes of the body, straight from the stream if none were
// read ahead.
static int take(lab_stream *peer, struct http *http, void *buffer,
                size_t size) {
    size_t n = count(http);
    if (n == 0) {
        int rc = read_patiently(peer, http, buffer, size);
        return rc == LAB_EOF && http->body != BODY_CLOSED ? LAB_EPROTO : rc;
    }
    if (n > size)
        n = size;
    memcpy(buffer, http->in + http->from, n);
    http->from += n;
    return (int)n;
}

// Cuts the CRLF off; [end] is its LF.
static int end_line(char *start, char *end) {
    if (end == start || end[-1] != '\r' ||
        memchr(start, '\0', (size_t)(end - start)))
        return LAB_EPROTO;
    end[-1] = '\0';
    return 0;
}

// Takes a line, and has [*line] point to it, without its CRLF. It lies in .in
// until more is read. How long it may be does not depend on how it comes.
static int take_line(lab_stream *peer, struct http *http, const char **line) {
    for (;;) {
        char *start = http->in + http->from;
        size_t n = count(http);
        size_t looked = n < LINE_MOST ? n : LINE_MOST;
        char *end = looked > 0 ? memchr(start, '\n', looked) : NULL;
        if (end) {
            http->from += (size_t)(end - start) + 1;
            *line = start;
            return end_line(start, end);
        }
        if (n >= LINE_MOST)
            return LAB_EPROTO;
        if (n == 0 || IN - http->from < LINE_MOST)
            move(http, http->keep);
        int rc = fill(peer, http);
        if (rc < 0)
            return rc == LAB_EOF ? LAB_EPROTO : rc;
    }
}

static int begin_chunk(struct http *http, const char *line) {
    int64_t size;
    if (!lab_http_parse_chunk(line, &size))
        return LAB_EPROTO;
    if (size > http->most - http->taken)
        return LAB_EMSGSIZE;
    http->left = size;
    http->chunk = size ? CHUNK_DATA : CHUNK_TRAILER;
    return 0;
}

// Trailers are read, and nobody is told.
static int take_trailer(struct http *http, const char *line) {
    if (!*line) {
        http->body_done = true;
        return LAB_EOF;
    }
    return ++http->trailers > TRAILERS_MOST || !lab_http_is_field(line)
               ? LAB_EPROTO
               : 0;
}

// Reads what stands between the bytes of a chunked body.
static int find_chunk(lab_stream *peer, struct http *http) {
    while (http->chunk != CHUNK_DATA) {
        const char *line;
        LAB_TRY(take_line(peer, http, &line));
        if (http->chunk == CHUNK_SIZE)
            LAB_TRY(begin_chunk(http, line));
        else if (http->chunk == CHUNK_TRAILER)
            LAB_TRY(take_trailer(http, line));
        else if (*line)
            return LAB_EPROTO;
        else
            http->chunk = CHUNK_SIZE;
    }
    return 0;
}

// The connection cannot be used after this, unless the task was only told to
// stop.
static int spoil(struct http *http, int rc) {
    if (rc < 0 && rc != LAB_EOF && rc != LAB_ECANCELED)
        http->message.keeps = false;
    return rc;
}

int lab_http_tell(lab_stream *peer, struct http *http) {
    static const char text[] = "HTTP/1.1 100 Continue\r\n\r\n";
    if (!http->message.expects || http->told || http->replied)
        return 0;
    http->told = true;
    return lab_room_write(peer, text, sizeof text - 1, http->write_time);
}

static int read_body(lab_stream *peer, struct http *http, void *buffer,
                     size_t size) {
    if (http->body_done)
        return LAB_EOF;
    LAB_TRY(lab_http_tell(peer, http));
    if (http->body == BODY_CHUNKED)
        LAB_TRY(find_chunk(peer, http));
    if (http->body != BODY_CLOSED && (uint64_t)http->left < size)
        size = (size_t)http->left;
    int n = take(peer, http, buffer, size);
    if (n < 0) {
        http->body_done = n == LAB_EOF;
        return n;
    }
    http->taken += n;
    http->left -= n;
    if (http->left == 0 && http->body == BODY_CHUNKED)
        http->chunk = CHUNK_END;
    else if (http->left == 0)
        http->body_done = true;
    return n;
}

int lab_http_read_body(lab_stream *peer, struct http *http, void *buffer,
                       size_t size) {
    return size == 0 ? LAB_EINVAL
                     : spoil(http, read_body(peer, http, buffer, size));
}

// Into .out, as nothing is being written now.
int lab_http_skip_body(lab_stream *peer, struct http *http, size_t most) {
    for (;;) {
        int n = lab_http_read_body(peer, http, http->out, sizeof http->out);
        if (n < 0)
            return n == LAB_EOF ? 0 : n;
        if ((size_t)n > most)
            return LAB_EMSGSIZE;
        most -= (size_t)n;
    }
}

int lab_http_read(lab_stream *peer, void *buffer, size_t size) {
    struct http *http;
    LAB_TRY(lab_http_enter(peer, &http));
    int rc = lab_http_read_body(peer, http, buffer, size);
    lab_room_leave(peer);
    return rc;
}

static int read_all(lab_stream *peer, struct http *http, char *buffer,
                    size_t size) {
    size_t done = 0;
    char more;
    for (;;) {
        bool is_full = done == size;
        int n = lab_http_read_body(peer, http, is_full ? &more : buffer + done,
                                   is_full ? 1 : size - done);
        if (n < 0)
            return n == LAB_EOF ? (int)done : n;
        if (is_full)
            return LAB_EMSGSIZE;
        done += (size_t)n;
    }
}

int lab_http_body(lab_stream *peer, void *buffer, size_t size) {
    struct http *http;
    LAB_TRY(lab_http_enter(peer, &http));
    bool is_more =
        !http->body_done && http->message.head.length > (int64_t)size;
    int rc = size > INT32_MAX ? LAB_EINVAL
             : is_more        ? LAB_EMSGSIZE
                              : read_all(peer, http, buffer, size);
    lab_room_leave(peer);
    return rc;
}
