// say_after of the tutorials, in C: run 28_your_own.c
#include "lab.h"

static int say_after(void *arg) {
    lab_time *delay = arg;
    LAB_TRY(lab_sleep(*delay));
    lab_say("%s", *delay == LAB_S ? "hello" : "world");
    return 0;
}

int main_task(void) {
    lab_time delays[] = {1 * LAB_S, 2 * LAB_S};
    lab_task *hello = lab_spawn("hello", say_after, &delays[0]);
    lab_task *world = lab_spawn("world", say_after, &delays[1]);
    LAB_TRY(lab_await(hello));
    return lab_await(world);
}
