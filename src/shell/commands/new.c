// new 40 nap: a demo and its lesson, to be written further.

#include "base/alloc.h"
#include "base/die.h"
#include "lesson/folder.h"
#include "record/run.h"
#include "shell/option.h"
#include "shell/renew.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

// What is made. @ stands for the number, two digits at least, and $ for the
// name.
static const char demo_text[] =
    "// @ $: does it take as long as it says?\n"
    "#include \"lab.h\"\n"
    "\n"
    "static int once(void) {\n"
    "    return lab_sleep(lab_param(\"nap\")); // others run meanwhile\n"
    "}\n"
    "\n"
    "const struct lab_demo lab_demo = {\n"
    "    .name = \"$\", // of demos/@_$.c\n"
    "    .asks = \"Does it take as long as it says?\",\n"
    "    .params = {{\"nap\", 500, .min = 1, .max = 60000, .unit = \"ms\",\n"
    "                .text = \"how long the nap is\"}},\n"
    "    .variants = {{\"once\", once, \"sleep once\", \"nap\"}}};\n";

static const char lesson_text[] =
    "# @ $: does it take as long as it says?\n"
    "\n"
    "<!-- plan: 5 minutes, 3 blocks -->\n"
    "\n"
    "Say here what is asked, and what the variants are.\n"
    "\n"
    "- `once` sleeps once.\n"
    "\n"
    "## Predict\n"
    "\n"
    "Write down how long it takes.\n"
    "\n"
    "```predict\n"
    "elapsed once\n"
    "```\n"
    "\n"
    "## Run\n"
    "\n"
    "```looplab\n"
    "looplab> run @\n"
    "```\n"
    "\n"
    "## Why\n"
    "\n"
    "```c once\n"
    "```\n"
    "\n"
    "## The same in asyncio\n"
    "\n"
    "```python @_$.py\n"
    "```\n"
    "\n"
    "```output\n"
    "a nap of 0.5 s\n"
    "```\n"
    "\n"
    "## Try\n"
    "\n"
    "1. `run @ nap=2s`\n"
    "\n"
    "## What not to conclude\n"
    "\n"
    "Say here what this does not show.\n";

static const char python_text[] = "import asyncio\n"
                                  "\n"
                                  "\n"
                                  "async def once():\n"
                                  "    await asyncio.sleep(0.5)\n"
                                  "    print(\"a nap of 0.5 s\")\n"
                                  "\n"
                                  "\n"
                                  "asyncio.run(once())\n";

static const char row_text[] =
    "| [@ $](@_$.md) | 5 | Does it take as long as it says? |\n";

// Where they go, in the folders of the C and of the lessons.
static const struct {
    bool is_demo;
    const char *ending, *text;
} files[] = {{true, ".c", demo_text},
             {false, ".md", lesson_text},
             {false, ".py", python_text}};

// What is typed.
struct plan {
    struct lab_call *call;
    int number;
    const char *name;
};

// --- its words

static bool is_name(const char *word) {
    size_t n = strspn(word, "abcdefghijklmnopqrstuvwxyz0123456789_");
    return *word >= 'a' && *word <= 'z' && !word[n];
}

static bool read_number(const char *word, int *number) {
    size_t n = strspn(word, "0123456789");
    *number = n > 0 && n < 7 && !word[n] ? (int)strtol(word, NULL, 10) : 0;
    return *number > 0 && *number <= LAB_NUMBER_MOST;
}

// Is [file], of a folder, called as the new one is, or has it the number?
static bool is_taken_by(const struct plan *plan, const char *file) {
    size_t n = strspn(file, "0123456789"), length = strlen(plan->name);
    if (n == 0 || file[n] != '_')
        return false;
    const char *rest = file + n + 1;
    return (int)strtol(file, NULL, 10) == plan->number ||
           (strncmp(rest, plan->name, length) == 0 &&
            (!rest[length] || rest[length] == '.'));
}

// Finds a file in [folder] that is in the way, in [found].
static bool is_taken_in(const struct plan *plan, const char *folder,
                        struct lab_text *found) {
    DIR *dir = opendir(folder);
    struct dirent *entry;
    while (dir && !found->length && (entry = readdir(dir)))
        if (is_taken_by(plan, entry->d_name))
            lab_text_printf(found, "%s/%s", folder, entry->d_name);
    if (dir)
        closedir(dir);
    return found->length > 0;
}

// The first number that nothing has.
static int free_number(struct plan plan) {
    const struct lab_folders *folders = &plan.call->shell->folders;
    struct lab_text found = {0};
    plan.name = " "; // which none has
    for (plan.number = 1; plan.number < LAB_NUMBER_MOST; plan.number++) {
        lab_text_clear(&found);
        if (!is_taken_in(&plan, folders->sources, &found) &&
            !is_taken_in(&plan, folders->lessons, &found))
            break;
    }
    lab_text_free(&found);
    return plan.number;
}

static int check_words(struct plan *plan, char **words) {
    struct lab_shell *shell = plan->call->shell;
    if (!read_number(words[0], &plan->number))
        return lab_shell_refuse(shell,
                                "new needs a number first, and then a name; "
                                "for example: new %d nap",
                                free_number(*plan));
    if (!is_name(words[1]))
        return lab_shell_refuse(shell,
                                "a name consists of small letters, digits and "
                                "_, such as nap; not \"%s\"",
                                words[1]);
    plan->name = words[1];
    return LAB_EXIT_OK;
}

static int check_free(const struct plan *plan) {
    struct lab_shell *shell = plan->call->shell;
    struct lab_text found = {0};
    int status = LAB_EXIT_OK;
    if (is_taken_in(plan, shell->folders.sources, &found) ||
        is_taken_in(plan, shell->folders.lessons, &found))
        status = lab_shell_refuse(shell,
                                  "%s is there already; %d is a number that "
                                  "is free",
                                  lab_text_string(&found), free_number(*plan));
    lab_text_free(&found);
    return status;
}

// --- making them

static void put_text(const struct plan *plan, const char *text,
                     struct lab_text *out) {
    for (; *text; text++)
        if (*text == '@')
            lab_text_printf(out, "%02d", plan->number);
        else if (*text == '$')
            lab_text_put(out, plan->name);
        else
            lab_text_write(out, text, 1);
}

static void put_path(const struct plan *plan, size_t index,
                     struct lab_text *path) {
    const struct lab_folders *folders = &plan->call->shell->folders;
    lab_text_printf(path, "%s/%02d_%s%s",
                    files[index].is_demo ? folders->sources : folders->lessons,
                    plan->number, plan->name, files[index].ending);
}

// Writes [text] to [path]; [mode] is fopen's. Returns an exit status.
static int write_text(const struct plan *plan, const char *path,
                      const char *mode, const char *text) {
    struct lab_text whole = {0};
    FILE *file = fopen(path, mode);
    int rc = file ? 0 : -errno;
    put_text(plan, text, &whole);
    if (file && fputs(lab_text_string(&whole), file) < 0)
        rc = -errno;
    if (file && fclose(file) < 0)
        rc = -errno;
    lab_text_free(&whole);
    if (rc == 0)
        return LAB_EXIT_OK;
    lab_shell_refuse(plan->call->shell, "%s cannot be written: %s", path,
                     lab_error_text(rc));
    return LAB_EXIT_IO;
}

// None of them is overwritten: "x" refuses a file that is there.
static int write_files(const struct plan *plan) {
    int status = LAB_EXIT_OK;
    struct lab_text path = {0};
    for (size_t i = 0; i < countof(files) && status == LAB_EXIT_OK; i++) {
        lab_text_clear(&path);
        put_path(plan, i, &path);
        status = write_text(plan, lab_text_string(&path), "wx", files[i].text);
        if (status == LAB_EXIT_OK)
            lab_call_say(plan->call, "%s is made.", lab_text_string(&path));
    }
    lab_text_clear(&path);
    lab_text_printf(&path, "%s/README.md", plan->call->shell->folders.lessons);
    if (status == LAB_EXIT_OK && access(lab_text_string(&path), F_OK) == 0) {
        status = write_text(plan, lab_text_string(&path), "a", row_text);
        if (status == LAB_EXIT_OK)
            lab_call_say(plan->call, "%s has a row for it, at its end.",
                         lab_text_string(&path));
    }
    lab_text_free(&path);
    return status;
}

// Builds the demo, and lets the lesson be filled in by what it prints.
static int fill(const struct plan *plan) {
    struct lab_call *call = plan->call;
    struct lab_shell *shell = call->shell;
    struct lab_text path = {0};
    struct lab_demo_file *file =
        lab_demos_add(&shell->demos, plan->number, plan->name,
                      shell->folders.demos, shell->folders.sources);
    if (!file) {
        lab_call_say(call, "Leave looplab and type make; then it is there.");
        return LAB_EXIT_OK;
    }
    int status = lab_renew(call, file);
    put_path(plan, 1, &path);
    char *words[] = {(char *)"lessons", (char *)"--write", path.data};
    if (status == LAB_EXIT_OK)
        status = lab_command_call(shell, words, 3);
    lab_text_free(&path);
    if (status == LAB_EXIT_OK)
        lab_call_say(call,
                     "Next: edit %d, then edit the lesson and type lessons "
                     "--write. make builds it for the next looplab.",
                     plan->number);
    return status;
}

static bool is_possible(struct lab_shell *shell) {
    struct lab_text error = {0};
    bool is = !shell->in_lesson && lab_shell_demos(shell, &error) &&
              shell->folders.is_checkout;
    lab_text_free(&error);
    return is;
}

static int make_new(struct lab_call *call) {
    struct lab_shell *shell = call->shell;
    struct plan plan = {.call = call};
    struct lab_text error = {0};
    if (!lab_shell_demos(shell, &error))
        return lab_shell_fail_text(shell, &error);
    if (!is_possible(shell))
        return lab_shell_refuse(shell,
                                "new makes a demo where the C of looplab is, "
                                "and not here; a program of your own is a "
                                "file: edit my.c");
    int status = check_words(&plan, call->words);
    if (status == LAB_EXIT_OK)
        status = check_free(&plan);
    if (status == LAB_EXIT_OK)
        status = write_files(&plan);
    return status == LAB_EXIT_OK ? fill(&plan) : status;
}

// --- completion

static void offer_number(const struct lab_request *request) {
    struct lab_call call = {.shell = request->shell};
    struct lab_text number = {0};
    if (!is_possible(request->shell))
        return;
    lab_text_printf(&number, "%d", free_number((struct plan){.call = &call}));
    lab_offer_about(request, lab_text_string(&number),
                    "the first number that is free");
    lab_text_free(&number);
}

static void offer_example(const struct lab_request *request) {
    if (is_possible(request->shell))
        lab_offer_about(request, "nap",
                        "or another name of small letters, digits and _");
}

static const struct lab_type number = {
    .usage = "NUMBER", .noun = "a number and a name", .offer = offer_number};
static const struct lab_type name = {
    .usage = "NAME", .noun = "a name after the number", .offer = offer_example};

LAB_COMMAND(new) = {
    .name = "new",
    .order = 733,
    .text = "make a demo and its lesson, to be written further",
    .help = "  new 40 nap                  demos/40_nap.c, lessons/40_nap.md\n",
    .takes = {{&number}, {&name}},
    .options = LAB_OPTIONS_WHICH,
    .run = make_new,
};
