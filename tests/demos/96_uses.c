// 96 uses: what is said of a library that nobody has?
//
// uses: libnone

#include "lab.h"

#ifndef LAB_WITHOUT
#error "no machine has libnone"
#endif

static int nothing(void) {
    return 0;
}

const struct lab_demo lab_demo = {
    .name = "uses",
    .asks = "What is said of a library that nobody has?",
    .variants = {{"nothing", nothing, "does without it", "0"}}};
