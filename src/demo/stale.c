#include "demo/stale_internal.h"

#include "base/text.h"

#include <sys/stat.h>

// A copy of both, by cp or install, may have the C written after the demo.
enum { TOLERANCE_S = 1 };

// As the time of C that could not be looked at: then nothing is said of it.
static const struct timespec unknown = {.tv_sec = -1};

static struct timespec time_of(const char *path) {
    struct stat status;
    if (stat(path, &status) < 0)
        return (struct timespec){0};
    return status.st_mtim;
}

static bool differs(struct timespec a, struct timespec b) {
    return a.tv_sec != b.tv_sec || a.tv_nsec != b.tv_nsec;
}

// If the C was newer than the demo already when that was loaded, nothing is
// noted, and so it differs.
void lab_stale_note(struct lab_demo_file *file) {
    struct timespec written = time_of(file->source);
    // make gives this time to one that it wants to build again anyway.
    bool is_known = file->built.tv_sec == 0 ||
                    written.tv_sec <= file->built.tv_sec + TOLERANCE_S;
    file->written = is_known ? written : (struct timespec){0};
    if (written.tv_sec == 0)
        file->written = unknown;
}

bool lab_demos_stale(struct lab_demo_file *file, struct lab_text *sentence) {
    struct timespec built = time_of(file->path), written;
    if (!file->demo || file->guest)
        return false;
    written = time_of(file->source);
    if (built.tv_sec > file->built.tv_sec ||
        (built.tv_sec == file->built.tv_sec &&
         built.tv_nsec > file->built.tv_nsec)) {
        file->built = built;
        lab_text_printf(sentence,
                        "demo %d was built anew since it was loaded; reload %d "
                        "loads that",
                        file->number, file->number);
    } else if (written.tv_sec && differs(unknown, file->written) &&
               differs(written, file->written)) {
        file->written = written;
        lab_text_printf(sentence,
                        "%s is newer than what is loaded of it; reload %d "
                        "builds and loads it",
                        file->source, file->number);
    }
    return sentence->length > 0;
}
