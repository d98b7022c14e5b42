#include "test.h"

#include "shell/host.h"
#include "shell/key.h"
#include "shell/option.h"

#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

// --- every option with every command: it is obeyed or refused

// A line for each command on which its options show, where the first example of
// its help is not one. FILE stands for a record, OTHER for one in which a task
// has a name beyond ASCII.
static struct {
    const char *line;
    const char *before; // run first; or NULL
    const char *ascii;  // shows --ascii; NULL: the line does
    uint32_t hidden;    // options that no line can show with these demos
} cases[] = {
    {"list", .hidden = LAB_OPTION_ASCII},
    // On a port that is taken: it ends at once. See tests/pty for the rest.
    {"serve --port=PORT", .hidden = LAB_OPTIONS_STYLE},
    {"run 3"},
    {"compare 3"},
    {"table 3"},
    {"claims 3"},
    {"bars 3"},
    {"timeline 3"},
    {"story 3", .ascii = "story OTHER"},
    {"tree 3"},
    {"turns 3", .ascii = "turns OTHER"},
    {"busy 3"},
    {"pool 4 pool_1"},
    {"warnings 2", .hidden = LAB_OPTION_ASCII},
    {"json 3"},
    {"export svg FILE.svg 3"},
    {"orders 3 together n=2"},
    {"ps 3 together at=0.5s", .ascii = "ps OTHER at=0.5s"},
    {"why t1 3 together at=0.5s", .ascii = "why t1 OTHER at=0.5s"},
    {"alive 3 together at=0.5s", .ascii = "alive OTHER at=0.5s"},
    {"step 3 together", "step OTHER", "step 3"},
    {"back", "goto 10 OTHER"},
    {"goto 12 3 together", .ascii = "goto 12 OTHER"},
    {"until t2 ends 3 together", .ascii = "until t2 ends OTHER"},
    {"stepper 3", .hidden = ~0U}, // needs a terminal: see tests/pty
    {"play 3", .hidden = ~0U},    // likewise
    {"diff 3 OTHER", .hidden = LAB_OPTION_SCHEDULE}, // see tests/smoke
    {"set 3", .hidden = LAB_OPTION_ASCII},
    {"clock"},
    {"source 3"},
    {"drive 19 in_tasks n=2", .ascii = "drive 12 unbounded from 1 --width=80",
     .hidden = LAB_OPTION_LESSONS}, // refused: it is no exercise
    {"predict 3", .ascii = "predict OTHER"},
    {"lesson 3"},
    {"teach 3", .hidden = LAB_OPTION_CLOCK}, // see tests/pty
    {"notes", .hidden = LAB_OPTIONS_STYLE},  // likewise
    {"lessons"},
    {"try 11",
     .hidden = LAB_OPTION_LIMIT | LAB_OPTION_ASCII}, // see tests/smoke
    {"assemble 11", .hidden = LAB_OPTION_LIMIT | LAB_OPTION_ASCII}, // likewise
    {"exercise", .hidden = LAB_OPTION_LIMIT | LAB_OPTIONS_STYLE},   // likewise
    {"progress"},
    {"review", .hidden = LAB_OPTION_LIMIT | LAB_OPTION_ASCII}, // as predict
    {"reset 11"},
    {"report OTHER"},
    {"help"},
    {"quit"},
    {NULL}, // made of an example
};

// What the options have set, shows where?
enum effect {
    DIFFERS,  // what is printed is not what it was
    PLAIN,    // it has no byte beyond ASCII, and had
    IN_WORDS, // nothing in it is drawn
    COLOURED, // it has escapes, and had none
    RECORDED, // the record has the words
    STOPS,    // the record has them, or the output where none can be written
    SAID,     // a sentence has them
    TRUSTS,   // demos are loaded unseen: see tests/demo and tests/smoke
    WATCHES,  // a thread does: see tests/core/detector.c and tests/pty
};

static const struct {
    const char *option;
    enum effect effect;
    const char *words;
} options[LAB_OPTION_COUNT] = {
    {"--clock=x1000", RECORDED, "\"clock\":\"x1000\""},
    {"--schedule=seed:7", RECORDED, "\"schedule\":\"seed:7\""},
    {"--limit=events:9", STOPS, "too many events"},
    {"--debug", WATCHES},
    {"--record=RECORD", RECORDED, "\"looplab\":\"record\""},
    {"--timeline", DIFFERS},
    {"--json", DIFFERS},
    {"--ascii", PLAIN},
    {"--color=always", COLOURED},
    {"--width=30", DIFFERS},
    {"--demos=/nowhere", SAID, "/nowhere"},
    {"--lessons=/nowhere", SAID, "/nowhere"},
    {"--trust", TRUSTS},
    {"--check", DIFFERS},
    {"--write", DIFFERS},
    {"--watch", SAID, "--watch needs a program of yours"},
    {"--port=PORT", SAID, "address already in use"},
    {"--serve", SAID, "--serve plays web sites for a program"},
    {"--rehearse", DIFFERS},
    {"--sheet", DIFFERS},
    {"--help", DIFFERS},
    {"--version", DIFFERS},
    {"--execute=list", DIFFERS},
    {"--echo", DIFFERS},
    {"--quiet", DIFFERS},
    {"--keep-going", DIFFERS},
    {"--plain", IN_WORDS},
};

#define LESSON "03_sequential_gather.md"

static char folder[TEST_FOLDER];
static int taken_port, taken_socket;

// Takes a port, so that nobody can serve there.
static void take_port(void) {
    struct sockaddr_in address = {.sin_family = AF_INET,
                                  .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof address;
    taken_socket = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    CHECK_INT(bind(taken_socket, (struct sockaddr *)&address, size), 0);
    CHECK_INT(listen(taken_socket, 1), 0);
    CHECK_INT(getsockname(taken_socket, (struct sockaddr *)&address, &size), 0);
    taken_port = ntohs(address.sin_port);
}

// Appends [line] with paths in [folder] for FILE and RECORD, and the port.
static void put_line(struct lab_text *out, const char *line) {
    for (; *line; line++)
        if (strncmp(line, "FILE", 4) == 0) {
            lab_text_printf(out, "%s/file.jsonl", folder);
            line += 3;
        } else if (strncmp(line, "PORT", 4) == 0) {
            lab_text_printf(out, "%d", taken_port);
            line += 3;
        } else if (strncmp(line, "OTHER", 5) == 0) {
            lab_text_printf(out, "%s/other.jsonl", folder);
            line += 4;
        } else if (strncmp(line, "RECORD", 6) == 0) {
            lab_text_printf(out, "%s/record.jsonl", folder);
            line += 5;
        } else {
            lab_text_write(out, line, 1);
        }
}

static FILE *open_file(const char *name, const char *mode) {
    char path[TEST_FOLDER + 32];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return fopen(path, mode);
}

// A lesson that may be rewritten.
static void copy_lesson(void) {
    char read[4096];
    FILE *from = fopen(LAB_LESSONS_DIR "/" LESSON, "r");
    FILE *to = open_file(LESSON, "w");
    while (fgets(read, sizeof read, from))
        fputs(read, to);
    fclose(from);
    fclose(to);
}

// Something to review and to reset.
static void put_progress(void) {
    char path[TEST_FOLDER + 32];
    snprintf(path, sizeof path, "%s/looplab", folder);
    mkdir(path, 0700);
    setenv("XDG_STATE_HOME", folder, 1);
    FILE *file = open_file("looplab/progress", "w");
    fputs("2026-11-27T11:00:01Z predict 03 - 0/1 missed=order\n"
          "2026-11-27T11:00:02Z lesson 11 read\n",
          file);
    fclose(file);
}

// Makes the folder, and two records and a lesson in it.
static bool make_folder(void) {
    struct host host;
    struct lab_text line = {0};
    char read[4096], *name;
    if (!CHECK(test_folder(folder)))
        return false;
    host_open(&host);
    put_line(&line, "run 3 together --record=FILE");
    CHECK_INT(host_run(&host, lab_text_string(&line)), LAB_EXIT_OK);
    host_close(&host);
    lab_text_free(&line);
    FILE *from = open_file("file.jsonl", "r"),
         *to = open_file("other.jsonl", "w");
    while (fgets(read, sizeof read, from))
        if ((name = strstr(read, "a.txt\"")))
            fprintf(to, "%.*s\u00e4%s", (int)(name - read), read, name + 1);
        else
            fputs(read, to);
    fclose(from);
    fclose(to);
    copy_lesson();
    put_progress();
    take_port();
    return true;
}

static void remove_file(const char *name) {
    char path[TEST_FOLDER + 32];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    unlink(path);
}

static void remove_folder(void) {
    static const char *const files[] = {
        "file.jsonl", "other.jsonl",      "record.jsonl",    "file.jsonl.svg",
        LESSON,       "looplab/progress", "looplab/lessons", "looplab/teach"};
    char path[TEST_FOLDER + 32];
    for (size_t i = 0; i < countof(files); i++)
        remove_file(files[i]);
    snprintf(path, sizeof path, "%s/looplab", folder);
    rmdir(path);
    unsetenv("XDG_STATE_HOME");
    CHECK_INT(rmdir(folder), 0);
    close(taken_socket);
}

// Does the file that --record wrote have [words]?
static bool is_recorded(const char *words) {
    char line[4096];
    bool found = false;
    FILE *file = open_file("record.jsonl", "r");
    while (file && !found && fgets(line, sizeof line, file))
        found = strstr(line, words) != NULL;
    if (file)
        fclose(file);
    return found;
}

// Runs [line] of case [c] with [option] in a shell of its own, and returns its
// status.
static int run_case(struct host *host, size_t c, const char *line,
                    const char *option) {
    struct lab_text text = {0};
    host_open(host);
    if (strcmp(line, "lessons") == 0) { // which may be rewritten
        lab_free(host->shell.folders.lessons);
        host->shell.folders.lessons = lab_strdup(folder);
    }
    if (cases[c].before) {
        put_line(&text, cases[c].before);
        CHECK_INT(host_run(host, lab_text_string(&text)), LAB_EXIT_OK);
        lab_text_clear(&text);
    }
    put_line(&text, line);
    lab_text_put(&text, " ");
    put_line(&text, option);
    int status = host_run(host, lab_text_string(&text));
    lab_text_free(&text);
    return status;
}

static bool has_beyond_ascii(const char *text) {
    while (*text && !(*text & 0x80))
        text++;
    return *text != '\0';
}

// Is there a line, a block or a shape in [text], or an escape? All that looplab
// draws with is from U+2500 to U+25FF, but for a few marks.
static bool has_drawing(const char *text) {
    static const char *const marks[] = {"\033", "\u2717", "\u2298", "----",
                                        "####"};
    for (size_t i = 0; i < countof(marks); i++)
        if (strstr(text, marks[i]))
            return true;
    for (; *text; text++)
        if (text[0] == '\xe2' && (text[1] & 0xfc) == 0x94)
            return true;
    return false;
}

static bool has_effect(const struct host *host, const char *before,
                       enum effect effect, const char *words) {
    const char *out = host_out(host);
    switch (effect) {
    case DIFFERS:
        return strcmp(out, before) != 0;
    case PLAIN:
        return has_beyond_ascii(before) && *out && !has_beyond_ascii(out);
    case IN_WORDS:
        return (*out || host->said.length) && !has_drawing(out);
    case COLOURED:
        return !strchr(before, '\033') && strchr(out, '\033');
    case RECORDED:
        return is_recorded(words);
    case STOPS:
        return is_recorded(words) || strstr(out, words);
    case SAID: // doctor prints what others complain of
        return strstr(host_said(host), words) || strstr(out, words);
    case TRUSTS:
        return host->shell.demos.is_trusted;
    case WATCHES: // under either clock
        return *out && !strstr(host_said(host), "--debug");
    }
    return false;
}

static bool is_recorded_by(enum effect effect) {
    return effect == RECORDED || effect == STOPS;
}

static void check_obeyed(size_t c, size_t o, bool takes_record) {
    bool ascii = options[o].effect == PLAIN && cases[c].ascii;
    const char *line = ascii ? cases[c].ascii : cases[c].line;
    struct host before, host;
    struct lab_text option = {0};
    lab_text_put(&option, options[o].option);
    if (is_recorded_by(options[o].effect) && takes_record &&
        (1U << o) != LAB_OPTION_RECORD)
        lab_text_put(&option, " --record=RECORD");
    run_case(&before, c, line, "");
    run_case(&host, c, line, lab_text_string(&option));
    if (!CHECK(has_effect(&host, host_out(&before), options[o].effect,
                          options[o].words)))
        fprintf(stderr, "%s does not obey %s: %s%s", line, options[o].option,
                host_out(&host), host_said(&host));
    host_close(&before);
    host_close(&host);
    lab_text_free(&option);
    remove_file("record.jsonl");
}

static void check_refused(size_t c, size_t o) {
    struct host host;
    struct lab_text sentence = {0};
    lab_text_printf(&sentence, " does not take --%s; it goes with ",
                    lab_option_table[o].name);
    int status = run_case(&host, c, cases[c].line, options[o].option);
    if (!CHECK(status == LAB_EXIT_USAGE && host.out.length == 0 &&
               strstr(host_said(&host), lab_text_string(&sentence))))
        fprintf(stderr, "%s accepts %s: %s%s\n", cases[c].line,
                options[o].option, host_out(&host), host_said(&host));
    host_close(&host);
    lab_text_free(&sentence);
}

// The case of [command]; the last if it has none of its own.
static size_t case_of(const struct lab_command *command) {
    static char example[80];
    size_t n = strlen(command->name), c = 0;
    while (c < countof(cases) - 1 &&
           (strncmp(cases[c].line, command->name, n) != 0 ||
            (cases[c].line[n] && cases[c].line[n] != ' ')))
        c++;
    if (c < countof(cases) - 1)
        return c;
    const char *start = command->help + strspn(command->help, " ");
    snprintf(example, sizeof example, "%.*s",
             (int)(strstr(start, "  ") - start), start);
    cases[c].line = example;
    return c;
}

TEST(every_option_is_obeyed_or_refused_by_every_command) {
    const struct lab_command *command;
    MUST(make_folder());
    for (size_t i = 0; (command = lab_command_at(i)); i++) {
        size_t c = case_of(command);
        for (size_t o = 0; o < LAB_OPTION_COUNT; o++)
            if (!(lab_options_of(command) & (1U << o)))
                check_refused(c, o);
            else if (!(cases[c].hidden & (1U << o)))
                check_obeyed(c, o, lab_options_of(command) & LAB_OPTION_RECORD);
    }
    remove_folder();
}

// --- every key with every command

static const struct {
    const char *key;
    uint32_t keys;
} keys[] = {
    {"from=0.25s", LAB_KEYS_PART}, {"to=0.25s", LAB_KEYS_PART},
    {"lanes=t2", LAB_KEYS_PART},   {"axis=turns", LAB_KEYS_AXIS},
    {"at=0.25s", LAB_KEYS_MOMENT},
};

// Lines on which keys show, where the cases above have some already, or where
// all happens at once.
static const char *line_for_keys(size_t c) {
    static const char *const lines[] = {"ps 3 together", "why t1 3 together",
                                        "alive 3 together",
                                        "tree 1 together first=100"};
    for (size_t i = 0; i < countof(lines); i++)
        if (strncmp(lines[i], cases[c].line, strcspn(lines[i], " ")) == 0)
            return lines[i];
    return cases[c].line;
}

static void check_key(size_t c, size_t k, bool takes, bool shows) {
    struct host before, host;
    const char *line = line_for_keys(c);
    run_case(&before, c, line, "");
    int status = run_case(&host, c, line, keys[k].key);
    bool fine =
        takes ? host.said.length == 0 &&
                    (!shows || strcmp(host_out(&host), host_out(&before)) != 0)
              : status == LAB_EXIT_USAGE && host.out.length == 0 &&
                    host.said.length > 0;
    if (!CHECK(fine))
        fprintf(stderr, "%s %s %s: %s%s", line, takes ? "ignores" : "accepts",
                keys[k].key, host_out(&host), host_said(&host));
    host_close(&before);
    host_close(&host);
}

TEST(every_key_is_obeyed_or_refused_by_every_command) {
    const struct lab_command *command;
    MUST(make_folder());
    for (size_t i = 0; (command = lab_command_at(i)); i++) {
        size_t c = case_of(command);
        // An export says the same of any file; all tasks of these demos are in
        // the tree from the beginning.
        bool shows = strcmp(command->name, "export") != 0;
        // That one needs a terminal, whatever follows it.
        if (strcmp(command->name, "stepper") == 0)
            continue;
        for (size_t k = 0; k < countof(keys); k++)
            check_key(c, k, command->keys & keys[k].keys,
                      shows && !(strcmp(command->name, "tree") == 0 &&
                                 strncmp(keys[k].key, "to=", 3) == 0));
    }
    remove_folder();
}

TEST(an_axis_that_there_is_not_is_refused) {
    static const char *const asked[][2] = {
        {"timeline 3 axis=foo", "axis= is time or turns"},
        {"timeline 3 axis=turns from=1s", "axis=turns counts turns"},
        {"timeline 3 axis=turns --json", "leave axis= out"}};
    for (size_t i = 0; i < countof(asked); i++) {
        struct host host;
        host_open(&host);
        CHECK_INT(host_run(&host, asked[i][0]), LAB_EXIT_USAGE);
        CHECK(strstr(host_said(&host), asked[i][1]) != NULL);
        host_close(&host);
    }
}

TEST(a_part_that_is_not_there_is_refused_by_every_view_and_export) {
    static const char *const asked[][2] = {
        {"lanes=loop,foo", "no lane \"foo\"; there are loop, in_turn"},
        {"from=100s", "nothing happened after 5.000 s"},
        {"lanes=,", "lanes= needs names"},
    };
    const struct lab_command *command;
    MUST(make_folder());
    for (size_t i = 0; (command = lab_command_at(i)); i++)
        for (size_t k = 0; k < countof(asked); k++) {
            struct host host;
            struct lab_text line = {0};
            bool exports = strcmp(command->name, "export") == 0;
            if (!(command->keys & LAB_KEYS_PART))
                continue;
            host_open(&host);
            lab_text_put(&line, command->name);
            put_line(&line, exports ? " svg FILE.svg 3 " : " 3 ");
            lab_text_put(&line, asked[k][0]);
            CHECK_INT(host_run(&host, lab_text_string(&line)), LAB_EXIT_USAGE);
            CHECK(strstr(host_said(&host), asked[k][1]));
            CHECK(!open_file("file.jsonl.svg", "r"));
            lab_text_free(&line);
            host_close(&host);
        }
    remove_folder();
}

// --- what says how a demo runs, where none does

TEST(options_for_a_run_are_refused_where_nothing_runs) {
    static const char *const how[] = {"--clock=virtual", "--schedule=seed:1",
                                      "--debug", "--record=RECORD"};
    static const char *const lines[] = {
        "timeline",  "timeline FILE", "export svg FILE.svg",
        "ps",        "ps FILE",       "ps together",
        "why t1",    "alive",         "step",
        "step FILE", "goto 3",        "goto 3 together"};
    struct host host;
    struct lab_text line = {0};
    MUST(make_folder());
    host_open(&host);
    CHECK_INT(host_run(&host, "run 3 together"), LAB_EXIT_OK);
    for (size_t i = 0; i < countof(lines) * countof(how); i++) {
        lab_text_clear(&line);
        put_line(&line, lines[i / countof(how)]);
        lab_text_put(&line, " ");
        put_line(&line, how[i % countof(how)]);
        CHECK_INT(host_run(&host, lab_text_string(&line)), LAB_EXIT_USAGE);
        if (!CHECK(strstr(host_said(&host), " runs no demo here, so --")))
            fprintf(stderr, "%s: %s%s\n", lab_text_string(&line),
                    host_out(&host), host_said(&host));
    }
    host_close(&host);
    lab_text_free(&line);
    remove_folder();
}

TEST(options_alone_are_for_the_session_or_refused) {
    for (size_t o = 0; o < LAB_OPTION_COUNT; o++) {
        struct host host;
        host_open(&host);
        int status = host_run(&host, options[o].option);
        bool alone = LAB_OPTIONS_ALONE & (1U << o);
        bool answers = LAB_OPTIONS_ALL & (1U << o);
        CHECK_INT(status, answers ? LAB_EXIT_OK
                          : alone ? LAB_COMMAND_NONE
                                  : LAB_EXIT_USAGE);
        CHECK(alone || strstr(host_said(&host), "needs a command; it goes "));
        host_close(&host);
    }
}

TEST(options_that_exclude_each_other_are_refused) {
    static const char *const lines[] = {
        "run 3 --json --timeline", "timeline 3 --json lanes=loop",
        "lessons --check --write", "run 3 --schedule=seed:1 --clock=real"};
    for (size_t i = 0; i < countof(lines); i++) {
        struct host host;
        host_open(&host);
        CHECK_INT(host_run(&host, lines[i]), LAB_EXIT_USAGE);
        CHECK_STR(host_out(&host), "");
        host_close(&host);
    }
}

TEST(a_folder_of_demos_is_not_changed_once_they_are_loaded) {
    struct host host;
    host_open(&host);
    CHECK_INT(host_run(&host, "list"), LAB_EXIT_OK);
    CHECK_INT(host_run(&host, "list --demos=/nowhere"), LAB_EXIT_USAGE);
    CHECK(strstr(host_said(&host), "start looplab --demos=/nowhere"));
    CHECK_INT(host_run(&host, "list"), LAB_EXIT_OK);
    host_close(&host);
}

TEST(help_is_asked_for_with_one_dash_or_two) {
    static const char *const lines[] = {"run -h", "run -help", "-help run",
                                        "run 3 -help"};
    struct host host;
    host_open(&host);
    for (size_t i = 0; i < countof(lines); i++) {
        CHECK_INT(host_run(&host, lines[i]), LAB_EXIT_OK);
        CHECK(strncmp(host_out(&host), "run DEMO", 8) == 0);
    }
    CHECK_INT(host_run(&host, "-help"), LAB_EXIT_OK);
    CHECK(strncmp(host_out(&host), "looplab makes", 13) == 0);
    CHECK_INT(host_run(&host, "run -helper"), LAB_EXIT_USAGE);
    host_close(&host);
}

TEST(a_value_for_an_option_that_takes_none_is_refused_as_that) {
    static const char *const lines[][2] = {
        {"run 3 --json=1", "--json takes no value; leave \"=1\" out\n"},
        {"run 3 --timel=", "--timeline takes no value; leave \"=\" out\n"},
        {"run 3 --jsonn=1", "no option --jsonn; did you mean --json?\n"}};
    struct host host;
    host_open(&host);
    for (size_t i = 0; i < countof(lines); i++) {
        CHECK_INT(host_run(&host, lines[i][0]), LAB_EXIT_USAGE);
        CHECK_STR(host_said(&host), lines[i][1]);
    }
    host_close(&host);
}
