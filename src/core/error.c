#include "core/error.h"

#include <string.h>
#include <uv.h>

const char *lab_error_text(int code) {
    static _Thread_local char text[80];
    switch (code) {
    case LAB_ECANCELED:
        return "cancelled";
    case LAB_ETIMEDOUT:
        return "timed out";
    case LAB_EPERM:
        return "only a task can wait; a job in a pool is none (use lab_block)";
    case LAB_EDEADLK:
        return "deadlock: every task waits for another";
    case LAB_EBROKEN:
        return "the barrier is broken: somebody gave it up";
    case LAB_EBADF:
        return "closed already";
    case LAB_EUNREAD:
        return "a task failed, and nobody asked for its result";
    case LAB_EOUTSIDE:
        return "under the virtual clock only connections inside the run exist";
    }
    if (code >= 0)
        return "success";
    // libuv does not know every errno.
    uv_err_name_r(code, text, sizeof text);
    if (strncmp(text, "Unknown", 7) == 0)
        return strerror(-code);
    return uv_strerror_r(code, text, sizeof text);
}
