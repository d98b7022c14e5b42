// 93 needs: does a demo find the library that it says it needs?
//
// needs: sqlite3

#include "lab.h"

#include <sqlite3.h>

static int version(void) {
    lab_say("SQLite %s", sqlite3_libversion());
    return 0;
}

const struct lab_demo lab_demo = {
    .name = "needs",
    .asks = "Does a demo find the library that it says it needs?",
    .variants = {{"version", version, "asks for the library's version", "0"}}};
