// Whoever sends and whoever sends back are two tasks each, so that both ends
// have to wait for room and for bytes.

#include "scenes.h"

#include "core/stream.h"
#include "core/task.h"

#include <stdio.h>

enum { BYTES = 150 * 1000, PIECE = 7000 };

static int serve(void *arg) {
    lab_stream *listener = arg, *peer;
    char piece[PIECE];
    int n;
    n = lab_accept(listener, &peer);
    if (n < 0) {
        lab_close(listener); // else who has connected would wait for ever
        return n;
    }
    while ((n = lab_read(peer, piece, sizeof piece)) > 0) {
        n = lab_write(peer, piece, (size_t)n);
        if (n < 0)
            break;
    }
    if (n == LAB_EOF)
        n = lab_shutdown_write(peer);
    lab_close(peer);
    return n;
}

static int send_all(void *arg) {
    lab_stream *peer = arg;
    char piece[PIECE - 1];
    for (size_t at = 0; at < BYTES;) {
        size_t n = BYTES - at < sizeof piece ? BYTES - at : sizeof piece;
        for (size_t i = 0; i < n; i++)
            piece[i] = scene_byte(at + i);
        int rc = lab_write(peer, piece, n);
        if (rc < 0) {
            lab_close(peer); // else both ends would wait for the rest
            return rc;
        }
        at += n;
    }
    return lab_shutdown_write(peer);
}

static int receive_all(lab_stream *peer, size_t *at) {
    char piece[PIECE];
    int n;
    while ((n = lab_read(peer, piece, sizeof piece)) > 0)
        for (int i = 0; i < n; i++, ++*at)
            if (*at >= BYTES || piece[i] != scene_byte(*at))
                scene_wrong("another byte was sent", *at);
    return n == LAB_EOF ? 0 : n;
}

// The client's part: [at] is how many bytes came back.
static int ask(const char *address, size_t *at) {
    lab_stream *peer;
    LAB_TRY(lab_connect(&peer, address, LAB_FOREVER));
    lab_task *sender = lab_spawn("send", send_all, peer);
    int rc = receive_all(peer, at);
    if (rc < 0)
        lab_close(peer); // so that the sender, too, hears of it
    int sent = lab_await(sender);
    lab_close(peer);
    return rc < 0 ? rc : sent;
}

static int exchange(const char *asked) {
    lab_stream *listener;
    char address[SCENE_PATH + 10];
    size_t at = 0;
    LAB_TRY(lab_listen(&listener, asked));
    snprintf(address, sizeof address, "%s", asked);
    if (lab_port(listener)) // the one that port 0 became
        snprintf(address, sizeof address, "tcp:127.0.0.1:%d",
                 lab_port(listener));
    lab_task *server = lab_spawn("serve", serve, listener);
    int rc = ask(address, &at);
    lab_close(listener); // if nobody has come yet, nobody will
    int served = lab_await(server);
    if (rc >= 0 && served >= 0 && at != BYTES)
        scene_wrong("it ended early and nobody said so", at);
    if (rc >= 0 && served >= 0)
        scene_say("%zu bytes came back\n", at);
    return rc < 0 ? rc : served;
}

int scene_tcp(void *arg) {
    (void)arg;
    return exchange("tcp:127.0.0.1:0");
}

int scene_unix(void *arg) {
    char path[SCENE_PATH], address[SCENE_PATH + 10];
    (void)arg;
    scene_path(path, "socket");
    snprintf(address, sizeof address, "unix:%s", path);
    return exchange(address);
}

int scene_memory(void *arg) {
    (void)arg;
    return exchange("memory:scene");
}
