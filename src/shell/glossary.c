#include "shell/glossary.h"

#include "base/alloc.h"
#include "lesson/folder.h"
#include "view/line.h"
#include "view/rows.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

static const struct lab_term terms[] = {
    {"asyncio", "looplab",
     "Python's library for asynchronous programs, whose names looplab uses.",
     0},
    // Coroutines and tasks.
    {"async def", "a plain function",
     "Defines a function whose call makes a coroutine; in C any function may "
     "wait.",
     5},
    {"await", "a plain call, lab_await",
     "Waits here until a coroutine or a task has ended, and gives its result.",
     1},
    {"coroutine", "a function of a task",
     "A function that can stop in the middle and continue later.", 5},
    {"iscoroutine", "",
     "Asks whether a call made a coroutine; in C a call runs the function.", 5},
    {"yield", "lab_generator_yield",
     "Hands a value out of a generator, which stops there until it is resumed.",
     5},
    {"send", "lab_generator_send", "Resumes a generator and hands a value in.",
     5},
    {"Task", "lab_task",
     "A coroutine that the loop runs beside others; it has a name and a "
     "result.",
     6},
    {"create_task", "lab_spawn",
     "Starts a task; it first runs when the running task next waits.", 6},
    {"ensure_future", "lab_spawn",
     "Makes a task of a coroutine; create_task is the newer word.", 6},
    {"current_task", "lab_self", "The task that is running.", 6},
    {"eager_task_factory", "lab_spawn_now",
     "Lets a new task run to its first wait at once.", 6},
    {"Future", "lab_future",
     "A result that somebody sets later, and that tasks can wait for.", 6},
    {"set_result", "lab_future_set",
     "Sets the result of a future, and wakes those who wait for it.", 6},
    {"contextvars", "lab_state",
     "What belongs to a task or a run, and is not shared by all.", 0},
    // The loop.
    {"event loop", "the loop",
     "Runs the tasks that are ready in turns, and waits when none is.", 7},
    {"asyncio.run", "run 3 or run my.py",
     "Makes a loop, runs one coroutine to its end, and cleans up. Each one in "
     "a "
     "program of yours is a variant.",
     7},
    {"run_until_complete", "run 3",
     "Runs the loop until one future is done; asyncio.run is the newer word.",
     7},
    {"run_forever", "",
     "Runs the loop until it is told to stop; a run here ends with its task.",
     7},
    {"get_event_loop", "",
     "Finds the loop; here it is always that of the running task.", 7},
    {"get_running_loop", "",
     "Finds the loop that runs now; no function here has to be told which.", 7},
    {"call_soon", "lab_spawn",
     "Has a function called in the next turn of the loop.", 7},
    {"call_later", "a task that sleeps first",
     "Has a function called after some time.", 7},
    {"sleep", "lab_sleep",
     "Waits for some time; others run meanwhile. asyncio.sleep(0) is "
     "lab_yield.",
     2},
    {"time.sleep", "lab_block",
     "Holds the thread for some time; nobody runs meanwhile.", 2},
    {"uvloop", "",
     "A faster event loop for asyncio, on libuv, as looplab's is.", 27},
    {"debug mode", "--debug",
     "Reports who holds the loop for too long; in Python PYTHONASYNCIODEBUG=1.",
     24},
    // Several at once.
    {"gather", "lab_gather",
     "Waits for several tasks; the results are in the order asked for.", 3},
    {"wait", "lab_wait",
     "Waits until the first of several tasks has ended, or all have, or time "
     "is up.",
     9},
    {"as_completed", "lab_as_completed",
     "Gives the results of several tasks in the order in which they come.", 9},
    {"TaskGroup", "lab_group",
     "Starts tasks and waits for all; if one fails, the others are cancelled.",
     15},
    {"return_exceptions", "lab_gather_all",
     "Lets gather wait for all, though some fail.", 14},
    {"ExceptionGroup", "",
     "Holds the failures of several tasks; a group here returns the first.",
     15},
    // Stopping.
    {"wait_for", "lab_wait_for",
     "Waits for a task, and cancels it when time is up.", 10},
    {"timeout", "lab_within, lab_timeout_enter",
     "Bounds the time of all waits of a block.", 10},
    {"TimeoutError", "LAB_ETIMEDOUT", "Says that time was up.", 10},
    {"cancel", "lab_cancel", "Asks a task to stop; its next wait fails.", 10},
    {"CancelledError", "LAB_ECANCELED",
     "Is what a wait of a cancelled task fails with.", 10},
    {"shield", "lab_shielded, lab_shield_enter",
     "Keeps a cancel away from what must be finished.", 10},
    {"async with", "a close in lab_shielded",
     "Opens something and closes it however the block ends.", 16},
    {"async for", "lab_queue_get, lab_completed_next",
     "Takes one value after another, and may wait for each.", 9},
    // Between tasks.
    {"Lock", "lab_lock", "Lets one task at a time into a section.", 19},
    {"Semaphore", "lab_semaphore",
     "Lets a number of tasks at a time into a section.", 11},
    {"BoundedSemaphore", "lab_semaphore_init_bounded",
     "A semaphore that refuses a release too many.", 11},
    {"Event", "lab_flag", "A flag that tasks wait for until somebody sets it.",
     0},
    {"Condition", "lab_condition",
     "Lets tasks wait until something they look at has changed.", 0},
    {"Barrier", "lab_barrier",
     "Lets tasks wait until a number of them has arrived.", 0},
    {"Queue", "lab_queue",
     "Holds items on their way from producers to consumers; it may be bounded.",
     12},
    {"task_done", "lab_queue_task_done",
     "Says that an item is dealt with, for those who join the queue.", 12},
    {"StreamReader", "lab_stream",
     "A connection to read from; lab_read and lab_write wait.", 0},
    // Threads.
    {"run_in_executor", "lab_offload",
     "Has a worker thread call a function that blocks, and waits for it.", 4},
    {"to_thread", "lab_offload",
     "Is run_in_executor with the default pool, here lab_pool_default.", 4},
    {"ThreadPoolExecutor", "lab_pool_new",
     "A pool of threads, with a queue of jobs.", 4},
    {"create_subprocess_exec", "lab_process_start",
     "Starts another program, to be written to, read from and waited for.", 27},
    {"communicate", "lab_process_communicate",
     "Writes all the input of a program, reads all its output, and waits.", 27},
    {"ProcessPoolExecutor", "",
     "A pool of processes, for Python that computes; C needs threads only.",
     17},
    {"GIL", "",
     "Python's lock on its interpreter: threads take turns to compute.", 17},
    {"call_soon_threadsafe", "lab_call_soon_threadsafe",
     "Has the loop call a function, asked for by another thread.", 18},
    {"run_coroutine_threadsafe", "lab_run_coroutine_threadsafe",
     "Has the loop run a task for another thread, which can wait for it.", 18},
    // Libraries.
    {"aiohttp", "", "HTTP for asyncio: clients and servers.", 20},
    {"aiofiles", "lab_file_open",
     "Files for asyncio, through a pool of threads.", 21},
    {"aiosqlite", "", "SQLite for asyncio, in a thread of its own.", 22},
    {"asyncpg", "", "PostgreSQL for asyncio, over its socket.", 22},
    {"grpc.aio", "", "Remote calls for asyncio.", 23},
    {"pytest-asyncio", "clock virtual",
     "Runs tests that are coroutines; under a virtual clock they need no time.",
     26},
};

const struct lab_term *lab_term_at(size_t index) {
    return index < countof(terms) ? &terms[index] : NULL;
}

// --- finding

static const char *without_module(const char *word) {
    return strncasecmp(word, "asyncio.", 8) == 0 ? word + 8 : word;
}

// Is [name] one of the functions that [term] names, or the part before a "_"?
static bool is_ours(const struct lab_term *term, const char *name) {
    size_t n = strlen(name);
    const char *at = strstr(term->ours, name);
    return strncmp(name, "lab_", 4) == 0 && at &&
           (at == term->ours || at[-1] == ' ') &&
           !(isalnum((unsigned char)at[n]) || at[n] == '_');
}

const struct lab_term *lab_term_find(const char *word) {
    const char *bare = without_module(word);
    for (size_t i = 0; i < countof(terms); i++)
        if (strcmp(without_module(terms[i].word), bare) == 0)
            return &terms[i];
    for (size_t i = 0; i < countof(terms); i++)
        if (strcasecmp(without_module(terms[i].word), bare) == 0 ||
            is_ours(&terms[i], word))
            return &terms[i];
    return NULL;
}

// Words that begin a line of Python, and hardly anything else.
static const char *const openings[] = {"await", "async", "import", "from",
                                       "with",  "yield", "return"};

static bool is_python(const char *line) {
    size_t n = strcspn(line, " ");
    for (size_t i = 0; i < countof(openings); i++)
        if (strlen(openings[i]) == n && strncmp(line, openings[i], n) == 0)
            return true;
    return strchr(line, '(') || strstr(line, " = ") ||
           strncmp(line, "asyncio.", 8) == 0;
}

static bool is_name(char c) {
    return isalnum((unsigned char)c) || c == '_';
}

// Of "x = await asyncio.sleep(1)" it is the last name that counts, before its
// arguments: what is awaited says more than that it is.
static const struct lab_term *term_in(const char *line, size_t length) {
    const struct lab_term *found = NULL;
    const char *end = line + length;
    for (const char *at = line; at < end; at++) {
        struct lab_text name = {0};
        size_t n = 0;
        while (at + n < end && is_name(at[n]))
            n++;
        lab_text_write(&name, at, n);
        const struct lab_term *term =
            n ? lab_term_find(lab_text_string(&name)) : NULL;
        found = term ? term : found;
        lab_text_free(&name);
        at += n;
    }
    return found;
}

const struct lab_term *lab_term_of_line(const char *line) {
    line += strspn(line, " ");
    if (!is_python(line))
        return NULL;
    const struct lab_term *term = NULL;
    if (strncmp(line, "async def", 9) == 0 ||
        strncmp(line, "async with", 10) == 0 ||
        strncmp(line, "async for", 9) == 0) {
        struct lab_text words = {0};
        lab_text_write(&words, line, 6 + strcspn(line + 6, " "));
        term = lab_term_find(lab_text_string(&words));
        lab_text_free(&words);
        return term;
    }
    term = term_in(line, strcspn(line, "("));
    return term ? term : term_in(line, strlen(line));
}

// --- showing

static bool has_lesson(struct lab_shell *shell, int number) {
    struct lab_text error = {0}, path = {0};
    struct lab_demo_file *file;
    bool has = false;
    if (number == 0 || !lab_shell_demos(shell, &error)) {
        lab_text_free(&error);
        return false;
    }
    for (size_t i = 0; (file = lab_shell_lesson(shell, i)) && !has; i++) {
        if (file->number != number)
            continue;
        lab_text_clear(&path);
        lab_folder_path(shell->folders.lessons, file, &path);
        has = access(lab_text_string(&path), R_OK) == 0;
    }
    lab_text_free(&path);
    return has;
}

static void put_lesson(struct lab_text *out, struct lab_shell *shell,
                       int number) {
    if (has_lesson(shell, number))
        lab_text_printf(out, " Lesson %d.", number);
}

static void put_terms(struct lab_text *out, struct lab_shell *shell,
                      const struct lab_style *style) {
    struct lab_rows rows = {.indent = 2};
    for (size_t i = 0; i < countof(terms); i++) {
        struct lab_text right = {0};
        if (*terms[i].ours)
            lab_text_printf(&right, "%s. ", terms[i].ours);
        lab_text_put(&right, terms[i].text);
        put_lesson(&right, shell, terms[i].lesson);
        lab_rows_add(&rows, terms[i].word, lab_text_string(&right));
        lab_text_free(&right);
    }
    lab_rows_put(&rows, out, style);
}

static void put_words(struct lab_text *out, struct lab_shell *shell,
                      const struct lab_style *style) {
    struct lab_rows rows = {.indent = 2};
    const struct lab_word *word;
    for (size_t i = 0; (word = lab_word_at(i)); i++) {
        struct lab_text right = {0};
        lab_text_put(&right, word->text);
        put_lesson(&right, shell, word->lesson);
        lab_rows_add(&rows, word->names, lab_text_string(&right));
        lab_text_free(&right);
    }
    lab_rows_put(&rows, out, style);
}

void lab_terms_put(struct lab_text *out, struct lab_shell *shell,
                   const struct lab_style *style) {
    lab_line_wrap(
        out, style, LAB_COLOR_NONE, 0,
        "Words of asyncio, what they are here, and the lesson that has "
        "them:");
    lab_text_put(out, "\n");
    put_terms(out, shell, style);
    lab_text_put(out, "\n");
    lab_line_wrap(out, style, LAB_COLOR_NONE, 0,
                  "Words of looplab, in pictures, tables and lessons:");
    lab_text_put(out, "\n");
    put_words(out, shell, style);
}

static void put_reading(struct lab_text *out, struct lab_shell *shell,
                        const struct lab_style *style, int lesson) {
    if (has_lesson(shell, lesson))
        lab_line_printf(out, style, LAB_COLOR_NONE, 2, "Read: lesson %d",
                        lesson);
}

void lab_term_put(struct lab_text *out, struct lab_shell *shell,
                  const struct lab_style *style, const struct lab_term *term) {
    lab_line_printf(out, style, LAB_COLOR_HEAD, 0, "%s", term->word);
    lab_line_wrap(out, style, LAB_COLOR_NONE, 2, term->text);
    if (*term->ours)
        lab_line_printf(out, style, LAB_COLOR_NONE, 2, "In looplab: %s",
                        term->ours);
    put_reading(out, shell, style, term->lesson);
}

void lab_word_put(struct lab_text *out, struct lab_shell *shell,
                  const struct lab_style *style, const struct lab_word *word) {
    lab_line_printf(out, style, LAB_COLOR_HEAD, 0, "%s", word->names);
    lab_line_wrap(out, style, LAB_COLOR_NONE, 2, word->text);
    if (*word->see)
        lab_line_printf(out, style, LAB_COLOR_NONE, 2, "Try: %s", word->see);
    put_reading(out, shell, style, word->lesson);
}
