#include "shell/option.h"

#include "base/alloc.h"
#include "core/schedule.h"

#include <getopt.h>
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

static bool set_record(struct lab_call *call, const char *value,
                       struct lab_text *error) {
    call->record = value;
    if (!*value)
        lab_text_put(error, "--record needs a file to write to");
    return *value;
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

static bool set_demos(struct lab_call *call, const char *value,
                      struct lab_text *error) {
    struct lab_folders *folders = &call->shell->folders;
    if (!set_folder(call, &folders->demos, value, error))
        return false;
    if (call->shell->demos.files) {
        lab_text_printf(error,
                        "the demos are loaded already; leave, and start "
                        "looplab --demos=%s",
                        value);
        return false;
    }
    lab_free(folders->sources); // they were those of other demos
    folders->sources = NULL;
    return true;
}

static bool set_lessons(struct lab_call *call, const char *value,
                        struct lab_text *error) {
    return set_folder(call, &call->shell->folders.lessons, value, error);
}

static bool set_check(struct lab_call *call, const char *value,
                      struct lab_text *error) {
    (void)value;
    (void)error;
    return call->check = true;
}

static bool set_write(struct lab_call *call, const char *value,
                      struct lab_text *error) {
    (void)value;
    (void)error;
    return call->write = true;
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

const struct lab_option lab_option_table[] = {
    {"clock", "virtual|real|xN", "how time passes (virtual in a pipe)",
     set_clock},
    {"schedule", "fifo|seed:N|0,2,1",
     "which ready task runs next (virtual clock)", set_schedule},
    {"debug", "[TIME]", "tell who holds the loop for 100 ms, or for TIME",
     set_debug},
    {"record", "FILE", "write down all that happens, for later views",
     set_record},
    {"timeline", NULL, "show the timeline of every variant too", set_timeline},
    {"json", NULL, "print one JSON object a demo, and nothing else", set_json},
    {"ascii", NULL, "draw with plain ASCII characters", set_ascii},
    {"color", "auto|always|never", "use colour (auto: on a terminal)",
     set_color},
    {"width", "N", "columns to draw in (80 in a pipe)", set_width},
    {"demos", "FOLDER", "look for demos (NN_name.so) there", set_demos},
    {"lessons", "FOLDER", "look for lessons (NN_name.md) there", set_lessons},
    {"check", NULL, "with lessons: are they up to date?", set_check},
    {"write", NULL, "with lessons: bring them up to date", set_write},
    {"help", NULL, "explain the command instead", set_help},
    {"version", NULL, "say which looplab this is", set_version},
    {0},
};

static void complain(struct lab_text *error, int c, const char *word) {
    const char *best = NULL;
    struct lab_text name = {0};
    if (c == ':') {
        lab_text_put(error, word);
        lab_text_put(error, " needs a value; see help options");
        return;
    }
    lab_text_write(&name, word, strcspn(word, "="));
    lab_text_printf(error, "no option %s", lab_text_string(&name));
    for (size_t i = 0; lab_option_table[i].name; i++)
        lab_text_nearest(lab_text_string(&name) + strspn(word, "-"),
                         lab_option_table[i].name, &best);
    lab_text_free(&name);
    if (best)
        lab_text_printf(error, "; did you mean --%s?", best);
    else
        lab_text_put(error, "; help options lists them");
}

bool lab_option_needs_value(const struct lab_option *option) {
    return option->argument && option->argument[0] != '[';
}

static int takes(const struct lab_option *option) {
    if (lab_option_needs_value(option))
        return required_argument;
    return option->argument ? optional_argument : no_argument;
}

// getopt does the cutting; it knows = and --, and moves options to the front.
bool lab_options_take(struct lab_call *call, struct lab_text *error) {
    struct option table[20] = {0};
    for (size_t i = 0; lab_option_table[i].name; i++)
        table[i] = (struct option){lab_option_table[i].name,
                                   takes(&lab_option_table[i]), NULL, 0};
    int at = -1, c;
    bool fine = true;
    opterr = 0;
    optind = 0; // forget the last command line
    while (fine && (c = getopt_long(call->count, call->words, ":h", table,
                                    &at)) != -1) {
        if (c == 'h')
            call->wants_help = true;
        else if (c == 0)
            fine = lab_option_table[at].apply(call, optarg, error);
        else {
            complain(error, c, call->words[optind - 1]);
            fine = false;
        }
    }
    call->words += optind;
    call->count -= optind;
    return fine;
}

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
        .clock = is_terminal ? LAB_CLOCK_REAL : LAB_CLOCK_VIRTUAL,
        .style = {.width = width < 20 ? 20 : width,
                  // What a pipe gets must not depend on the machine.
                  .ascii =
                      is_terminal && strcmp(nl_langinfo(CODESET), "UTF-8") != 0,
                  .color = forced || (is_terminal && wants_color())},
    };
}
