// drive: choosing who runs next, to reach a goal.

#include "demo/drive.h"
#include "base/alloc.h"
#include "base/die.h"
#include "core/task.h"
#include "guest/guest.h"
#include "shell/ask.h"
#include "shell/driven.h"
#include "shell/driving.h"
#include "shell/grading.h"
#include "shell/option.h"
#include "view/drive_goal.h"

#include <string.h>

enum {
    SLICE_MS = 20,     // of trying orders, before others get a turn
    PATIENCE_MS = 3000 // of looking for a variant that can be driven
};

// What was typed besides the demo.
struct wish {
    enum lab_drive_goal goal;
    const char *from; // a script; or NULL
    bool kept[LAB_DEMO_PARAMS];
};

struct search {
    struct lab_call *call;
    struct wish wish;
    struct lab_drive drive;
    bool chose_variant;
    lab_time begun, slice; // when trying orders began, and the last slice
    bool gave_up;          // it took too long
};

// --- the goal

static const struct lab_variant *variant_of(const struct search *search) {
    return &search->drive.settings.demo->variants[search->drive.variant];
}

// "19 unguarded".
static void put_name(struct lab_text *out, const struct search *search) {
    lab_text_printf(out, "%d %s", search->call->target.selection.file->number,
                    variant_of(search)->name);
}

static bool on_tick(void *arg, size_t tried) {
    struct search *search = arg;
    (void)tried;
    lab_time now = lab_clock_machine();
    if (now - search->slice < SLICE_MS * LAB_MS)
        return true;
    int rc = lab_yield();
    search->slice = lab_clock_machine();
    search->gave_up =
        search->chose_variant && now - search->begun > PATIENCE_MS * LAB_MS;
    return rc >= 0 && !search->gave_up;
}

// Tries variant [index]. Returns whether it can be driven to the goal.
static bool try_variant(struct search *search, size_t index,
                        struct lab_drive_watch *watch) {
    const struct lab_settings *settings =
        &search->call->target.selection.settings;
    lab_drive_end(&search->drive);
    lab_drive_begin(&search->drive, settings, index);
    if (lab_drive_fit(&search->drive, search->wish.kept, search->wish.goal,
                      watch))
        return true;
    return !search->chose_variant && !watch->stopped &&
           lab_drive_try(&search->drive, search->wish.goal, watch);
}

static int refuse_goal(const struct search *search) {
    struct lab_text text = {0}, name = {0};
    put_name(&name, search);
    lab_drive_put_no_goal(&text, lab_text_string(&name), &search->drive,
                          search->wish.goal);
    lab_text_put(&text, "; try drive 19");
    lab_text_free(&name);
    return lab_shell_refuse_text(search->call->shell, &text);
}

// None of its variants can be driven to the goal.
static int refuse_demo(const struct search *search) {
    return lab_shell_refuse(
        search->call->shell,
        "no variant of %d can be driven to %s: what comes out is the same in "
        "each order that was tried; name a variant to try more, or try drive "
        "19",
        search->call->target.selection.file->number,
        search->wish.goal == LAB_DRIVE_ANY ? "a goal" : "that goal");
}

// Finds the variant, if none was named, and the parameters.
static int find(struct search *search) {
    const struct lab_selection *selection = &search->call->target.selection;
    const struct lab_demo *demo = selection->settings.demo;
    struct lab_drive_watch watch = {.tick = on_tick, .arg = search};
    size_t named = 0, tried = 0;
    for (size_t i = 0; i < lab_variant_count(demo); i++)
        named += selection->variants[i];
    if (named > 1)
        return lab_shell_refuse(search->call->shell,
                                "drive takes one variant, not %zu", named);
    search->chose_variant = named == 0 && lab_variant_count(demo) > 1;
    for (size_t i = 0; i < lab_variant_count(demo); i++) {
        const char *outside = demo->variants[i].outside;
        if ((named > 0 && !selection->variants[i]) || outside)
            continue;
        tried++;
        if (try_variant(search, i, &watch))
            return LAB_EXIT_OK;
        if (search->gave_up)
            break;
        if (watch.stopped)
            return LAB_EXIT_INTERRUPTED;
    }
    if (tried > 0 && search->chose_variant)
        return refuse_demo(search);
    if (tried > 0)
        return lab_drive_is_free(&search->drive) ? LAB_EXIT_OK
                                                 : refuse_goal(search);
    return lab_shell_refuse(search->call->shell,
                            "it talks to what is outside of the run, where "
                            "nobody chooses an order");
}

// --- its words

static enum lab_drive_goal goal_of(const char *word) {
    for (enum lab_drive_goal i = LAB_DRIVE_LOCK; i < LAB_DRIVE_GOALS; i++)
        if (strcmp(lab_drive_goal_word(i), word) == 0)
            return (enum lab_drive_goal)i;
    return LAB_DRIVE_ANY;
}

// How many of [words], from the first on, are drive's own: a goal, or a script
// with its "from".
static int own_words(char **words, int count) {
    if (strcmp(words[0], "from") == 0)
        return count < 2 ? 1 : 2;
    return goal_of(words[0]) != LAB_DRIVE_ANY;
}

// Moves those to the end of [words]. Returns how many are left before them.
static int part_words(char **words, int count) {
    char **own = lab_alloc((size_t)(count + 1) * sizeof *own);
    int kept = 0, owned = 0;
    for (int i = 0; i < count;) {
        int n = own_words(words + i, count - i);
        for (int j = 0; j < n; j++)
            own[owned++] = words[i++];
        if (n == 0)
            words[kept++] = words[i++];
    }
    for (int i = 0; i < owned; i++)
        words[kept + i] = own[i];
    lab_free(own);
    return kept;
}

// "11", "11 python", "11 my.c n=3": an exercise, into call->file, and which
// program of it, as if that were typed.
static int read_exercise(struct lab_call *call, char **words, int count) {
    struct lab_selection *selection = &call->target.selection;
    if (count == 0)
        return lab_shell_refuse(call->shell,
                                "drive exercise needs a lesson; for example: "
                                "drive exercise 11");
    int status = lab_select_find(call->shell, words[0], &call->file);
    bool named = count > 1 && !strchr(words[1], '=');
    if (status != LAB_EXIT_OK)
        return status;
    *selection = (struct lab_selection){.guest = named ? words[1] : "c",
                                        .words = words + 1 + named,
                                        .count = count - 1 - named};
    if (lab_guest_is(selection->guest) || strcmp(selection->guest, "c") == 0 ||
        strcmp(selection->guest, "python") == 0)
        return LAB_EXIT_OK;
    return lab_shell_refuse(call->shell,
                            "drive exercise takes a lesson, and then c, python "
                            "or a program of yours, such as my.c; not \"%s\"",
                            words[1]);
}

static int read_words(struct lab_call *call, char **words, int count) {
    int kept = part_words(words, count);
    if (count > 0 && strcmp(words[count - 1], "from") == 0)
        return lab_shell_refuse(call->shell, "from needs a script of choices, "
                                             "such as from 0,1");
    if (kept > 0 && strcmp(words[0], "exercise") == 0)
        return read_exercise(call, words + 1, kept - 1);
    return kept > 0 ? lab_type_program.read(call, words, kept)
                    : lab_shell_refuse(call->shell, "drive needs a demo, which "
                                                    "list shows; for example: "
                                                    "drive 19");
}

// What the words say besides the demo; a value that is said is kept.
static struct wish wish_of(const struct lab_call *call) {
    const struct lab_settings *settings = &call->target.selection.settings;
    struct wish wish = {0};
    size_t params = settings->demo ? lab_param_count(settings->demo) : 0;
    for (size_t i = 0; i < params; i++) {
        const char *name = settings->demo->params[i].name;
        size_t n = strlen(name);
        wish.kept[i] = !lab_settings_is_default(settings, i);
        for (int j = 0; j < call->count; j++)
            wish.kept[i] |= strncmp(call->words[j], name, n) == 0 &&
                            call->words[j][n] == '=';
    }
    for (int i = 0; i < call->count; i++)
        if (strcmp(call->words[i], "from") == 0)
            wish.from = call->words[++i];
        else if (goal_of(call->words[i]) != LAB_DRIVE_ANY)
            wish.goal = goal_of(call->words[i]);
    return wish;
}

// What follows "exercise".
static void offer_exercise(const struct lab_request *request) {
    static const struct lab_offered languages[] = {
        {"c", "the exercise in C"}, {"python", "the same in Python"}, {0}};
    if (request->index == 1)
        lab_type_exercise.offer(request);
    if (request->index != 2)
        return;
    lab_offer_all(request, languages);
    lab_offer_files(request, ".c");
    lab_offer_files(request, ".py");
}

static void offer(const struct lab_request *request) {
    if (request->index > 0 && strcmp(request->words[0], "exercise") == 0) {
        offer_exercise(request);
    } else {
        lab_type_program.offer(request);
    }
    static const struct lab_offered more[] = {
        {"lock", "until the run is locked for ever"},
        {"break", "until a claim does not hold"},
        {"save", "until it ends, and all claims hold"},
        {"from", "a script of choices, which a drive has printed"},
        {0}};
    if (request->index == 0)
        lab_offer_about(request, "exercise", "the program of an exercise");
    else
        lab_offer_all(request, more);
}

static const struct lab_type driven = {
    .usage = "DEMO|PROGRAM|exercise DEMO [PROGRAM] [VARIANT] [NAME=VALUE ...] "
             "[break|lock|save] [from SCRIPT]",
    .noun = "a demo, which list shows, or a program of yours",
    .is_rest = true,
    .offer = offer,
    .read = read_words,
};

// --- the command

static int drive(struct lab_call *call) {
    if (call->shell->typing)
        return lab_shell_refuse(call->shell, "drive asks at the prompt; leave "
                                             "the & out");
    int status = lab_ask_check(call);
    if (status != LAB_EXIT_OK)
        return status;
    if (call->given & LAB_OPTION_LESSONS && !call->file)
        return lab_shell_refuse(call->shell, "--lessons is for drive exercise, "
                                             "which reads a lesson's");
    if (call->target.selection.guest) {
        struct wish wish = wish_of(call);
        return lab_driven_play(call, wish.goal, wish.from);
    }
    struct search search = {
        .call = call, .wish = wish_of(call), .begun = lab_clock_machine()};
    search.slice = search.begun;
    status = find(&search);
    if (status == LAB_EXIT_OK)
        status = lab_driving_play(
            call, &(struct lab_driving){&search.drive, search.wish.from,
                                        search.chose_variant});
    lab_drive_end(&search.drive);
    return status;
}

LAB_COMMAND(drive) = {
    .name = "drive",
    .order = 739,
    .text = "choose who runs next, until something breaks or is saved",
    .help =
        "  drive 19                    a variant in which the order matters\n"
        "  drive 19 in_tasks n=2       this one, with this value\n"
        "  drive 19 two_orders lock    the goal: break, lock or save\n"
        "  drive 19 in_tasks from 0,1  continue after these choices\n"
        "  drive exercise 11           the program of an exercise, by its "
        "claims\n"
        "  drive exercise 11 my.py     yours, by the same\n"
        "  drive race.c                any program of yours\n",
    .takes = {{&driven}},
    .options = LAB_OPTIONS_WHICH | LAB_OPTION_LESSONS | LAB_OPTIONS_STYLE,
    .run = drive,
};
