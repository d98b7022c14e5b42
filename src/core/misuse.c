#include "core/misuse.h"

#include "base/die.h"
#include "core/here.h"

#include <stdarg.h>
#include <stdio.h>

void lab_misuse(const char *format, ...) {
    char sentence[800];
    va_list args;
    va_start(args, format);
    vsnprintf(sentence, sizeof sentence, format, args);
    va_end(args);
    if (lab_here.file)
        lab_die(LAB_EXIT_BUG, "a mistake at %s:%d: %s", lab_here.file,
                lab_here.line, sentence);
    lab_die(LAB_EXIT_BUG, "a mistake in the program: %s", sentence);
}
