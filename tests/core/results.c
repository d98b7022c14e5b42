#include "core/results_internal.h"

#include "test.h"

// The row does not look into jobs, so any address will do.
static char some[10000];
static struct job *job(size_t i) {
    return (struct job *)(void *)&some[i];
}

// Takes all results, and returns how many were out of order.
static int take(struct results *results, size_t *taken) {
    int wrong = 0;
    size_t next, last = lab_results_take(results, &next);
    for (; next != last; next++, ++*taken) {
        const struct result *result = lab_results_at(results, next);
        wrong += result->job != job(*taken) || result->value != (int)*taken;
    }
    return wrong;
}

TEST(results_come_in_their_order_however_many_wait) {
    struct results results = {0};
    size_t added = 0, taken = 0;
    for (size_t jobs = 1; jobs < 300; jobs += 7) {
        lab_results_make_room(&results, jobs); // some wait meanwhile
        while (added < taken + jobs)
            lab_results_add(&results, job(added), (int)added), added++;
        if (jobs % 2)
            continue;
        CHECK_INT(take(&results, &taken), 0);
        CHECK_INT(taken, added);
    }
    CHECK_INT(take(&results, &taken), 0);
    CHECK_INT(taken, added);
    lab_results_free(&results);
}

TEST(the_loop_is_told_of_results_once_until_it_takes_them) {
    struct results results = {0};
    size_t next;
    lab_results_make_room(&results, 2);
    CHECK(!lab_results_are_news(&results));
    lab_results_add(&results, job(0), 0);
    CHECK(lab_results_are_news(&results));
    results.told = true;
    lab_results_add(&results, job(1), 1);
    CHECK(!lab_results_are_news(&results));
    lab_results_take(&results, &next);
    CHECK(!lab_results_are_news(&results));
    lab_results_add(&results, job(2), 2);
    CHECK(lab_results_are_news(&results));
    lab_results_free(&results);
}
