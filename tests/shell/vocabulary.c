#include "shell/vocabulary.h"

#include "base/alloc.h"
#include "base/read.h"
#include "shell/command.h"
#include "shell/host.h"
#include "test.h"

#include <ctype.h>
#include <glob.h>

// --- the words of tables and pictures

// Words of every day that need no explanation, at the beginning of a head.
static bool is_plain(const char *words) {
    static const char *const plain[] = {"who",   "to",     "time", "asked",
                                        "ran",   "waited", "busy", "result",
                                        "ended", "what",   "call", "timeout"};
    size_t n = strcspn(words, " ");
    for (size_t i = 0; i < countof(plain); i++)
        if (strlen(plain[i]) == n && strncmp(words, plain[i], n) == 0)
            return true;
    return false;
}

// All of it is a word, or what it begins with: "waits for", "a job starts".
static void check_known(const char *words, size_t length, const char *path) {
    struct lab_text text = {0};
    lab_text_write(&text, words, length);
    lab_text_trim(&text);
    const char *string = lab_text_string(&text);
    string += strspn(string, " ");
    string += strncmp(string, "a ", 2) == 0 ? 2 : 0;
    if (*string && !lab_word_find(string) && !is_plain(string)) {
        struct lab_text first = {0};
        lab_text_write(&first, string, strcspn(string, " "));
        if (!CHECK(lab_word_find(lab_text_string(&first))))
            CHECK_STR(string, path);
        lab_text_free(&first);
    }
    lab_text_free(&text);
}

#define RULE "─"
enum { RULE_BYTES = sizeof RULE - 1, LEGEND_BYTES = 3 };

// Checks the heads at [heads], of columns that the rules at [line] are under.
static size_t check_heads(const char *heads, const char *line,
                          const char *path) {
    size_t column = 0, count = 0, length = strcspn(heads, "\n");
    while (*line == ' ' || strncmp(line, RULE, RULE_BYTES) == 0) {
        size_t n = 0;
        while (strncmp(line, RULE, RULE_BYTES) == 0)
            line += RULE_BYTES, n++;
        if (n > 0 && column < length) {
            size_t rest = length - column;
            check_known(heads + column, n < rest ? n : rest, path);
            count++;
        }
        column += n;
        while (*line == ' ')
            line++, column++;
    }
    return *line == '\n' ? count : 0;
}

// Is a line of rules alone at [line], as it is below heads?
static bool is_rules(const char *line) {
    bool any = false, gap = false;
    for (;; line++) {
        if (strncmp(line, RULE, RULE_BYTES) == 0)
            line += RULE_BYTES - 1, any = true;
        else if (*line == ' ')
            gap |= any;
        else
            return any && gap && *line == '\n';
    }
}

// Is an item of a legend at [at]: a glyph, a space and a word?
static bool is_item(const char *at) {
    return (at[0] & 0xe0) == 0xe0 && at[1] && at[2] && at[3] == ' ' &&
           islower((unsigned char)at[4]);
}

// Checks the items of the legend at [line]; none if that is no legend.
static size_t check_legend(const char *line, const char *path) {
    size_t count = 0;
    const char *at = line;
    while (is_item(at)) {
        at += 4;
        size_t n = strcspn(at, "\n"), item = 0;
        while (item < n && strncmp(at + item, "  ", 2) != 0)
            item++;
        check_known(at, item, path);
        at += item + strspn(at + item, " ");
        count++;
    }
    return count;
}

static void check_file(const char *path, size_t *heads, size_t *items) {
    struct lab_text text = {0};
    const char *before = "";
    CHECK_INT(lab_read_file(path, SIZE_MAX, &text), 0);
    for (const char *line = text.data; line && *line;) {
        const char *end = strchr(line, '\n');
        const char *start = line + strspn(line, " ");
        if (is_rules(line))
            *heads += check_heads(before, line, path);
        *items += check_legend(start, path);
        before = line;
        line = end ? end + 1 : NULL;
    }
    lab_text_free(&text);
}

TEST(heads_of_tables_and_legends_of_pictures_are_explained) {
    static const char *const patterns[] = {
        LAB_LESSONS_DIR "/*.md", LAB_LESSONS_DIR "/../tests/view/golden/*.txt"};
    size_t heads = 0, items = 0;
    for (size_t i = 0; i < countof(patterns); i++) {
        glob_t found;
        CHECK_INT(glob(patterns[i], 0, NULL, &found), 0);
        for (size_t k = 0; k < found.gl_pathc; k++)
            check_file(found.gl_pathv[k], &heads, &items);
        globfree(&found);
    }
    CHECK(heads > 300 && items > 100);
}

// --- each word

TEST(each_word_is_explained_in_sentences_and_named_once) {
    const struct lab_word *word;
    struct host host;
    host_open(&host);
    host.shell.options.style.width = 200; // no sentence is wrapped
    for (size_t i = 0; (word = lab_word_at(i)); i++) {
        struct lab_text name = {0}, line = {0};
        size_t n = strlen(word->text), first = strcspn(word->see, " ");
        lab_text_write(&name, word->names, strcspn(word->names, ","));
        CHECK(isupper((unsigned char)word->text[0]));
        CHECK(n > 0 && word->text[n - 1] == '.');
        CHECK(word->lesson >= 0 && word->lesson <= 27);
        CHECK(lab_word_find(lab_text_string(&name)) == word);
        lab_text_printf(&line, "help %s", lab_text_string(&name));
        CHECK_INT(host_run(&host, lab_text_string(&line)), LAB_EXIT_OK);
        if (!CHECK(strstr(host_out(&host), word->text)))
            CHECK_STR(word->names, host_out(&host));
        lab_text_clear(&line);
        lab_text_write(&line, word->see, first);
        CHECK(!first || lab_command_find(lab_text_string(&line)));
        lab_text_free(&name);
        lab_text_free(&line);
    }
    host_close(&host);
}

static const char *found(const char *name) {
    const struct lab_word *word = lab_word_find(name);
    return word ? word->names : "";
}

TEST(a_word_is_found_by_each_spelling_and_its_plural) {
    CHECK_STR(found("gap"), "gap, longest gap");
    CHECK_STR(found("longest gap"), "gap, longest gap");
    CHECK_STR(found("Gaps"), "gap, longest gap");
    CHECK_STR(found("beats"), "mark, beat, heartbeat");
    CHECK_STR(found("ga"), "");
    CHECK_STR(found("longest"), "");
    CHECK_STR(found("s"), "");
    CHECK_STR(found(""), "");
}

TEST(explain_says_what_words_of_views_mean) {
    struct host host;
    host_open(&host);
    CHECK_INT(host_run(&host, "explain gap"), LAB_EXIT_OK);
    CHECK_STR(host_out(&host),
              "gap, longest gap\n"
              "  A time without a mark; the longest one shows for how long "
              "something was held\n    up.\n"
              "  Try: table 2\n"
              "  Read: lesson 2\n");
    CHECK_INT(host_run(&host, "explain turn"), LAB_EXIT_OK);
    CHECK(strncmp(host_out(&host), "turn\n", 5) == 0);
    CHECK(strstr(host_out(&host), "\n\nThese codes have to do with \"turn\":"));
    CHECK_INT(host_run(&host, "explain gather"), LAB_EXIT_OK);
    CHECK(strstr(host_out(&host), "In looplab: lab_gather\n"));
    host_close(&host);
}
