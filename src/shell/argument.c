#include "shell/argument.h"

#include "base/die.h"
#include "shell/grading.h"
#include "shell/key.h"

#include <string.h>

// --- in words

static void put_keys(struct lab_text *out, const struct lab_command *command,
                     const char *with) {
    if (command->keys && with)
        lab_text_printf(out, " [for %s:", with);
    for (const struct lab_key *key = lab_keys; key->name; key++)
        if (command->keys & key->keys)
            lab_text_printf(out, with ? " %s%s" : " [%s%s]", key->name,
                            key->value);
    if (command->keys && with)
        lab_text_put(out, "]");
}

void lab_arguments_usage(struct lab_text *out,
                         const struct lab_command *command) {
    lab_text_put(out, command->name);
    for (const struct lab_argument *at = command->takes; at->type; at++)
        lab_text_printf(out, at->optional ? " [%s]" : " %s", at->type->usage);
    put_keys(out, command, command->keys_with);
}

static bool takes_keys(const struct lab_command *command, char **words,
                       int count) {
    return !command->keys_with ||
           (count > 0 && strcmp(words[0], command->keys_with) == 0);
}

// Returns the length of the first part of [usage]: up to a space that is not in
// brackets.
static size_t part_of(const char *usage) {
    int depth = 0;
    size_t n = 0;
    for (; usage[n] && (depth > 0 || usage[n] != ' '); n++)
        depth += (usage[n] == '[') - (usage[n] == ']');
    return n;
}

// Appends what is left of the first alternative of [usage] when [count] words
// of it are there. A part with "..." takes all that come; an optional one at
// the front may take none.
static void put_left(struct lab_text *out, const char *usage, int count) {
    bool begins = true;
    for (size_t n; *usage && *usage != '|'; usage += n) {
        n = part_of(usage);
        bool repeats = memmem(usage, n, "...", 3) != NULL;
        bool is_first = begins && *usage == '[' && !repeats;
        begins &= is_first;
        if (count > 0 && !repeats)
            count -= !is_first;
        else if (n > 0)
            lab_text_printf(out, " %.*s", (int)n, usage);
        n += strspn(usage + n, " ");
    }
}

void lab_arguments_put_rest(struct lab_text *out,
                            const struct lab_command *command, char **words,
                            int count) {
    struct lab_text rest = {0};
    int left = count;
    for (const struct lab_argument *at = command->takes; at->type; at++) {
        if (left == 0)
            lab_text_printf(&rest, at->optional ? " [%s]" : " %s",
                            at->type->usage);
        else if (at->type->is_rest)
            put_left(&rest, at->type->usage, left);
        left -= at->type->is_rest ? left : left > 0;
    }
    if (takes_keys(command, words, count))
        put_keys(&rest, command, NULL);
    if (rest.length > 0)
        lab_text_put(out, rest.data + 1);
    lab_text_free(&rest);
}

bool lab_argument_find(const struct lab_command *command,
                       const struct lab_type *type) {
    const struct lab_argument *at = command->takes;
    while (at->type && at->type != type)
        at++;
    return at->type != NULL;
}

bool lab_arguments_take_demo(const struct lab_command *command) {
    const struct lab_argument *at = command->takes;
    while (at->type && !strstr(at->type->usage, "[DEMO") &&
           !strstr(at->type->usage, "DEMO|PROGRAM"))
        at++;
    return at->type != NULL;
}

bool lab_arguments_are_free(const struct lab_command *command) {
    const struct lab_argument *at = command->takes;
    while (at->type && !at->type->is_free &&
           (!at->type->is_rest || at->type->read))
        at++;
    return at->type != NULL;
}

// The first example that help gives, or the last.
static void put_example(struct lab_text *out, const struct lab_command *command,
                        bool last) {
    const char *start = command->help;
    for (const char *c = start; last && c[0] && c[1]; c++)
        if (*c == '\n')
            start = c + 1;
    start += strspn(start, " ");
    const char *end = strstr(start, "  ");
    lab_text_write(out, start, end ? (size_t)(end - start) : strlen(start));
}

// --- reading

static int refuse_key(struct lab_call *call, const struct lab_key *key) {
    const struct lab_command *command = call->command;
    return lab_shell_refuse(call->shell, "%s goes with %s %s only", key->name,
                            command->name, command->keys_with);
}

static int read_keys(struct lab_call *call) {
    const struct lab_style *style = &call->options.style;
    bool takes = takes_keys(call->command, call->words, call->count);
    int status = LAB_EXIT_OK, kept = 0;
    for (int i = 0; i < call->count && status == LAB_EXIT_OK; i++) {
        const struct lab_key *key = lab_key_find(call->command, call->words[i]);
        if (!key)
            call->words[kept++] = call->words[i];
        else if (!takes)
            status = refuse_key(call, key);
        else if (call->options.json &&
                 (key->keys & (LAB_KEYS_PART | LAB_KEYS_AXIS)))
            status = lab_shell_refuse(call->shell,
                                      "--json prints the whole run, so leave "
                                      "%s out",
                                      key->name);
        else
            status = key->read(call, call->words[i] + strlen(key->name));
    }
    call->count = kept;
    if (status == LAB_EXIT_OK && style->in_turns && (style->from || style->to))
        return lab_shell_refuse(call->shell,
                                "from= and to= are times; leave them out, as "
                                "axis=turns counts turns");
    if (status == LAB_EXIT_OK && style->to && style->to <= style->from)
        return lab_shell_refuse(call->shell, "to= must be later than from=");
    return status;
}

static int refuse_missing(struct lab_call *call, const struct lab_type *type) {
    const struct lab_shell *shell = call->shell;
    struct lab_text error = {0};
    // The last example of such a command names a demo, to be run.
    bool names_demo = lab_argument_find(call->command, &lab_type_look) &&
                      shell->last.count == 0 && !shell->progress &&
                      !shell->stepper;
    lab_text_printf(&error, "%s needs %s; %sfor example: ", call->command->name,
                    type->noun,
                    names_demo ? "and as nothing has run yet, a demo; " : "");
    put_example(&error, call->command, names_demo);
    return lab_shell_refuse_text(call->shell, &error);
}

static int refuse_more(struct lab_call *call, const char *word) {
    struct lab_text error = {0};
    lab_text_printf(&error,
                    "\"%s\" is one word too many%s; the command is: ", word,
                    lab_grading_is_python(word)
                        ? ", as only exercise has a choice of language"
                        : "");
    lab_arguments_usage(&error, call->command);
    return lab_shell_refuse_text(call->shell, &error);
}

int lab_arguments_read(struct lab_call *call) {
    int status = read_keys(call), index = 0;
    const struct lab_argument *at = call->command->takes;
    for (; at->type && status == LAB_EXIT_OK; at++) {
        const struct lab_type *type = at->type;
        int left = call->count - index, count = type->is_rest ? left : left > 0;
        if (count == 0 && !at->optional)
            return refuse_missing(call, type);
        if (type->read && (count > 0 || type->is_rest))
            status = type->read(call, call->words + index, count);
        index += count;
    }
    if (status == LAB_EXIT_OK && index < call->count)
        return refuse_more(call, call->words[index]);
    return status;
}

// --- completion

static void offer_keys(const struct lab_command *command,
                       const struct lab_request *request) {
    if (!takes_keys(command, request->words, request->index))
        return;
    for (const struct lab_key *key = lab_keys; key->name; key++)
        if (command->keys & key->keys)
            lab_offer_about(request, key->name, key->text);
}

void lab_arguments_offer(const struct lab_command *command,
                         const struct lab_request *request) {
    const struct lab_argument *at = command->takes;
    struct lab_request own = *request;
    while (at->type && !at->type->is_rest && own.index > 0) {
        own.words++;
        own.index--;
        at++;
    }
    if (at->type && at->type->offer)
        at->type->offer(&own);
    if (!at->type || at->optional)
        offer_keys(command, request);
}
