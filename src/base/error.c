#include "base/error.h"

#include "base/alloc.h"
#include "base/text.h"

#include <errno.h>
#include <inttypes.h>
#include <stddef.h>

// Ours where a learner meets the code in a demo; else what libuv says.
static const struct {
    int code;
    const char *text;
} texts[] = {
    {LAB_ECANCELED, "cancelled"},
    {LAB_ETIMEDOUT, "timed out"},
    {LAB_EINTR, "interrupted"},
    {LAB_EPERM, "only a task can wait; a job in a pool is none (use "
                "lab_block)"},
    {LAB_EDEADLK, "deadlock: nothing is left to wake a task"},
    {LAB_EBROKEN, "the barrier is broken: somebody gave it up"},
    {LAB_EBADF, "closed already"},
    {LAB_EUNREAD, "a task failed, and nobody asked for its result"},
    {LAB_ERAISED, "it raised an exception"},
    {LAB_ECRASHED, "the program was cut off"},
    {LAB_ENOTFILE, "it is not a plain file"},
    {LAB_EOUTSIDE, "under the virtual clock only connections inside the run "
                   "exist"},
    {LAB_ESKIPPED, "skipped"},
    {LAB_EEVENTS, "too many events; --limit=events:N allows more"},
    {LAB_ETURNS, "too many turns at one time; --limit=turns:N allows more"},
    {LAB_EMACHINE, "too much machine time; --limit=time:T allows more"},
    {LAB_EHOURS, "too much virtual time; --limit=none allows more"},
    {LAB_EOF, "end of file"},
    {-E2BIG, "argument list too long"},
    {-EACCES, "permission denied"},
    {-EADDRINUSE, "address already in use"},
    {-EADDRNOTAVAIL, "address not available"},
    {-EAFNOSUPPORT, "address family not supported"},
    {-EAGAIN, "resource temporarily unavailable"},
    {-EALREADY, "connection already in progress"},
    {-EBUSY, "resource busy or locked"},
    {-ECONNABORTED, "software caused connection abort"},
    {-ECONNREFUSED, "connection refused"},
    {-ECONNRESET, "connection reset by peer"},
    {-EDESTADDRREQ, "destination address required"},
    {LAB_EEXIST, "file already exists"},
    {-EFAULT, "bad address in system call argument"},
    {-EFBIG, "file too large"},
    {-EHOSTDOWN, "host is down"},
    {-EHOSTUNREACH, "host is unreachable"},
    {-EILSEQ, "illegal byte sequence"},
    {-EINVAL, "invalid argument"},
    {-EIO, "i/o error"},
    {-EISCONN, "socket is already connected"},
    {-EISDIR, "illegal operation on a directory"},
    {-ELOOP, "too many symbolic links encountered"},
    {-EMFILE, "too many open files"},
    {-EMLINK, "too many links"},
    {-EMSGSIZE, "message too long"},
    {-ENAMETOOLONG, "name too long"},
    {-ENETDOWN, "network is down"},
    {-ENETUNREACH, "network is unreachable"},
    {-ENFILE, "file table overflow"},
    {-ENOBUFS, "no buffer space available"},
    {-ENODEV, "no such device"},
    {-ENOENT, "no such file or directory"},
    {-ENOEXEC, "exec format error"},
    {-ENOMEM, "not enough memory"},
    {-ENOPROTOOPT, "protocol not available"},
    {-ENOSPC, "no space left on device"},
    {-ENOSYS, "function not implemented"},
    {-ENOTCONN, "socket is not connected"},
    {-ENOTDIR, "not a directory"},
    {-ENOTEMPTY, "directory not empty"},
    {-ENOTSOCK, "socket operation on non-socket"},
    {-ENOTSUP, "operation not supported on socket"},
    {-ENOTTY, "inappropriate ioctl for device"},
    {-ENXIO, "no such device or address"},
    {-EOVERFLOW, "value too large for defined data type"},
    {-EPIPE, "broken pipe"},
    {LAB_EPROTO, "protocol error"},
    {-EPROTONOSUPPORT, "protocol not supported"},
    {-EPROTOTYPE, "protocol wrong type for socket"},
    {-ERANGE, "result too large"},
    {-EROFS, "read-only file system"},
    {-ESHUTDOWN, "cannot send after transport endpoint shutdown"},
    {-ESPIPE, "invalid seek"},
    {-ESRCH, "no such process"},
    {-ETXTBSY, "text file is busy"},
    {-EXDEV, "cross-device link not permitted"},
    {-EDQUOT, "disk quota exceeded"},
};

static const char *find(int64_t code) {
    for (size_t i = 0; i < countof(texts); i++)
        if (texts[i].code == code)
            return texts[i].text;
    return code >= 0 ? "success" : NULL;
}

const char *lab_error_text(int code) {
    const char *text = find(code);
    return text ? text : "unknown error";
}

void lab_error_put(struct lab_text *out, int64_t code) {
    const char *text = find(code);
    if (text)
        lab_text_put(out, text);
    else
        lab_text_printf(out, "error %" PRId64, code);
}
