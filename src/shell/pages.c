#include "shell/pages.h"

#include <string.h>

size_t lab_pages_lines(const char *text) {
    size_t lines = 0;
    while ((text = strchr(text, '\n'))) {
        text++;
        lines++;
    }
    return lines;
}

size_t lab_pages_take(const char *text, size_t lines) {
    const char *at = text, *gap = NULL;
    for (size_t i = 1; i <= lines; i++) {
        const char *newline = strchr(at, '\n');
        if (!newline)
            return strlen(text);
        at = newline + 1;
        if (*at == '\n' && 2 * i >= lines)
            gap = at;
    }
    return (size_t)((*at && gap ? gap : at) - text);
}
