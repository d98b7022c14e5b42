#include "base/die.h"
#include "base/nearest.h"
#include "shell/about.h"
#include "shell/argument.h"
#include "shell/glossary.h"
#include "shell/option.h"
#include "shell/suggest.h"
#include "shell/topics.h"
#include "view/line.h"
#include "view/rows.h"

#include <string.h>

static void put_commands(struct lab_text *text, const struct lab_style *style) {
    struct lab_rows rows = {.indent = 2};
    const struct lab_command *command;
    lab_line_wrap(
        text, style, LAB_COLOR_NONE, 0,
        "looplab makes asynchronous time visible. Try: lesson 1, or run 3");
    lab_text_put(text, "\n");
    for (size_t i = 0; (command = lab_command_at(i)); i++)
        lab_rows_add(&rows, command->name, command->text);
    lab_rows_put(&rows, text, style);
    lab_text_put(text, "\n");
    lab_line_wrap(text, style, LAB_COLOR_NONE, 0,
                  "help COMMAND says more and gives examples; help options "
                  "lists the options, help words the words of asyncio. "
                  "Tab completes a word or lists what it can be; at a prompt "
                  "without a line editor, Tab and Enter list it. "
                  "looplab FILE runs a command on each line of a file.");
}

static void put_options(struct lab_text *text, const struct lab_style *style) {
    struct lab_rows rows = {.indent = 2};
    struct lab_text left = {0};
    lab_line_wrap(text, style, LAB_COLOR_NONE, 0,
                  "Options come before or after a command; help COMMAND says "
                  "which it takes:");
    lab_text_put(text, "\n");
    for (size_t i = 0; lab_option_table[i].name; i++) {
        lab_text_clear(&left);
        lab_option_put(&left, &lab_option_table[i]);
        lab_rows_add(&rows, lab_text_string(&left), lab_option_table[i].text);
    }
    lab_rows_put(&rows, text, style);
    lab_text_free(&left);
}

static void put_facts(struct lab_text *text, const struct lab_style *style,
                      const struct lab_topic *topic) {
    struct lab_rows rows = {.indent = 2};
    lab_line_wrap(text, style, LAB_COLOR_NONE, 0, topic->text);
    lab_text_put(text, "\n");
    for (const struct lab_fact *fact = topic->facts; fact->name; fact++)
        lab_rows_add(&rows, fact->name, fact->text);
    lab_rows_put(&rows, text, style);
}

// The examples of [command], and what each does.
static void put_examples(struct lab_text *text, const struct lab_style *style,
                         const struct lab_command *command) {
    struct lab_rows rows = {.indent = 2};
    struct lab_text left = {0}, right = {0};
    const char *line = command->help;
    while (*line) {
        size_t n = strcspn(line, "\n"), indent = strspn(line, " ");
        const char *gap = strstr(line + indent, "  ");
        size_t example = gap && gap < line + n ? (size_t)(gap - line) : n;
        size_t meaning = example + strspn(line + example, " ");
        lab_text_clear(&left);
        lab_text_clear(&right);
        lab_text_write(&left, line + indent, example - indent);
        lab_text_write(&right, line + meaning, n - meaning);
        lab_rows_add(&rows, lab_text_string(&left), lab_text_string(&right));
        line += n + (line[n] == '\n');
    }
    lab_rows_put(&rows, text, style);
    lab_text_free(&left);
    lab_text_free(&right);
}

// The options that [command] takes, in one paragraph.
static void put_taken(struct lab_text *text, const struct lab_style *style,
                      const struct lab_command *command) {
    struct lab_text line = {0};
    if (!command->options)
        return;
    lab_text_put(&line, "Options:");
    for (size_t i = 0; lab_option_table[i].name; i++)
        if (command->options & (1U << i))
            lab_text_printf(&line, " --%s", lab_option_table[i].name);
    lab_text_put(text, "\n");
    lab_line_wrap(text, style, LAB_COLOR_NONE, 2, lab_text_string(&line));
    lab_text_free(&line);
}

enum { HANGING = 4 }; // columns before the later lines of a usage

static void put_command(struct lab_text *text, const struct lab_style *style,
                        const struct lab_command *command) {
    struct lab_text usage = {0};
    lab_arguments_usage(&usage, command);
    lab_line_beside(text, style, LAB_COLOR_HEAD, HANGING,
                    lab_text_string(&usage));
    lab_line_wrap(text, style, LAB_COLOR_NONE, 2, command->text);
    lab_text_put(text, "\n");
    put_examples(text, style, command);
    put_taken(text, style, command);
    lab_text_free(&usage);
}

void lab_command_explain(struct lab_call *call,
                         const struct lab_command *command) {
    struct lab_text text = {0};
    if (command)
        put_command(&text, &call->options.style, command);
    else
        put_commands(&text, &call->options.style);
    lab_pages_put(call->shell, &text);
    lab_text_free(&text);
}

// --- its word: a command, or "options"

static void offer(const struct lab_request *request) {
    const struct lab_term *term;
    lab_offer_commands(request);
    lab_offer_demos(request);
    lab_offer_about(request, "options", "what every command takes");
    lab_offer_about(request, "words", "those of asyncio, and ours");
    for (const struct lab_topic *at = lab_topics; at->name; at++)
        lab_offer_about(request, at->name, at->text);
    for (size_t i = 0; (term = lab_term_at(i)); i++)
        lab_offer_about(request, term->word, term->ours);
    lab_offer_words(request);
}

static const struct lab_type topics = {
    .usage = "COMMAND | DEMO | options | words | WORD ...",
    .is_rest = true,
    .offer = offer,
};

// Says what was meant, if one of the words is near enough.
static void suggest_topic(struct lab_call *call, const char *name,
                          struct lab_text *error) {
    const char *best = NULL;
    const struct lab_term *term;
    const struct lab_word *word;
    const struct lab_command *command;
    for (size_t i = 0; (command = lab_command_at(i)); i++)
        lab_nearest(name, command->name, &best);
    for (size_t i = 0; !best && (term = lab_term_at(i)); i++)
        lab_nearest(name, term->word, &best);
    for (size_t i = 0; !best && (word = lab_word_at(i)); i++)
        if (!strchr(word->names, ',')) // "gap, longest gap" is never near
            lab_nearest(name, word->names, &best);
    if (best)
        lab_text_printf(error,
                        "nothing is known of \"%s\"; did you mean "
                        "\"help %s\"?",
                        name, best);
    else
        lab_suggest_command(call->shell, call->words, call->count, error);
}

// Appends what help says of [topic] other than a command; false if nothing.
static bool put_topic(struct lab_text *text, struct lab_call *call,
                      const char *topic) {
    const struct lab_style *style = &call->options.style;
    const struct lab_term *term = lab_term_find(topic);
    const struct lab_word *word = lab_word_find(topic);
    const struct lab_topic *facts = lab_topic_find(topic);
    if (strcmp(topic, "options") == 0)
        put_options(text, style);
    else if (facts)
        put_facts(text, style, facts);
    else if (strcmp(topic, "words") == 0)
        lab_terms_put(text, call->shell, style);
    else if (term)
        lab_term_put(text, call->shell, style, term);
    if (term && word) // Event is asyncio's, and event ours
        lab_text_put(text, "\n");
    if (word && (term || text->length == 0))
        lab_word_put(text, call->shell, style, word);
    return text->length > 0;
}

// A topic may be two words: async def.
static int help(struct lab_call *call) {
    struct lab_text topic = {0}, text = {0}, error = {0};
    int status = LAB_EXIT_OK;
    for (int i = 0; i < call->count; i++)
        lab_text_printf(&topic, i ? " %s" : "%s", call->words[i]);
    const char *name = lab_text_string(&topic);
    const struct lab_command *command = lab_command_find(name);
    const char *meant = lab_suggest_meant(name);
    if (call->count == 0 || command) {
        lab_command_explain(call, command);
        if (command && put_topic(&text, call, name)) { // cancel is both
            lab_pages_printf(call->shell, "\n");
            lab_pages_put(call->shell, &text);
        }
    } else if (put_topic(&text, call, name) ||
               lab_about_demo(&text, call, name)) {
        lab_pages_put(call->shell, &text);
    } else if (strcmp(name, "looplab") == 0) {
        lab_command_explain(call, NULL);
    } else if ((command = lab_command_find(call->words[0]))) {
        lab_command_explain(call, command); // help run 3
    } else if (meant) {
        lab_command_explain(
            call, strcmp(meant, "help") == 0 ? NULL : lab_command_find(meant));
    } else {
        suggest_topic(call, name, &error);
        status = lab_shell_refuse_text(call->shell, &error);
    }
    lab_text_free(&topic);
    lab_text_free(&text);
    return status;
}

LAB_COMMAND(help) = {
    .name = "help",
    .order = 890,
    .text = "explain a command, a demo, or a word of asyncio",
    .help = "  help run                    one command, with examples\n"
            "  help options                what the options do\n"
            "  help words                  asyncio's words, and ours\n"
            "  help environment            variables; also files, statuses\n"
            "  help gather                 one of them\n"
            "  help 3                      a demo: its variants and "
            "parameters\n",
    .takes = {{&topics, .optional = true}},
    .options = LAB_OPTION_COLOR | LAB_OPTION_WIDTH,
    .run = help,
};
