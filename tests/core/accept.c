// What accept(2) says of a connection that is gone is no error of the listener.

#include "test.h"

#include "core/loop.h"
#include "core/stream.h"

#include <errno.h>
#include <stdio.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

static int next_error; // of the next call, if it is not 0

// In the place of libc's. Nobody here asks who connects.
int accept4(int fd, __SOCKADDR_ARG address, socklen_t *size, int flags) {
    (void)address;
    (void)size;
    if (next_error) {
        errno = next_error;
        next_error = 0;
        return -1;
    }
    return (int)syscall(SYS_accept4, fd, NULL, NULL, flags);
}

static const int errors[] = {EINTR,       ECONNABORTED, ENETDOWN, EPROTO,
                             ENOPROTOOPT, EHOSTDOWN,    ENONET,   EHOSTUNREACH,
                             EOPNOTSUPP,  ENETUNREACH,  EPERM};

static int accept_after_errors(void *arg) {
    lab_stream *listener, *client, *peer;
    char address[32];
    (void)arg;
    LAB_TRY(lab_listen(&listener, "tcp:127.0.0.1:0"));
    snprintf(address, sizeof address, "tcp:127.0.0.1:%d", lab_port(listener));
    for (size_t i = 0; i < sizeof errors / sizeof *errors; i++) {
        LAB_TRY(lab_connect(&client, address, LAB_FOREVER));
        next_error = errors[i];
        CHECK_INT(lab_accept(listener, &peer), 0);
        CHECK_INT(next_error, 0);
        lab_close(client);
        lab_close(peer);
    }
    LAB_TRY(lab_connect(&client, address, LAB_FOREVER));
    next_error = EMFILE;
    CHECK_INT(lab_accept(listener, &peer), -EMFILE);
    CHECK_INT(lab_accept(listener, &peer), 0); // it has waited
    return 0;
}

TEST(a_connection_that_is_gone_does_not_end_an_accept) {
    CHECK_INT(lab_loop_main("main", accept_after_errors, NULL), 0);
}
