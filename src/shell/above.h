// above.h - output that waits until it can be printed above the line.
//
// It waits until its line is whole, until the next frame, and while the
// terminal has stalled. At most a megabyte waits: what comes after that is
// dropped, and the loss is reported when printing continues.

#ifndef LAB_SHELL_ABOVE_H
#define LAB_SHELL_ABOVE_H

#include "base/text.h"

#include <stdbool.h>
#include <stddef.h>

enum { LAB_ABOVE_MOST = 1024 * 1024 }; // bytes that may wait

// A zeroed one is empty.
struct lab_above {
    struct lab_text text;
    size_t lost; // bytes dropped since the last take
};

// Frees the text; it is empty and usable again.
void lab_above_free(struct lab_above *above);

// Appends [n] bytes, or none of them if there is no room.
void lab_above_put(struct lab_above *above, const char *bytes, size_t n);

// Is there something to take? A line that is not whole counts if [partial].
bool lab_above_waits(const struct lab_above *above, bool partial);

// Moves whole lines to [out], about [most] bytes of them and at least one;
// with [partial], also the last one as far as it is there.
void lab_above_take(struct lab_above *above, size_t most, bool partial,
                    struct lab_text *out);

#endif
