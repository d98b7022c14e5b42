#include "base/error.h"

#include "base/alloc.h"
#include "base/text.h"

#include <errno.h>
#include <inttypes.h>
#include <stddef.h>

// Those without a name here have the words of libuv.
static const struct {
    int code;
    const char *text;
} texts[] = {
    {-E2BIG, "argument list too long"},
    {-EACCES, "permission denied"},
    {-EADDRNOTAVAIL, "address not available"},
    {-EAFNOSUPPORT, "address family not supported"},
    {-EALREADY, "connection already in progress"},
    {-ECONNABORTED, "software caused connection abort"},
    {-EDESTADDRREQ, "destination address required"},
    {-EFAULT, "bad address in system call argument"},
    {-EFBIG, "file too large"},
    {-EHOSTDOWN, "host is down"},
    {-EHOSTUNREACH, "host is unreachable"},
    {-EILSEQ, "illegal byte sequence"},
    {-EIO, "i/o error"},
    {-EISCONN, "socket is already connected"},
    {-EISDIR, "illegal operation on a directory"},
    {-ELOOP, "too many symbolic links encountered"},
    {-EMFILE, "too many open files"},
    {-EMLINK, "too many links"},
    {-ENAMETOOLONG, "name too long"},
    {-ENETDOWN, "network is down"},
    {-ENETUNREACH, "network is unreachable"},
    {-ENFILE, "file table overflow"},
    {-ENOBUFS, "no buffer space available"},
    {-ENODEV, "no such device"},
    {-ENOEXEC, "exec format error"},
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
    switch (code) {
#define X(name, code, text)                                                    \
    case name:                                                                 \
        return text;
        LAB_ERRORS(X)
#undef X
    default:
        break;
    }
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
