// fd.h - waiting for a descriptor that a library reads and writes itself.
//
// Use, under the real clock:
//     lab_fd *fd;
//     LAB_TRY(lab_fd_open(&fd, socket_of(db)));
//     rc = lab_fd_wait(fd, LAB_READABLE, 5 * LAB_S); // others run meanwhile
//     lab_fd_close(fd);
//     if (rc > 0)
//         take_input(db); // the library's, which does not block now
//
// Some libraries never block: they own a socket, say what they wait for, and
// leave the waiting to the caller. This is that waiting. For a connection whose
// bytes you read and write yourself use a stream (stream.h), which exists under
// either clock.
//
// Rules: what is outside the run does not exist under the virtual clock, so a
// descriptor cannot be opened there. One task may wait for reading while
// another waits for writing; a second one in the same direction is LAB_EBUSY.
// Close the lab_fd before the descriptor: a library that may change its socket
// needs one for each wait.

#ifndef LAB_CORE_FD_H
#define LAB_CORE_FD_H

#include "base/error.h"
#include "base/time.h"
#include "core/here.h"

// A descriptor that tasks can wait for.
typedef struct lab_fd lab_fd;

enum { LAB_READABLE = 1, LAB_WRITABLE = 2 };

// Opens [fd] for waiting. Does not wait. It becomes non-blocking, for all
// programs that share it.
//
// Owns:   [fd] stays yours; close it after lab_fd_close. The run closes a
//         lab_fd that is open when it ends.
// Errors: LAB_EOUTSIDE under the virtual clock. LAB_EINVAL for a regular file,
//         which is always ready. LAB_EEXIST as in lab_fd_wait. LAB_EBADF if it
//         is not a descriptor. LAB_EPERM.
LAB_CHECKED int lab_fd_open(lab_fd **out, int fd);
#define lab_fd_open LAB_COVER(lab_fd_open)

// Waits until one of [events], LAB_READABLE, LAB_WRITABLE or their sum, holds,
// and returns the ones that do. [timeout] is of the run's clock; LAB_FOREVER is
// no limit.
//
// Errors: LAB_ETIMEDOUT; LAB_ECANCELED. LAB_EBUSY while another task waits in
//         that direction; LAB_EEXIST while one waits for the same descriptor
//         by another lab_fd. LAB_EBADF when it is closed meanwhile. LAB_EOF
//         when the other side has hung up or the connection has failed: the
//         next read or write says which. LAB_EINVAL for other [events].
// Source: asyncio's add_reader and add_writer; trio's wait_readable.
LAB_CHECKED int lab_fd_wait(lab_fd *fd, int events, lab_time timeout);
#define lab_fd_wait LAB_COVER(lab_fd_wait)

// Ends all waiting for [fd] and frees it; NULL is none. A task that waits for
// it gets LAB_EBADF. Called from a task; does not wait.
void lab_fd_close(lab_fd *fd);
#define lab_fd_close LAB_COVER(lab_fd_close)

#endif
