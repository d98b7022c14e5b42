#include "base/alloc.h"

#include "base/die.h"
#include "test.h"

#include <stdint.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

TEST(alloc_is_zeroed_and_counted) {
    long before = lab_alloc_live();
    unsigned char *bytes = lab_alloc(1000);
    int sum = 0;
    for (size_t i = 0; i < 1000; i++)
        sum += bytes[i];
    CHECK_INT(sum, 0);
    CHECK_INT(lab_alloc_live(), before + 1);
    lab_free(bytes);
    CHECK_INT(lab_alloc_live(), before);
}

TEST(alloc_of_nothing_is_something_to_free) {
    void *nothing = lab_alloc(0);
    CHECK(nothing != NULL);
    lab_free(nothing);
    lab_free(NULL);
}

TEST(realloc_keeps_what_was_there_and_counts_once) {
    long before = lab_alloc_live();
    int *numbers = lab_realloc(NULL, 2, sizeof *numbers);
    numbers[0] = 1, numbers[1] = 2;
    numbers = lab_realloc(numbers, 10000, sizeof *numbers);
    CHECK_INT(numbers[0] + numbers[1], 3);
    CHECK_INT(lab_alloc_live(), before + 1);
    numbers = lab_realloc(numbers, 0, sizeof *numbers);
    CHECK_INT(lab_alloc_live(), before + 1);
    lab_free(numbers);
}

TEST(grow_makes_room_for_one_more_and_keeps_what_was_there) {
    long before = lab_alloc_live();
    size_t room = 0, moves = 0;
    int *numbers = NULL;
    for (size_t count = 0; count < 10000; count++) {
        size_t had = room;
        numbers = lab_grow(numbers, count, &room, sizeof *numbers);
        moves += room != had;
        CHECK(room > count);
        numbers[count] = (int)count;
    }
    for (size_t i = 0; i < 10000; i++)
        CHECK_INT(numbers[i], (int)i);
    CHECK(moves < 20);
    CHECK_INT(lab_alloc_live(), before + 1);
    lab_free(numbers);
}

TEST(strdup_copies) {
    char word[] = "word";
    char *copy = lab_strdup(word);
    word[0] = 'x';
    CHECK_STR(copy, "word");
    lab_free(copy);
}

static void restored(void) {
    ssize_t n = write(STDERR_FILENO, "restored. ", 10);
    (void)n;
}

// Runs [act] in a child that may say one sentence on standard error. Returns
// its exit status.
static int in_child(void (*act)(void), char *said, size_t size) {
    int ends[2], status = 0;
    if (!CHECK(pipe(ends) == 0))
        return -1;
    pid_t child = fork();
    if (child == 0) {
        dup2(ends[1], STDERR_FILENO);
        lab_die_hook(restored);
        act();
        _exit(0);
    }
    close(ends[1]);
    size_t length = 0;
    for (ssize_t n; length + 1 < size; length += (size_t)n)
        if ((n = read(ends[0], said + length, size - 1 - length)) <= 0)
            break;
    said[length] = '\0';
    close(ends[0]);
    waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

// Volatile, so that no compiler finds out how this ends.
static void ask_too_much(void) {
    volatile size_t count = SIZE_MAX / 2;
    lab_free(lab_realloc(NULL, count, 16));
}

TEST(out_of_memory_restores_the_terminal_says_so_and_exits_71) {
    char said[256];
    CHECK_INT(in_child(ask_too_much, said, sizeof said), LAB_EXIT_OS);
    CHECK(strncmp(said, "restored. looplab: out of memory", 32) == 0);
}
