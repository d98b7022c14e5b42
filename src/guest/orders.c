#include "guest/orders_internal.h"

#include "base/alloc.h"
#include "base/json.h"

#include <inttypes.h>
#include <string.h>

// --- writing

void lab_guest_orders_put_outcome(struct lab_text *out,
                                  const struct lab_outcome *outcome) {
    lab_text_put(out, "{");
    lab_json_put_member(out, "outcome", outcome->schedule);
    lab_text_printf(out, ",\"result\":%d,\"ns\":%" PRId64 ",\"held\":%d",
                    outcome->rc, outcome->end, outcome->held);
    lab_json_put_member(out, "said", outcome->said ? outcome->said : "");
    lab_text_put(out, "}\n");
}

void lab_guest_orders_put_counts(struct lab_text *out,
                                 const struct lab_orders *orders,
                                 bool is_over) {
    lab_text_printf(out, "{\"tried\":%zu,\"counts\":[", orders->tried);
    for (size_t i = 0; i < orders->count; i++)
        lab_text_printf(out, "%s%zu", i ? "," : "", orders->outcomes[i].count);
    lab_text_put(out, "]");
    if (is_over)
        lab_text_printf(out, ",\"truncated\":%d,\"shallow\":%d,\"stopped\":%d",
                        orders->truncated, orders->shallow, orders->stopped);
    lab_text_put(out, "}\n");
}

// --- reading

static void read_outcome(struct lab_orders *orders, struct lab_json *json) {
    struct lab_text schedule = {0}, said = {0};
    int64_t rc = 0, end = 0, held = 0;
    while (lab_json_more(json, '}')) {
        if (lab_json_key(json, "outcome"))
            lab_json_string(json, &schedule);
        else if (lab_json_key(json, "result"))
            lab_json_int(json, &rc);
        else if (lab_json_key(json, "ns"))
            lab_json_int(json, &end);
        else if (lab_json_key(json, "held"))
            lab_json_int(json, &held);
        else if (lab_json_key(json, "said"))
            lab_json_string(json, &said);
        else
            lab_json_skip(json);
    }
    orders->outcomes = lab_grow(orders->outcomes, orders->count, &orders->room,
                                sizeof *orders->outcomes);
    orders->outcomes[orders->count++] = (struct lab_outcome){
        .rc = (int)rc,
        .end = end,
        .held = held > 0,
        .said = lab_strdup(lab_text_string(&said)),
        .schedule = lab_strdup(lab_text_string(&schedule)),
        .count = 1,
    };
    orders->tried++;
    lab_text_free(&schedule);
    lab_text_free(&said);
}

static size_t read_size(struct lab_json *json) {
    int64_t size = 0;
    lab_json_int(json, &size);
    if (size < 0)
        lab_json_fail(json, "expected a number of orders");
    return size < 0 ? 0 : (size_t)size;
}

static void read_each(struct lab_orders *orders, struct lab_json *json) {
    lab_json_open(json, '[');
    for (size_t i = 0; lab_json_more(json, ']'); i++) {
        size_t count = read_size(json);
        if (i < orders->count)
            orders->outcomes[i].count = count;
        else
            lab_json_fail(json, "more counts than outcomes");
    }
}

static void read_counts(struct lab_orders *orders, struct lab_json *json,
                        bool *is_over) {
    while (lab_json_more(json, '}')) {
        if (lab_json_key(json, "tried")) {
            orders->tried = read_size(json);
        } else if (lab_json_key(json, "counts")) {
            read_each(orders, json);
        } else if (lab_json_key(json, "truncated")) {
            orders->truncated = read_size(json) > 0;
            *is_over = true;
        } else if (lab_json_key(json, "shallow")) {
            orders->shallow = read_size(json) > 0;
        } else if (lab_json_key(json, "stopped")) {
            orders->stopped = read_size(json) > 0;
        } else {
            lab_json_skip(json);
        }
    }
}

static bool begins(const char *line, const char *key) {
    return strncmp(line, key, strlen(key)) == 0;
}

bool lab_guest_orders_line(struct lab_orders *orders, const char *line,
                           bool *is_over, const char **error) {
    bool is_outcome = begins(line, "{\"outcome\":");
    struct lab_json json = {.at = line};
    if (!is_outcome && !begins(line, "{\"tried\":"))
        return false;
    lab_json_open(&json, '{');
    if (is_outcome)
        read_outcome(orders, &json);
    else
        read_counts(orders, &json, is_over);
    *error = lab_json_end(&json) ? NULL : json.error;
    if (orders->tick)
        orders->tick(orders->arg, orders);
    return true;
}
