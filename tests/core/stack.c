#include "child.h"
#include "test.h"

#include "base/alloc.h"
#include "base/die.h"
#include "core/sanitizer.h"
#include "core/stack.h"

#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/uio.h>

TEST(a_stack_put_back_is_the_next_one_taken) {
    struct lab_stacks stacks = {0};
    struct lab_stack *a = lab_stack_take(&stacks);
    struct lab_stack *b = lab_stack_take(&stacks);
    CHECK(a != b);
    lab_stack_put(&stacks, a);
    lab_stack_put(&stacks, b);
    CHECK(lab_stack_take(&stacks) == b);
    CHECK(lab_stack_take(&stacks) == a);
    lab_stack_put(&stacks, a);
    lab_stack_put(&stacks, b);
    lab_stacks_free(&stacks);
}

TEST(all_of_a_stack_above_its_guard_can_be_written) {
    struct lab_stacks stacks = {0};
    struct lab_stack *a = lab_stack_take(&stacks);
    struct lab_stack *b = lab_stack_take_deep(&stacks, 200 * 1024 + 1);
    CHECK_INT(a->size, LAB_STACK_SIZE);
    CHECK_INT(b->size, 204 * 1024);
    memset(a->low + 4096, 0x5a, (size_t)((char *)a - a->low) - 4096);
    memset(b->low + 4096, 0x5a, (size_t)((char *)b - b->low) - 4096);
    CHECK(lab_stack_guards(a, a->low));
    CHECK(lab_stack_guards(a, a->low + 4095));
    CHECK(!lab_stack_guards(a, a->low + 4096));
    CHECK(!lab_stack_guards(a, a->low - 1));
    lab_stack_put(&stacks, a);
    lab_stack_put(&stacks, b);
    lab_stacks_free(&stacks);
}

TEST(one_deep_stack_is_kept_for_the_next_as_deep) {
    enum { SIZE = 256 * 1024 };
    struct lab_stacks stacks = {0};
    struct lab_stack *a = lab_stack_take_deep(&stacks, SIZE);
    struct lab_stack *b = lab_stack_take_deep(&stacks, SIZE);
    lab_stack_put(&stacks, a);
    lab_stack_put(&stacks, b); // is unmapped
    struct lab_stack *deeper = lab_stack_take_deep(&stacks, 2 * SIZE);
    CHECK(deeper != a);
    CHECK(lab_stack_take_deep(&stacks, SIZE) == a);
    CHECK(lab_stack_guards(a, a->low));
    lab_stack_put(&stacks, deeper);
    lab_stack_put(&stacks, a);
    lab_stacks_free(&stacks);
}

// The kernel cannot read from a guard either, and says so without a signal.
static bool is_readable(const char *byte, int pipe_in) {
    return write(pipe_in, byte, 1) == 1;
}

TEST(every_stack_has_its_guard_however_many_there_are) {
    enum { MANY = LAB_STACK_SLAB + 2 };
    struct lab_stacks stacks = {0};
    struct lab_stack **all = lab_alloc(MANY * sizeof *all);
    int ends[2], open = 0;
    CHECK(pipe(ends) == 0);
    for (int i = 0; i < MANY; i++) {
        all[i] = lab_stack_take(&stacks);
        open += is_readable(all[i]->low, ends[1]) ||
                is_readable(all[i]->low + LAB_STACK_GUARD - 1, ends[1]) ||
                !is_readable(all[i]->low + LAB_STACK_GUARD, ends[1]);
    }
    CHECK_INT(open, 0);
    for (int i = 0; i < MANY; i++)
        lab_stack_put(&stacks, all[i]);
    close(ends[0]);
    close(ends[1]);
    lab_free(all);
    lab_stacks_free(&stacks);
}

static bool is_there(char *page) {
    unsigned char there = 0;
    return mincore(page, 1, &there) == 0 && (there & 1);
}

TEST(stacks_made_ahead_have_the_page_that_is_touched_first) {
    enum { ALL = 17, SELF = -10000 }; // the next 15 were made with the last
    struct lab_stacks stacks = {0};
    struct lab_stack *all[ALL];
    for (int i = 0; i < ALL; i++)
        all[i] = lab_stack_take(&stacks);
    char *next = all[ALL - 1]->low + LAB_STACK_SIZE;
    char *top = next + LAB_STACK_SIZE - LAB_STACK_GUARD;
    struct iovec other = {all[0]->low + LAB_STACK_GUARD, LAB_STACK_GUARD};
    if (process_madvise(SELF, &other, 1, MADV_POPULATE_WRITE, 0) < 0)
        test_skip("this kernel makes no pages of several ranges");
    else
        CHECK(is_there(top));
    CHECK(!is_there(top - LAB_STACK_GUARD)); // it would cost memory
    for (int i = 0; i < ALL; i++)
        lab_stack_put(&stacks, all[i]);
    lab_stacks_free(&stacks);
}

TEST(stacks_do_not_overlap_across_slabs) {
    enum { MANY = LAB_STACK_SLAB + 2 };
    struct lab_stacks stacks = {0};
    struct lab_stack **all = lab_alloc(MANY * sizeof *all);
    for (int i = 0; i < MANY; i++) {
        all[i] = lab_stack_take(&stacks);
        all[i]->low[LAB_STACK_SIZE / 2] = (char)i;
    }
    for (int i = 0; i < MANY; i++) {
        CHECK_INT(all[i]->low[LAB_STACK_SIZE / 2], (char)i);
        lab_stack_put(&stacks, all[i]);
    }
    lab_free(all);
    lab_stacks_free(&stacks);
}

static int nap(void *arg) {
    (void)arg;
    return lab_sleep(LAB_S);
}

// Room for three slabs of stacks beyond the one that our own is from.
static int sleep_ever_more(void *arg) {
    long pages = 0;
    FILE *file = fopen("/proc/self/statm", "r");
    (void)arg;
    if (!file || fscanf(file, "%ld", &pages) != 1)
        return LAB_EINVAL;
    fclose(file);
    rlim_t room =
        (rlim_t)pages * 4096 + (rlim_t)LAB_STACK_SIZE * LAB_STACK_SLAB * 7 / 2;
    setrlimit(RLIMIT_AS, &(struct rlimit){room, room});
    for (;;) {
        for (int i = 0; i < LAB_STACK_SLAB; i++)
            if (!lab_spawn("sleeper", nap, NULL))
                return LAB_EINVAL;
        LAB_TRY(lab_yield()); // now they need stacks
    }
}

TEST(too_many_tasks_at_once_are_refused_with_their_number_and_a_remedy) {
    char words[1024];
    if (LAB_SANITIZED) {
        test_skip("a sanitizer needs all the addresses there are");
        return;
    }
    CHECK_INT(child_run(sleep_ever_more, words, sizeof words), LAB_EXIT_OS);
    // How many fit is not the same everywhere, but it is whole slabs.
    const char *number = strstr(words, "as ");
    CHECK_INT(number ? strtol(number + 3, NULL, 10) % LAB_STACK_SLAB : -1, 0);
    if (!CHECK(strstr(words, " have theirs at the same time (Cannot allocate "
                             "memory): let fewer run at once") != NULL))
        fprintf(stderr, "it says: %s\n", words);
}
