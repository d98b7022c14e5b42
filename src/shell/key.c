#include "shell/key.h"

#include "base/die.h"

#include <stdlib.h>
#include <string.h>

static int read_time(struct lab_call *call, const char *name, const char *value,
                     lab_time *time) {
    if (lab_param_time(value, "s", time) && *time >= 0)
        return LAB_EXIT_OK;
    return lab_shell_refuse(call->shell,
                            "%s is a time of the run, such as 1.5s or 200ms, "
                            "not \"%s\"",
                            name, value);
}

static int read_from(struct lab_call *call, const char *value) {
    return read_time(call, "from=", value, &call->options.style.from);
}

static int read_to(struct lab_call *call, const char *value) {
    lab_time *to = &call->options.style.to;
    int status = read_time(call, "to=", value, to);
    if (status == LAB_EXIT_OK && *to == 0) // it would mean the whole run
        status = lab_shell_refuse(call->shell,
                                  "to= must be later than 0s, when the run "
                                  "begins");
    return status;
}

static int read_lanes(struct lab_call *call, const char *value) {
    if (value[strspn(value, ",")] == '\0')
        return lab_shell_refuse(call->shell, "lanes= needs names, such as "
                                             "lanes=loop,t2");
    call->options.style.lanes = value;
    return LAB_EXIT_OK;
}

static int read_axis(struct lab_call *call, const char *value) {
    call->options.style.in_turns = strcmp(value, "turns") == 0;
    if (call->options.style.in_turns || strcmp(value, "time") == 0)
        return LAB_EXIT_OK;
    return lab_shell_refuse(call->shell, "axis= is time or turns, not \"%s\"",
                            value);
}

static void offer_axis(const struct lab_request *request) {
    lab_offer_about(request, "time", "a column for so much time");
    lab_offer_about(request, "turns", "a column for each turn of the loop");
}

static int read_seed(struct lab_call *call, const char *value) {
    char *end;
    call->seed = strtoul(value, &end, 10);
    if (*value >= '1' && *value <= '9' && !*end && call->seed < 1000000000)
        return LAB_EXIT_OK;
    return lab_shell_refuse(call->shell,
                            "seed= is a number from 1 on, not \"%s\"", value);
}

static void offer_from(const struct lab_request *request) {
    lab_offer_moments(request, false, LAB_ANY_MOMENT);
}

// What is shown has some length, so only what is later than from= ends it.
static void offer_to(const struct lab_request *request) {
    lab_time from = 0;
    for (int i = 0; i < request->given_count; i++)
        if (strncmp(request->given[i], "from=", 5) == 0 &&
            !lab_param_time(request->given[i] + 5, "s", &from))
            from = 0;
    lab_offer_moments(request, false, from);
}

static void offer_at(const struct lab_request *request) {
    lab_offer_moments(request, true, LAB_ANY_MOMENT);
}

static int read_at(struct lab_call *call, const char *value) {
    return lab_key_moment(call->shell, value, &call->moment);
}

int lab_key_moment(struct lab_shell *shell, const char *word,
                   struct lab_instant *moment) {
    char *end;
    *moment = (struct lab_instant){.is_set = true};
    moment->events = strtoul(word, &end, 10);
    moment->is_event = *word >= '0' && *word <= '9' && !*end;
    if (moment->is_event ||
        (lab_param_time(word, "s", &moment->time) && moment->time >= 0))
        return LAB_EXIT_OK;
    return lab_shell_refuse(shell,
                            "\"%s\" is not a moment; type a time, such as 1.5s "
                            "or 200ms, or a number of events, such as 12",
                            word);
}

const struct lab_key lab_keys[] = {
    {"from=", "TIME", "show the run from this time on", LAB_KEYS_PART,
     read_from, offer_from},
    {"to=", "TIME", "show the run up to this time", LAB_KEYS_PART, read_to,
     offer_to},
    {"lanes=", "NAME,...", "show these tasks and workers alone", LAB_KEYS_PART,
     read_lanes, lab_offer_lanes},
    {"axis=", "turns", "count turns of the loop, or time", LAB_KEYS_AXIS,
     read_axis, offer_axis},
    {"at=", "MOMENT", "look at a time, or after this many events",
     LAB_KEYS_MOMENT, read_at, offer_at},
    {"seed=", "N", "other questions; the same for each number", LAB_KEYS_SEED,
     read_seed},
    {0},
};

const struct lab_key *lab_key_find(const struct lab_command *command,
                                   const char *word) {
    for (const struct lab_key *key = lab_keys; key->name; key++)
        if ((command->keys & key->keys) &&
            strncmp(word, key->name, strlen(key->name)) == 0)
            return key;
    return NULL;
}

void lab_key_put_takers(struct lab_text *error, const char *word) {
    enum { NAMED = 3 };
    const struct lab_command *command;
    size_t count = 0;
    for (size_t i = 0; (command = lab_command_at(i)) && count < NAMED; i++) {
        const struct lab_key *key = lab_key_find(command, word);
        if (!key)
            continue;
        if (count == 0)
            lab_text_printf(error, "; %s goes with", key->name);
        lab_text_printf(error, "%s %s", count++ ? "," : "", command->name);
    }
    lab_text_put(error, count == NAMED ? " and others" : "");
}
