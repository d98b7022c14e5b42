#include "core/error.h"

#include <stdio.h>
#include <uv.h>

const char *lab_error_text(int code) {
    static _Thread_local char text[80];
    switch (code) {
    case LAB_ECANCELED:
        return "cancelled";
    case LAB_ETIMEDOUT:
        return "timed out";
    case LAB_EDEADLK:
        return "deadlock: every task waits for another";
    }
    if (code >= 0)
        return "success";
    return uv_strerror_r(code, text, sizeof text);
}
