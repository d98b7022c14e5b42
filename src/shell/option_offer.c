// option_offer.c - the values of options, for completion.

#include "shell/option.h"

void lab_option_offer_clocks(const struct lab_request *request) {
    static const struct lab_offered clocks[] = {
        {"virtual", "nothing waits, and figures are exact"},
        {"real", "a second takes a second"},
        {"x10", "ten times as fast"},
        {"x0.5", "half as fast"},
        {0}};
    lab_offer_all(request, clocks);
}

void lab_option_offer_schedules(const struct lab_request *request) {
    static const struct lab_offered schedules[] = {
        {"fifo", "in the order in which they became ready"},
        {"seed:", "by chance; the same for each number"},
        {"late:", "the timer of this number is late"},
        {"cancel:", "cancelled at this moment"},
        {0}};
    lab_offer_all(request, schedules);
}

void lab_option_offer_limits(const struct lab_request *request) {
    static const struct lab_offered limits[] = {
        {"events:", "after this many events"},
        {"turns:", "after this many turns in which no time passes"},
        {"time:", "after this time of the machine, such as 30s"},
        {"none", "never"},
        {0}};
    lab_offer_all(request, limits);
}

void lab_option_offer_colors(const struct lab_request *request) {
    static const struct lab_offered colors[] = {
        {"auto", "on a terminal"}, {"always", NULL}, {"never", NULL}, {0}};
    lab_offer_all(request, colors);
}

void lab_option_offer_records(const struct lab_request *request) {
    lab_offer_files(request, ".jsonl");
}

void lab_option_offer_folders(const struct lab_request *request) {
    lab_offer_files(request, "/");
}
