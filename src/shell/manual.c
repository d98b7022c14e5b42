#include "shell/manual.h"

#include "shell/argument.h"
#include "shell/option.h"
#include "shell/topics.h"

#include <ctype.h>
#include <string.h>

// Appends [n] bytes so that nothing in them is a request or an escape.
static void put_bytes(struct lab_text *out, const char *bytes, size_t n) {
    if (n > 0 && strchr(".'", *bytes))
        lab_text_put(out, "\\&");
    for (size_t i = 0; i < n; i++)
        switch (bytes[i]) {
        case '\\':
            lab_text_put(out, "\\e");
            break;
        case '-':
            lab_text_put(out, "\\-");
            break;
        case '"':
            lab_text_put(out, "\\(dq");
            break;
        default:
            lab_text_write(out, bytes + i, 1);
        }
}

// Appends a macro whose one argument is [string].
static void put_macro(struct lab_text *out, const char *macro,
                      const char *string) {
    lab_text_printf(out, ".%s \"", macro);
    put_bytes(out, string, strlen(string));
    lab_text_put(out, "\"\n");
}

// Appends a text on lines that are not long, each sentence on one of its own.
static void put_text(struct lab_text *out, const char *string) {
    enum { COLUMNS = 60 }; // escapes make lines longer
    struct lab_text lines = {0};
    for (const char *end; *string; string = end + strspn(end, " ")) {
        end = strstr(string, ". ");
        end = end ? end + 1 : string + strlen(string);
        lab_text_clear(&lines);
        struct lab_text sentence = {0};
        lab_text_write(&sentence, string, (size_t)(end - string));
        lab_text_wrap(&lines, lab_text_string(&sentence), COLUMNS);
        lab_text_free(&sentence);
        for (const char *at = lab_text_string(&lines); *at;) {
            size_t n = strcspn(at, "\n");
            put_bytes(out, at, n);
            lab_text_put(out, "\n");
            at += n + (at[n] == '\n');
        }
    }
    lab_text_free(&lines);
}

// Appends an example, [n] bytes at [line], whose meaning begins in column 30 as
// in help. It is wrapped in its column: 65 are left of 80 in a list.
static void put_example(struct lab_text *out, const char *line, size_t n) {
    enum { INDENT = 2, COLUMN = 28, COLUMNS = 65 };
    struct lab_text lines = {0}, example = {0};
    lab_text_write(&example, line + INDENT, n - INDENT);
    const char *means = strstr(lab_text_string(&example), "  ");
    size_t length = means ? (size_t)(means - example.data) : example.length;
    lab_text_wrap(&lines, means ? means + strspn(means, " ") : "",
                  COLUMNS - COLUMN);
    put_bytes(out, example.data, length);
    if (length + 2 > COLUMN) { // a long one has a line of its own
        lab_text_put(out, "\n");
        length = 0;
    }
    for (const char *at = lab_text_string(&lines); *at; length = 0) {
        size_t end = strcspn(at, "\n");
        lab_text_repeat(out, " ", COLUMN - (int)length);
        put_bytes(out, at, end);
        lab_text_put(out, "\n");
        at += end + (at[end] == '\n');
    }
    lab_text_free(&lines);
    lab_text_free(&example);
}

// Appends a list of examples: each is two columns, as help has it.
static void put_examples(struct lab_text *out, const char *help) {
    lab_text_put(out, ".Bd -literal\n");
    for (size_t n; *help; help += n + (help[n] == '\n')) {
        n = strcspn(help, "\n");
        put_example(out, help, n);
    }
    lab_text_put(out, ".Ed\n");
}

static void put_options_of(struct lab_text *out,
                           const struct lab_command *command) {
    struct lab_text line = {0};
    for (size_t i = 0; lab_option_table[i].name; i++)
        if (command->options & (1U << i))
            lab_text_printf(&line, "%s --%s", line.length ? "" : "Options:",
                            lab_option_table[i].name);
    put_text(out, lab_text_string(&line));
    lab_text_free(&line);
}

// The texts in the tables are parts of sentences.
static void put_sentence(struct lab_text *out, const char *text) {
    struct lab_text sentence = {0};
    bool asks = *text && text[strlen(text) - 1] == '?';
    lab_text_printf(&sentence, "%c%s%s", toupper((unsigned char)*text),
                    text + 1, asks ? "" : ".");
    put_text(out, lab_text_string(&sentence));
    lab_text_free(&sentence);
}

static void put_commands(struct lab_text *out) {
    const struct lab_command *command;
    struct lab_text usage = {0};
    lab_text_put(out, ".Sh COMMANDS\n.Bl -tag -width Ds\n");
    for (size_t i = 0; (command = lab_command_at(i)); i++) {
        lab_text_clear(&usage);
        lab_arguments_usage(&usage, command);
        put_macro(out, "It Ic", lab_text_string(&usage));
        put_sentence(out, command->text);
        put_examples(out, command->help);
        put_options_of(out, command);
    }
    lab_text_put(out, ".El\n");
    lab_text_free(&usage);
}

static void put_options(struct lab_text *out) {
    struct lab_text usage = {0};
    lab_text_put(out, ".Sh OPTIONS\n");
    put_text(out, "Options come before or after a command. A command refuses "
                  "an option that it cannot obey.");
    lab_text_put(out, ".Bl -tag -width Ds\n");
    for (size_t i = 0; lab_option_table[i].name; i++) {
        lab_text_clear(&usage);
        lab_option_put(&usage, &lab_option_table[i]);
        put_macro(out, "It Li", lab_text_string(&usage));
        put_sentence(out, lab_option_table[i].text);
    }
    lab_text_put(out, ".El\n");
    lab_text_free(&usage);
}

static void put_topic(struct lab_text *out, const struct lab_topic *topic) {
    lab_text_printf(out, ".Sh %s\n", topic->title);
    put_text(out, topic->text);
    lab_text_put(out, ".Bl -tag -width Ds\n");
    for (const struct lab_fact *fact = topic->facts; fact->name; fact++) {
        put_macro(out, "It Li", fact->name);
        put_sentence(out, fact->text);
    }
    lab_text_put(out, ".El\n");
}

void lab_manual_put(struct lab_text *out) {
    lab_text_put(out, ".Dd " LAB_VERSION_DATE "\n"
                      ".Dt LOOPLAB 1\n"
                      ".Os\n"
                      ".Sh NAME\n"
                      ".Nm looplab\n"
                      ".Nd makes asynchronous time visible\n"
                      ".Sh SYNOPSIS\n"
                      ".Nm\n"
                      ".Op Ar options\n"
                      ".Op Ar command ...\n"
                      ".Nm\n"
                      ".Op Ar options\n"
                      ".Ar file\n"
                      ".Nm\n"
                      ".Op Ar options\n"
                      ".Fl e Ar line ...\n"
                      ".Sh DESCRIPTION\n");
    put_text(out,
             "looplab runs small programs that wait, compute and talk, and "
             "shows what happened when. Each demo asks a question, its "
             "variants are the possible answers, and each states the time "
             "that it should take. Programs of your own, in C or in Python "
             "with asyncio, are shown the same way.");
    lab_text_put(out, ".Pp\n");
    put_text(out, "Without a command, looplab reads commands from the "
                  "terminal, with completion and a history. With a file, or "
                  "from a pipe, it runs the command on each line; -e gives it "
                  "such lines. The same commands work in all these places.");
    put_commands(out);
    put_options(out);
    for (const struct lab_topic *at = lab_topics; at->name; at++)
        put_topic(out, at);
    lab_text_put(out, ".Sh SEE ALSO\n"
                      ".Xr python3 1 ,\n"
                      ".Xr editrc 5\n");
}
