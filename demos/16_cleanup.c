// 16 clean-up: is the connection closed when I am cancelled?
//
// A client opens a connection, begins a transaction on it, and works. Closing
// takes time, since there is a goodbye to say. A client that leaves at the
// first error leaves both open. One that closes in any case is still cancelled:
// the wait for the goodbye fails at once. Only in a shield is there time for
// it.

#include "lab.h"

static int open_it(const char *what) {
    LAB_TRY(lab_sleep(lab_param("open")));
    lab_count("open", +1);
    lab_say("%s opens", what);
    return 0;
}

static int close_it(void *what) {
    int rc = lab_sleep(lab_param("close"));
    lab_count("open", -1);
    lab_say("%s closes%s", (const char *)what,
            rc < 0 ? " without a goodbye" : "");
    return rc;
}

// What a client does, and what happens to it.
struct trial {
    lab_fn *client, *close;
    bool is_cancelled, fails;
};

static int work(const struct trial *trial) {
    LAB_TRY(lab_sleep(lab_param(trial->fails ? "when" : "work")));
    return trial->fails ? LAB_ECONNRESET : 0;
}

static int close_shielded(void *what) {
    return lab_shielded(close_it, what);
}

static int forgetful(void *arg) {
    LAB_TRY(open_it("connection"));
    LAB_TRY(open_it("transaction"));
    LAB_TRY(work(arg)); // an error or a cancel leaves here
    LAB_TRY(close_it("transaction"));
    return close_it("connection");
}

static int in_transaction(const struct trial *trial) {
    LAB_TRY(open_it("transaction"));
    int rc = work(trial);
    int bye = trial->close("transaction"); // whatever rc is
    return rc < 0 ? rc : bye;
}

// As `async with connection:`, and `async with transaction:` inside it.
static int careful(void *arg) {
    LAB_TRY(open_it("connection"));
    int rc = in_transaction(arg);
    int bye = ((const struct trial *)arg)->close("connection");
    return rc < 0 ? rc : bye;
}

static int try_out(const void *arg) {
    const struct trial *trial = arg;
    lab_task *client = lab_spawn("client", trial->client, (void *)trial);
    if (trial->is_cancelled) {
        LAB_TRY(lab_sleep(2 * lab_param("open") + lab_param("when")));
        lab_cancel(client);
    }
    int rc = lab_await(client);
    lab_say("the client: %s", rc < 0 ? lab_error_text(rc) : "well done");
    return trial->is_cancelled || rc == LAB_ECONNRESET ? 0 : rc; // it is meant
}

static const struct trial forgotten = {forgetful, .is_cancelled = true},
                          hurried = {careful, close_it, .is_cancelled = true},
                          shielded = {careful, close_shielded,
                                      .is_cancelled = true},
                          error = {careful, close_shielded, .fails = true},
                          success = {careful, close_shielded};

const struct lab_demo lab_demo =
    {.name = "cleanup",
     .asks = "Is the connection closed when I am cancelled?",
     .params = {{"open", 100, .min = 1, .max = 60000, .unit = "ms",
                 .text = "how long it takes to open one of the two"},
                {"work", 1000, .min = 1000, .max = 60000, .unit = "ms",
                 .text = "how long the work would take"},
                {"when", 300, .min = 1, .max = 999, .unit = "ms",
                 .text = "how far into the work it is cancelled, or fails"},
                {"close", 200, .min = 1, .max = 60000, .unit = "ms",
                 .text = "how long it takes to say goodbye to one"}},
     .variants =
         {{"forgotten", .with = try_out, .arg = &forgotten,
           .text = "cancelled; leaves at the first error",
           .claims = {"time = 2 * open + when", "peak(open) = 2",
                      "last(open) = 2"}},
          {"hurried", .with = try_out, .arg = &hurried,
           .text = "cancelled; closes in any case",
           .claims = {"time = 2 * open + when", "last(open) = 0",
                      "count(without a goodbye) = 2"}},
          {"shielded", .with = try_out, .arg = &shielded,
           .text = "cancelled; closes in a shield",
           .claims =
               {"time = 2 * open + when + 2 * close", "last(open) = 0",
                "never \"without a goodbye\"",
                "order \"transaction closes\" \"connection closes\""}},
          {"error", .with = try_out, .arg = &error,
           .text = "as shielded, and the work fails",
           .claims = {"time = 2 * open + when + 2 * close", "last(open) = 0",
                      "order \"transaction closes\" \"connection closes\""}},
          {"success", .with = try_out, .arg = &success,
           .text = "as shielded, and all goes well",
           .claims = {"time = 2 * open + work + 2 * close", "last(open) = 0",
                      "order \"transaction closes\" \"connection closes\""}}},
     .verdict = "forgotten leaves {forgotten last(open)} open, and hurried "
                "{hurried last(open)}, but says no goodbye. shielded leaves "
                "{shielded last(open)} open and takes {shielded time} for it."};
