// starved.c - how long a guest was ready to run and had no processor. On a busy
// machine that is most of the time, and no fault of the program.

#include "base/read.h"
#include "guest/guest_internal.h"

#include <stdlib.h>

// "20817392 1840213 57": nanoseconds on a processor, nanoseconds of waiting for
// one, turns.
lab_time lab_guest_read_starved(const char *schedstat) {
    char *end;
    strtoll(schedstat, &end, 10);
    return strtoll(end, NULL, 10);
}

// Of its main thread. 0 where the system does not count it.
lab_time lab_guest_starved(int pid) {
    enum { MOST = 256 };
    struct lab_text path = {0}, text = {0};
    lab_text_printf(&path, "/proc/%d/schedstat", pid);
    lab_time starved = 0;
    if (lab_read_file(lab_text_string(&path), MOST, &text) == 0)
        starved = lab_guest_read_starved(lab_text_string(&text));
    lab_text_free(&path);
    lab_text_free(&text);
    return starved;
}

lab_time lab_guest_silence(struct lab_guest *guest, lab_time step,
                           lab_time starved) {
    lab_time since = starved - guest->starved;
    lab_time least = step / 8; // one that never ends shall be stopped
    guest->starved = starved;
    return since < 0 ? step : since > step - least ? least : step - since;
}
