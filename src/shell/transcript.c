#include "shell/transcript.h"

#include "base/alloc.h"
#include "base/read.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FILE_MOST = 16 << 20 }; // a longer file is hardly a session

// What stands before a command, as we show it and as a shell does.
static const char *const prompts[] = {"looplab>", "$ looplab ",
                                      "$ build/looplab ", "% looplab "};

const char *lab_transcript_command(const char *line) {
    const char *at = line + strspn(line, " \t");
    for (size_t i = 0; i < countof(prompts); i++) {
        size_t n = strlen(prompts[i]);
        if (strncmp(at, prompts[i], n) == 0)
            return at + n + (at[n] == ' ');
    }
    return line;
}

static bool is_empty(const char *line) {
    return line[strspn(line, " \t\r\n")] == '\0';
}

// The next line of [at] in [line], with its newline. Returns what follows it.
static const char *next_line(const char *at, const char *end,
                             struct lab_text *line) {
    const char *newline = memchr(at, '\n', (size_t)(end - at));
    const char *next = newline ? newline + 1 : end;
    lab_text_clear(line);
    lab_text_write(line, at, (size_t)(next - at));
    return next;
}

static bool is_session(const struct lab_text *text) {
    const char *at = lab_text_string(text), *end = at + text->length;
    struct lab_text line = {0};
    bool is = false;
    while (at < end && !is) {
        at = next_line(at, end, &line);
        const char *whole = lab_text_string(&line);
        is = lab_transcript_command(whole) != whole;
    }
    lab_text_free(&line);
    return is;
}

// --- line by line

void lab_transcript_look(struct lab_transcript *transcript, int fd) {
    struct stat about;
    struct lab_text text = {0};
    off_t at = lseek(fd, 0, SEEK_CUR);
    if (at < 0 || fstat(fd, &about) < 0 || !S_ISREG(about.st_mode))
        return;
    if (lab_read_rest(fd, FILE_MOST, &text) == 0)
        transcript->is_session = is_session(&text);
    lseek(fd, at, SEEK_SET);
    lab_text_free(&text);
}

bool lab_transcript_take(struct lab_transcript *transcript,
                         struct lab_text *line) {
    const char *whole = lab_text_string(line);
    const char *command = lab_transcript_command(whole);
    if (command == whole) {
        bool is_output = transcript->is_session;
        transcript->skipped += is_output && !is_empty(whole);
        return !is_output;
    }
    size_t n = (size_t)(command - whole);
    transcript->is_session = true;
    memmove(line->data, command, line->length - n + 1);
    line->length -= n;
    return true;
}

size_t lab_transcript_reduce(struct lab_text *text) {
    const char *at = lab_text_string(text), *end = at + text->length;
    struct lab_text line = {0}, kept = {0};
    struct lab_transcript transcript = {.is_session = is_session(text)};
    while (at < end) {
        at = next_line(at, end, &line);
        if (lab_transcript_take(&transcript, &line))
            lab_text_write(&kept, lab_text_string(&line), line.length);
    }
    lab_text_clear(text);
    lab_text_write(text, lab_text_string(&kept), kept.length);
    lab_text_free(&line);
    lab_text_free(&kept);
    return transcript.skipped;
}

bool lab_transcript_is_program(const struct lab_text *text) {
    static const char *const begins[] = {
        "import ", "from ", "async def ", "def ", "class ", "#include", "@"};
    const char *at = lab_text_string(text);
    at += strspn(at, " \t\r\n");
    const char *newline = strchr(at, '\n');
    if (!newline || is_empty(newline))
        return false; // a line alone is answered by itself
    for (size_t i = 0; i < countof(begins); i++)
        if (strncmp(at, begins[i], strlen(begins[i])) == 0)
            return true;
    return false;
}

void lab_transcript_put(struct lab_text *out, size_t skipped) {
    lab_text_printf(out,
                    "%zu line%s without a prompt %s left out: %s the output "
                    "of a session.",
                    skipped, skipped == 1 ? "" : "s",
                    skipped == 1 ? "was" : "were",
                    skipped == 1 ? "it is" : "they are");
}
