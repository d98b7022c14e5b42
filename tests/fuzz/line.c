#include "line.h"

#include "base/alloc.h"
#include "core/loop.h"
#include "harmless.h"
#include "input.h"
#include "shell/argument.h"
#include "shell/candidates.h"
#include "shell/complete.h"
#include "shell/hint.h"
#include "shell/look.h"
#include "shell/option.h"
#include "shell/suggest.h"
#include "shell/words.h"

#include <stdlib.h>

// --- a shell

static void print(struct lab_shell *shell, const char *bytes, size_t n) {
    lab_text_write(shell->output, bytes, n);
}

static void complain(struct lab_shell *shell, const char *sentence) {
    lab_text_put(shell->output, sentence);
    lab_text_put(shell->output, "\n");
}

// Has the demos, which are loaded once.
static struct lab_shell kept;

static void open_folders(void) {
    struct lab_text error = {0};
    lab_shell_init(&kept);
    lab_free(kept.folders.demos);
    kept.folders.demos = lab_strdup(LAB_DEMOS_DIR);
    lab_assert(lab_shell_demos(&kept, &error));
}

void fuzz_line_end(void) {
    lab_shell_term(&kept);
    kept = (struct lab_shell){0};
}

// What ran last: two tasks, of which one waits for the other.
static void run_something(struct lab_shell *shell) {
    static const struct lab_event events[] = {
        {.kind = LAB_EVENT_SPAWN, .other = 1},
        {.kind = LAB_EVENT_RUN, .task = 1},
        {.kind = LAB_EVENT_SPAWN, .task = 1, .other = 2},
        {.kind = LAB_EVENT_WAIT, .task = 1, .on = LAB_ON_TASK, .other = 2},
        {.kind = LAB_EVENT_RUN, .task = 2},
        {.kind = LAB_EVENT_SAY, .task = 2, .time = LAB_MS},
        {.kind = LAB_EVENT_END, .task = 2, .time = LAB_S},
        {.kind = LAB_EVENT_WAKE, .task = 2, .other = 1, .time = LAB_S},
        {.kind = LAB_EVENT_RUN, .task = 1, .time = LAB_S},
        {.kind = LAB_EVENT_END, .task = 1, .time = LAB_S}};
    struct lab_comparison comparison = {.number = 3,
                                        .clock = LAB_CLOCK_VIRTUAL};
    comparison.demo = lab_strdup("sequential_gather");
    for (int i = 0; i < 2; i++) {
        struct lab_run *run =
            lab_comparison_add_run(&comparison, i ? "together" : "in_turn");
        for (size_t j = 0; j < countof(events) / (i ? 1 : 2); j++)
            lab_record_add_named(run->record, events[j], "a.txt", "a.txt");
        lab_result_measure(&comparison, run);
    }
    lab_look_replace_last(shell, &comparison);
}

// All but the demos is as when looplab starts, or as after something has run.
static void open_shell(struct lab_shell *shell, struct lab_text *out,
                       bool has_begun) {
    if (!kept.demos.files)
        open_folders();
    lab_shell_begin_lesson(shell, &kept);
    shell->in_lesson = false;
    shell->folders.lessons = lab_strdup(LAB_LESSONS_DIR); // --lessons frees it
    shell->script.has_begun = has_begun;
    shell->print = print;
    shell->complain = complain;
    shell->output = out;
    if (has_begun)
        run_something(shell);
}

static void close_shell(struct lab_shell *shell) {
    lab_free(shell->folders.lessons);
    lab_text_free(&shell->script.lines);
    lab_pages_drop(shell);
    lab_shell_end_lesson(shell);
}

// --- l: a line at the prompt

// Those that touch nothing else, and look at what ran last at most.
static bool is_quick(const struct lab_call *call) {
    static const char *const names[] = {
        "help", "explain", "list", "set",   "clock", "ps",    "alive",
        "why",  "step",    "back", "until", "goto",  "source"};
    const char *name = call->command->name;
    if (call->target.kind == LAB_TARGET_DEMO ||
        call->target.kind == LAB_TARGET_FILE)
        return false;
    for (size_t i = 0; i < countof(names); i++)
        if (strcmp(names[i], name) == 0)
            return true;
    for (const struct lab_view *view = lab_views; view->name; view++)
        if (strcmp(view->name, name) == 0)
            return true;
    return false;
}

static int run_command(void *arg) {
    struct lab_call *call = arg;
    return call->command->run(call);
}

// As lab_command_call does.
static bool take_options(struct lab_call *call, const struct lab_words *words,
                         const char **values, struct lab_text *error) {
    call->own = lab_alloc(((size_t)words->count + 2) * sizeof *call->own);
    call->own[0] = (char *)"looplab";
    memcpy(call->own + 1, words->words,
           (size_t)words->count * sizeof *call->own);
    call->words = call->own;
    call->count = words->count + 1;
    return lab_options_take(call, values, error);
}

// Likewise, up to where the command would run.
static bool take_words(struct lab_call *call, const struct lab_words *words,
                       struct lab_text *error) {
    const char *values[LAB_OPTION_COUNT] = {0};
    bool fine = take_options(call, words, values, error);
    if (fine && call->count > 0) {
        call->command = lab_command_find(call->words[0]);
        if (!call->command && lab_suggest_obey(call))
            call->command = lab_command_find(call->words[0]);
        if (!call->command)
            lab_suggest_command(call->shell, call->words, call->count, error);
        call->words++;
        call->count--;
    }
    return fine && lab_options_apply(call, values, error) && call->command &&
           lab_arguments_read(call) == LAB_EXIT_OK;
}

static void type(struct lab_shell *shell, const char *line) {
    struct lab_candidates candidates = {0};
    struct lab_text hint = {0};
    size_t start = 0;
    lab_complete(shell, line, &start, lab_candidates_offer, &candidates);
    lab_assert(start <= strlen(line));
    lab_candidates_free(&candidates);
    lab_hint(shell, line, &hint);
    assert_harmless(&hint, INT_MAX);
    lab_text_free(&hint);
}

static void run_line(struct lab_call *call, const struct lab_words *words,
                     struct lab_text *error) {
    if (take_words(call, words, error) && is_quick(call))
        lab_loop_main("fuzz", run_command, call);
    lab_pages_end(call->shell);
}

// --- o: options

// Whatever the command, they are taken or refused; a lesson refuses more.
static void read_options(struct lab_call *call, const struct lab_words *words,
                         struct lab_text *error) {
    static const char *const commands[] = {"run",   "timeline", "lessons",
                                           "teach", "serve",    ""};
    const char *values[LAB_OPTION_COUNT] = {0};
    int count = words->count;
    call->shell->in_lesson = count % 3 == 2;
    call->command = lab_command_find(commands[count % (int)countof(commands)]);
    if (take_options(call, words, values, error) &&
        lab_options_apply(call, values, error))
        lab_assert(error->length == 0);
    else
        lab_assert(error->length > 0);
}

// --- both

static void read_line(const char *line, size_t size, bool has_command) {
    struct lab_shell shell;
    struct lab_text out = {0}, error = {0};
    struct lab_words words;
    open_shell(&shell, &out, size % 2);
    struct lab_call call = {
        .shell = &shell, .options = shell.options, .number = 1};
    if (has_command)
        type(&shell, line);
    if (lab_words_split(&words, line, &error))
        (has_command ? run_line : read_options)(&call, &words, &error);
    if (error.length > 0)
        lab_shell_refuse_text(&shell, &error);
    if (!call.options.style.color)
        assert_harmless(&out, INT_MAX);
    lab_words_free(&words);
    lab_free(call.own);
    lab_free(call.kept_schedule);
    close_shell(&shell);
    lab_text_free(&out);
}

static void read_as(uint8_t letter, const uint8_t *data, size_t size) {
    struct lab_text text = {0};
    lab_text_write(&text, (const char *)data, size);
    read_line(lab_text_string(&text), size, letter != 'o');
    lab_text_free(&text);
}

void fuzz_line(const uint8_t *data, size_t size) {
    if (size > 0)
        read_as(data[0], data + 1, size - 1);
}

// For the fuzzer. Weak, as the unit tests have others besides.
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
__attribute__((weak)) int LLVMFuzzerTestOneInput(const uint8_t *data,
                                                 size_t size) {
    try_kind(read_as, data, size);
    return 0;
}
