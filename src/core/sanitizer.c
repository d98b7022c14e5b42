// sanitizer.c - how AddressSanitizer is to behave in this program.

#include "core/sanitizer.h"

#ifdef LAB_ASAN
const char *__asan_default_options(void);

// Every demo has its table under the same name; that is how they are found.
const char *__asan_default_options(void) {
    return "detect_odr_violation=0";
}
#endif
