#include "judge.h"

#include "base/die.h"
#include "test.h"

#include <stdio.h>
#include <string.h>

enum { REPORTS = 3, CPU_MS = 3000 };

static size_t line_length(const char *line) {
    const char *end = strchr(line, '\n');
    return end ? (size_t)(end - line) + 1 : strlen(line);
}

// The place in [text] behind the first line that begins with these [n] bytes,
// and has no others if they end in a newline; or NULL.
static const char *behind(const char *text, const char *line, size_t n) {
    for (; *text; text += line_length(text))
        if (strncmp(text, line, n) == 0)
            return text + line_length(text);
    return NULL;
}

// Is every line of [part] in [whole], in the same order?
static bool in_order(const char *whole, const char *part) {
    for (; *part; part += line_length(part)) {
        whole = behind(whole, part, line_length(part));
        if (!whole)
            return false;
    }
    return true;
}

int judge_sentences(const struct play *clean, const struct play *now) {
    const char *whole = lab_text_string(&clean->err);
    const char *line = lab_text_string(&now->err);
    int count = 0;
    for (; *line; line += line_length(line)) {
        const char *rest = behind(whole, line, line_length(line));
        if (rest)
            whole = rest;
        else
            count++;
    }
    return count;
}

// Does all that [now] says on standard error come from us, in whole lines?
static bool are_sentences(const struct play *now) {
    const char *line = lab_text_string(&now->err);
    for (; *line; line += line_length(line))
        if ((strncmp(line, "looplab: ", 9) != 0 &&
             strncmp(line, "scenes: ", 8) != 0) ||
            line[line_length(line) - 1] != '\n')
            return false;
    return true;
}

static bool is_same(const struct lab_text *a, const struct lab_text *b) {
    return strcmp(lab_text_string(a), lab_text_string(b)) == 0;
}

// Has [now] ended as the clean play did? A law need not hold where the machine
// has other things to do, in either of them.
static bool ends_same(const struct sweep *sweep, const struct play *now) {
    int is = now->status, was = sweep->clean->status;
    return is == was || (sweep->scene->is_timed &&
                         (is == LAB_EXIT_OK || is == LAB_EXIT_FAILED) &&
                         (was == LAB_EXIT_OK || was == LAB_EXIT_FAILED));
}

// Why [now] neither absorbed the fault nor told of it; NULL if it did, and
// then [*verdict] says which.
static const char *look(const struct sweep *sweep, const struct play *now,
                        enum verdict *verdict) {
    const struct play *clean = sweep->clean;
    bool compares = !sweep->scene->is_timed && !sweep->scene->at_terminal;
    bool same = ends_same(sweep, now) && is_same(&now->err, &clean->err);
    *verdict = same ? ABSORBED : TOLD;
    if (now->hung || now->cpu_ms > CPU_MS)
        return "it never ended";
    if (now->status < 0)
        return "it died of a signal";
    if (now->status == LAB_EXIT_BUG)
        return "a promise was broken";
    if (!now->restored)
        return "the terminal was not given back";
    if (now->status != LAB_EXIT_OS && now->live != clean->live)
        return "memory of ours has leaked";
    if (now->status != LAB_EXIT_OS && now->files > clean->files)
        return "a descriptor has leaked";
    if (same)
        return compares && !is_same(&now->out, &clean->out)
                   ? "it said all went well, but the output is another"
                   : NULL;
    if (now->status == LAB_EXIT_OK)
        return "it complained, but ended well";
    if (sweep->scene->at_terminal
            ? !strstr(lab_text_string(&now->out), "looplab: ")
            : judge_sentences(clean, now) == 0 || !are_sentences(now))
        return "it failed without a sentence";
    if (compares &&
        !in_order(lab_text_string(&clean->out), lab_text_string(&now->out)))
        return "it told of a failure, but lost bytes of its output";
    return NULL;
}

void judge_wrong(struct sweep *sweep, const struct play *now, const char *what,
                 long at, const char *why) {
    if (sweep->wrong++ >= REPORTS)
        return;
    const char *const *words = sweep->scene->words;
    fprintf(stderr, "%s: %s number %ld (%s): %s\n",
            words[1] ? words[1] : "a script", sweep->fault, at, what, why);
    fprintf(stderr, "    status %d, %ld ms of computing\n", now->status,
            now->cpu_ms);
    fprintf(stderr, "    out: %.300s\n", lab_text_string(&now->out));
    fprintf(stderr, "    err: %.300s\n", lab_text_string(&now->err));
}

enum verdict judge(struct sweep *sweep, const struct play *now,
                   const char *what, long at) {
    enum verdict verdict;
    const char *why = look(sweep, now, &verdict);
    const struct scene *scene = sweep->scene;
    if (!why && scene->after && !scene->after(now))
        why = "the folder is not as it should be";
    if (why) {
        judge_wrong(sweep, now, what, at, why);
        return WRONG;
    }
    if (verdict == ABSORBED)
        sweep->absorbed++;
    else
        sweep->told++;
    return verdict;
}

void judge_end(const struct sweep *sweep) {
    printf("  %s: %ld plays, %ld absorbed, %ld told\n", sweep->fault,
           sweep->plays, sweep->absorbed, sweep->told);
    CHECK_INT(sweep->wrong, 0);
}
