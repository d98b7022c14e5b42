#include "shell/option.h"

#include "base/alloc.h"
#include "core/schedule.h"
#include "shell/limits.h"

#include <langinfo.h>
#include <stdlib.h>
#include <string.h>

static bool set_clock(struct lab_call *call, const char *value,
                      struct lab_text *error) {
    return lab_clock_parse(value, &call->options.clock, error);
}

static bool set_schedule(struct lab_call *call, const char *value,
                         struct lab_text *error) {
    struct lab_schedule schedule = {0};
    bool fine = lab_schedule_parse(value, &schedule, error);
    lab_schedule_free(&schedule);
    call->schedule = value;
    return fine;
}

static bool set_limit(struct lab_call *call, const char *value,
                      struct lab_text *error) {
    return lab_limits_parse(value, &call->options.limits, error);
}

// asyncio's name for it, and its threshold.
static bool set_debug(struct lab_call *call, const char *value,
                      struct lab_text *error) {
    call->slow = 100 * LAB_MS;
    if (!value || (lab_param_time(value, "ms", &call->slow) && call->slow > 0))
        return true;
    lab_text_printf(error,
                    "--debug takes a time such as 50ms: who holds the loop "
                    "for longer is told; not \"%s\"",
                    value);
    return false;
}

bool lab_option_refuse_dash(const char *path, struct lab_text *error) {
    if (strcmp(path, "-") != 0)
        return false;
    lab_text_put(error, "\"-\" is no file to write; standard output is "
                        "/dev/stdout, and ./- is a file of that name");
    return true;
}

static bool set_record(struct lab_call *call, const char *value,
                       struct lab_text *error) {
    call->record = value;
    if (!*value)
        lab_text_put(error, "--record needs a file to write to");
    return *value && !lab_option_refuse_dash(value, error);
}

static bool set_timeline(struct lab_call *call, const char *value,
                         struct lab_text *error) {
    (void)value;
    (void)error;
    return call->options.timeline = true;
}

static bool set_json(struct lab_call *call, const char *value,
                     struct lab_text *error) {
    (void)value;
    (void)error;
    return call->options.json = true;
}

static bool set_ascii(struct lab_call *call, const char *value,
                      struct lab_text *error) {
    (void)value;
    (void)error;
    return call->options.style.ascii = true;
}

static void make_plain(struct lab_style *style) {
    style->plain = true;
    style->color = false;
}

static bool set_plain(struct lab_call *call, const char *value,
                      struct lab_text *error) {
    (void)value;
    (void)error;
    make_plain(&call->options.style);
    return true;
}

static bool wants_color(void);

static bool set_color(struct lab_call *call, const char *value,
                      struct lab_text *error) {
    struct lab_style *style = &call->options.style;
    if (strcmp(value, "always") == 0)
        style->color = true;
    else if (strcmp(value, "never") == 0)
        style->color = false;
    else if (strcmp(value, "auto") == 0)
        style->color = call->shell->interactive && wants_color();
    else {
        lab_text_printf(error, "--color is auto, always or never, not \"%s\"",
                        value);
        return false;
    }
    return true;
}

static bool set_width(struct lab_call *call, const char *value,
                      struct lab_text *error) {
    char *end;
    long width = strtol(value, &end, 10);
    if (*value && !*end && width >= 20 && width <= 1000) {
        call->options.style.width = (int)width;
        return true;
    }
    lab_text_printf(error,
                    "--width is a number of columns from 20 to 1000, not "
                    "\"%s\"",
                    value);
    return false;
}

// A lesson has the folders of the shell that checks it.
static bool set_folder(struct lab_call *call, char **folder, const char *value,
                       struct lab_text *error) {
    if (call->shell->in_lesson) {
        lab_text_put(error, "a lesson cannot choose folders; start looplab "
                            "with --demos and --lessons instead");
        return false;
    }
    lab_free(*folder);
    *folder = lab_strdup(value);
    return true;
}

// What has run points into its demo, so demos stay as long as the shell.
static bool set_demos(struct lab_call *call, const char *value,
                      struct lab_text *error) {
    struct lab_folders *folders = &call->shell->folders;
    if (call->shell->demos.files && !call->shell->in_lesson) {
        lab_text_printf(error,
                        "the demos are loaded already; leave, and start "
                        "looplab --demos=%s",
                        value);
        return false;
    }
    if (!set_folder(call, &folders->demos, value, error))
        return false;
    lab_free(folders->sources); // they were those of other demos
    folders->sources = NULL;
    return true;
}

static bool set_lessons(struct lab_call *call, const char *value,
                        struct lab_text *error) {
    return set_folder(call, &call->shell->folders.lessons, value, error);
}

static bool set_trust(struct lab_call *call, const char *value,
                      struct lab_text *error) {
    (void)value;
    if (call->shell->in_lesson) {
        lab_text_put(error, "a lesson cannot say what is trusted; start "
                            "looplab with --trust instead");
        return false;
    }
    lab_demos_trust(&call->shell->demos);
    return true;
}

static bool set_check(struct lab_call *call, const char *value,
                      struct lab_text *error) {
    (void)value;
    (void)error;
    return call->check = true;
}

static bool set_rehearse(struct lab_call *call, const char *value,
                         struct lab_text *error) {
    (void)value;
    (void)error;
    return call->rehearse = true;
}

static bool set_sheet(struct lab_call *call, const char *value,
                      struct lab_text *error) {
    (void)value;
    (void)error;
    return call->sheet = true;
}

static bool set_write(struct lab_call *call, const char *value,
                      struct lab_text *error) {
    (void)value;
    (void)error;
    return call->write = true;
}

static bool set_watch(struct lab_call *call, const char *value,
                      struct lab_text *error) {
    (void)value;
    (void)error;
    return call->watch = true;
}

static bool set_port(struct lab_call *call, const char *value,
                     struct lab_text *error) {
    char *end;
    long port = strtol(value, &end, 10);
    if (*value >= '0' && *value <= '9' && !*end && port <= 65535) {
        call->port = (int)port;
        return true;
    }
    lab_text_printf(error,
                    "--port is a number from 1 to 65535, or 0 for any port "
                    "that is free; not \"%s\"",
                    value);
    return false;
}

static bool set_serve(struct lab_call *call, const char *value,
                      struct lab_text *error) {
    (void)value;
    (void)error;
    return call->serve = true;
}

static bool set_help(struct lab_call *call, const char *value,
                     struct lab_text *error) {
    (void)value;
    (void)error;
    return call->wants_help = true;
}

static bool set_version(struct lab_call *call, const char *value,
                        struct lab_text *error) {
    (void)value;
    (void)error;
    return call->wants_version = true;
}

// --- for scripts

static bool begins(const struct lab_call *call, const char *option,
                   struct lab_text *error) {
    if (call->shell->script.has_begun)
        lab_text_printf(error,
                        "%s is for starting looplab: looplab %s FILE, or "
                        "looplab %s -e \"run 3\"",
                        option, option, option);
    return !call->shell->script.has_begun;
}

// lab_options_take has kept the lines, as there may be several.
static bool set_execute(struct lab_call *call, const char *value,
                        struct lab_text *error) {
    (void)value;
    if (call->shell->script.has_begun)
        lab_text_put(error, "-e is for starting looplab; type the command");
    return !call->shell->script.has_begun;
}

static bool set_echo(struct lab_call *call, const char *value,
                     struct lab_text *error) {
    (void)value;
    call->shell->script.echoes = true;
    return begins(call, "--echo", error);
}

static bool set_quiet(struct lab_call *call, const char *value,
                      struct lab_text *error) {
    (void)value;
    call->shell->script.is_quiet = true;
    if (call->shell->script.echoes)
        lab_text_put(error, "--quiet prints nothing, and --echo all; leave "
                            "one out");
    return error->length == 0 && begins(call, "--quiet", error);
}

static bool set_keep_going(struct lab_call *call, const char *value,
                           struct lab_text *error) {
    (void)value;
    call->shell->script.keeps_going = true;
    return begins(call, "--keep-going", error);
}

// --- the table

const struct lab_option lab_option_table[LAB_OPTION_COUNT + 1] = {
    {"clock", "virtual|real|xN", "how time passes (virtual in a pipe)",
     set_clock, lab_option_offer_clocks},
    {"schedule", "ORDER", "who is next: fifo, seed:7, 0,2,1, late:2, cancel:2",
     set_schedule, lab_option_offer_schedules},
    {"limit", "BOUND", "stop at events:N, turns:N, time:T or none (virtual)",
     set_limit, lab_option_offer_limits},
    {"debug", "[TIME]", "report who holds the loop for 100 ms, or for TIME",
     set_debug},
    {"record", "FILE", "write all that happens to a file, for later views",
     set_record, lab_option_offer_records},
    {"timeline", NULL, "show the timeline of every variant too", set_timeline},
    {"json", NULL, "print one JSON object per demo, and nothing else",
     set_json},
    {"ascii", NULL, "draw with plain ASCII characters", set_ascii},
    {"color", "auto|always|never", "use colour (auto: on a terminal)",
     set_color, lab_option_offer_colors},
    {"width", "N", "columns to draw in (80 in a pipe)", set_width},
    {"demos", "FOLDER", "look for demos (NN_name.so) there", set_demos,
     lab_option_offer_folders},
    {"lessons", "FOLDER", "look for lessons (NN_name.md) there", set_lessons,
     lab_option_offer_folders},
    {"trust", NULL, "load demos built by anybody, from any folder", set_trust},
    {"check", NULL, "with lessons: are they up to date?", set_check},
    {"write", NULL, "with lessons: bring them up to date", set_write},
    {"watch", NULL, "run a program again whenever it is saved", set_watch},
    {"port", "N", "serve on this port (any that is free)", set_port},
    {"serve", NULL, "play httpbin.org and example.com for a program",
     set_serve},
    {"rehearse", NULL, "with teach: play it before nobody", set_rehearse},
    {"sheet", NULL, "with lessons: questions to print", set_sheet},
    {"help", NULL, "explain the command instead", set_help},
    {"version", NULL, "say which looplab this is", set_version},
    {"execute", "LINE", "run this command, or -e LINE; several run in turn",
     set_execute},
    {"echo", NULL, "with a script: show each command before its output",
     set_echo},
    {"quiet", NULL, "with a script: show errors only", set_quiet},
    {"keep-going", NULL, "with a script: do not stop at the first error",
     set_keep_going},
    {"plain", NULL, "for a screen reader: draw nothing, say it in words",
     set_plain},
    {0},
};

bool lab_option_needs_value(const struct lab_option *option) {
    return option->argument && option->argument[0] != '[';
}

void lab_option_put(struct lab_text *out, const struct lab_option *option) {
    lab_text_printf(out, "--%s", option->name);
    if (lab_option_needs_value(option))
        lab_text_printf(out, "=%s", option->argument);
    else if (option->argument)
        lab_text_printf(out, "[=%s", option->argument + 1);
}

uint32_t lab_options_of(const struct lab_command *command) {
    return command ? command->options | LAB_OPTIONS_ALL : LAB_OPTIONS_ALONE;
}

// --- defaults

static bool is_set(const char *name) {
    const char *value = getenv(name);
    return value && *value;
}

// NO_COLOR wins over everything but the option.
static bool wants_color(void) {
    const char *term = getenv("TERM");
    return !is_set("NO_COLOR") && term && *term && strcmp(term, "dumb") != 0;
}

void lab_options_default(struct lab_options *options, bool is_terminal,
                         int width) {
    bool forced = !is_set("NO_COLOR") &&
                  (is_set("FORCE_COLOR") || is_set("CLICOLOR_FORCE"));
    *options = (struct lab_options){
        .limits = LAB_LIMITS_DEFAULT,
        .clock = is_terminal ? LAB_CLOCK_REAL : LAB_CLOCK_VIRTUAL,
        .style = {.width = width < 20 ? 20 : width,
                  // What a pipe gets must not depend on the machine.
                  .ascii =
                      is_terminal && strcmp(nl_langinfo(CODESET), "UTF-8") != 0,
                  .color = forced || (is_terminal && wants_color())},
    };
    if (is_set("LOOPLAB_PLAIN"))
        make_plain(&options->style);
}
