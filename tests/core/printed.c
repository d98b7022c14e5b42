// A check that fails prints, too. So no check is made while output is captured:
// the lines are kept, and compared when the run is over.

#include "core/printed.h"

#include "base/alloc.h"
#include "base/write.h"
#include "core/block.h"
#include "core/executor.h"
#include "core/here.h"
#include "core/loop.h"
#include "core/run.h"
#include "core/say.h"
#include "ending.h"
#include "record/record.h"
#include "test.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

// --- what was said

static struct lab_text heard;

static void on_say(void *sink, lab_time time, const char *who,
                   const char *line) {
    (void)sink;
    lab_text_printf(&heard, "%d %s: %s\n", (int)(time / LAB_S), who, line);
}

static int play(lab_fn *body, struct lab_clock clock, bool hears) {
    lab_text_free(&heard);
    lab_printed_init();
    int rc = lab_run(&(struct lab_run_options){.name = "root",
                                               .body = body,
                                               .clock = clock,
                                               .on_say = on_say,
                                               .captures_output = hears});
    lab_printed_term();
    return rc;
}

static void check_heard(lab_fn *body, const char *lines) {
    CHECK_INT(play(body, LAB_CLOCK_VIRTUAL, true), 0);
    CHECK_STR(lab_text_string(&heard), lines);
    lab_text_free(&heard);
}

// --- each way to print

static int print_each_way(void *arg) {
    printf("%s %d\n", "printf", 1);
    puts("puts");
    putchar('c');
    putchar('\n');
    fputs("fputs\n", stdout);
    fwrite("fwrite\n", 1, 7, stdout);
    fprintf(stderr, "stderr\n");
    errno = ENOENT;
    perror("perror");
    (void)arg;
    return 0;
}

TEST(a_line_is_said_whichever_way_it_is_printed) {
    check_heard(print_each_way,
                "0 root: printf 1\n0 root: puts\n0 root: c\n0 root: fputs\n"
                "0 root: fwrite\n0 root: stderr\n"
                "0 root: perror: No such file or directory\n");
}

static int write_each_way(void *arg) {
    (void)arg;
    bool all = write(STDOUT_FILENO, "one\ntwo\n", 8) == 8 &&
               write(STDERR_FILENO, "three\n", 6) == 6 &&
               write(STDOUT_FILENO, "", 0) == 0;
    return all ? 0 : LAB_EINVAL;
}

TEST(what_is_written_to_standard_output_or_error_is_said) {
    check_heard(write_each_way, "0 root: one\n0 root: two\n0 root: three\n");
}

static int print_controls(void *arg) {
    (void)arg;
    printf("\033[2J\r\a\n\n");
    return 0;
}

TEST(control_bytes_are_masked_and_an_empty_line_is_a_line) {
    check_heard(print_controls, "0 root: \\x1b[2J\\x0d\\x07\n0 root: \n");
}

static int print_bytewise(void *arg) {
    (void)arg;
    for (const char *at = "世界\n"; *at; at++)
        putchar(*at);
    putchar('\0');
    return 0;
}

TEST(a_character_printed_byte_by_byte_stays_whole_and_a_zero_is_masked) {
    check_heard(print_bytewise, "0 root: 世界\n0 root: \\x00\n");
}

// --- whose line it is

static int print_in_parts(void *arg) {
    const char *name = arg;
    printf("%s1 ", name);
    LAB_TRY(lab_sleep(LAB_S));
    printf("%s2\n%s3", name, name);
    LAB_TRY(lab_sleep(LAB_S));
    return 0;
}

static int print_in_two_tasks(void *arg) {
    lab_task *tasks[] = {lab_spawn("a", print_in_parts, "a"),
                         lab_spawn("b", print_in_parts, "b")};
    (void)arg;
    printf("of the root");
    return lab_gather(tasks, countof(tasks));
}

TEST(each_task_has_its_own_unfinished_line) {
    check_heard(print_in_two_tasks, "1 a: a1 a2\n1 b: b1 b2\n2 a: a3\n"
                                    "2 b: b3\n2 root: of the root\n");
}

static int print_in_job(void *arg) {
    (void)arg;
    printf("one, ");
    lab_block(LAB_S);
    printf("two\nthe rest");
    return 0;
}

static int offload_both(void *arg) {
    lab_pool *pool = lab_pool_new("pool", 1);
    LAB_TRY(lab_offload(pool, print_in_job, arg));
    return lab_offload(pool, print_in_job, arg);
}

TEST(what_a_job_prints_is_said_by_its_worker) {
    check_heard(offload_both, "1 pool-1: one, two\n1 pool-1: the rest\n"
                              "2 pool-1: one, two\n2 pool-1: the rest\n");
}

static int print_in_thread(void *arg) {
    (void)arg;
    printf("one, ");
    printf("two\nthe rest");
    return 0;
}

static int offload_one(void *arg) {
    return lab_offload(lab_pool_new("pool", 1), print_in_thread, arg);
}

static int play_really(void *arg) {
    int *rc = arg;
    *rc = play(offload_one, LAB_CLOCK_REAL, true);
    return 0;
}

TEST(what_a_job_prints_in_a_thread_is_said_by_its_worker) {
    int rc = -1;
    CHECK_INT(lab_loop_main("main", play_really, &rc), 0);
    CHECK_INT(rc, 0);
    CHECK_STR(lab_text_string(&heard),
              "0 pool-1: one, two\n0 pool-1: the rest\n");
    lab_text_free(&heard);
}

static int fail_to_end(void *arg) {
    (void)arg;
    printf("cut");
    return LAB_EINVAL;
}

static int cancel_printing(void *arg) {
    lab_task *task = lab_spawn("a", print_in_parts, "a");
    (void)arg;
    lab_ignore(lab_await(lab_spawn("b", fail_to_end, NULL)));
    lab_cancel(task);
    lab_ignore(lab_await(task)); // cancelled
    return 0;
}

TEST(an_unfinished_line_is_said_when_its_task_fails_or_is_cancelled) {
    check_heard(cancel_printing, "0 b: cut\n0 a: a1 \n");
}

static int print_long(void *arg) {
    (void)arg;
    putchar('x');
    for (int i = 0; i < 5000; i++)
        printf("é");
    printf("\nend\n");
    return 0;
}

TEST(a_long_line_is_said_in_parts_with_no_character_cut) {
    CHECK_INT(play(print_long, LAB_CLOCK_VIRTUAL, true), 0);
    CHECK_INT(heard.length, 1 + 5000 * strlen("é") + 3 * strlen("0 root: \n") +
                                strlen("0 root: end\n"));
    CHECK(!strstr(lab_text_string(&heard), "\\x"));
    lab_text_free(&heard);
}

static int print_garbage(void *arg) {
    (void)arg;
    for (int i = 0; i < 5000; i++)
        putchar(0x80);
    return 0;
}

TEST(a_long_line_that_has_no_characters_ends_as_well) {
    CHECK_INT(play(print_garbage, LAB_CLOCK_VIRTUAL, true), 0);
    CHECK_INT(heard.length, 5000 * strlen("\\x80") + 2 * strlen("0 root: \n"));
    lab_text_free(&heard);
}

// --- what demos do to the streams

static int print_line(void *arg) {
    (void)arg;
    printf("a line\n");
    return 0;
}

static char buffer[64]; // of a demo's own

static int buffer_it(void *arg) {
    (void)arg;
    setvbuf(stdout, buffer, _IOFBF, sizeof buffer);
    printf("buffered");
    return 0;
}

TEST(a_demos_own_buffer_is_written_out_and_taken_away) {
    check_heard(buffer_it, "0 root: buffered\n");
    memset(buffer, '?', sizeof buffer);
    check_heard(print_line, "0 root: a line\n");
    CHECK_INT(buffer[0], '?');
}

static int close_both(void *arg) {
    (void)arg;
    fclose(stdout);
    fclose(stderr);
    printf("printed\n");
    fprintf(stderr, "printed, too\n");
    return 0;
}

TEST(a_stream_that_a_demo_closes_is_replaced) {
    check_heard(close_both, "0 root: printed\n0 root: printed, too\n");
}

// --- the record

static int print_and_say(void *arg) {
    lab_here_set("demos/05_print.c", 7);
    printf("printed\n");
    lab_say("said");
    (void)arg;
    return 0;
}

TEST(the_record_does_not_give_a_printed_line_the_place_of_a_lab_call) {
    struct lab_record *record = lab_record_new();
    uint32_t lines[2];
    size_t count = 0;
    lab_printed_init();
    int rc = lab_run(&(struct lab_run_options){.name = "root",
                                               .body = print_and_say,
                                               .clock = LAB_CLOCK_VIRTUAL,
                                               .record = record,
                                               .captures_output = true});
    lab_printed_term();
    CHECK_INT(rc, 0);
    for (size_t i = 0; i < lab_record_count(record); i++)
        if (lab_record_at(record, i)->kind == LAB_EVENT_SAY && count < 2)
            lines[count++] = lab_record_at(record, i)->line;
    MUST(count == 2);
    CHECK_INT(lines[0], 0);
    CHECK_INT(lines[1], 7);
    lab_record_free(record);
}

// --- what is not heard

// Plays with standard output going to a pipe, and returns what came out of it.
static const char *play_into_pipe(lab_fn *body, bool hears) {
    static char out[256];
    int ends[2], before = dup(STDOUT_FILENO);
    if (!CHECK(pipe(ends) == 0))
        return "";
    fflush(stdout);
    dup2(ends[1], STDOUT_FILENO);
    int rc = play(body, LAB_CLOCK_VIRTUAL, hears);
    dup2(before, STDOUT_FILENO);
    close(before);
    close(ends[1]);
    ssize_t n = read(ends[0], out, sizeof out - 1);
    out[n > 0 ? n : 0] = '\0';
    close(ends[0]);
    CHECK_INT(rc, 0);
    return out;
}

TEST(in_other_runs_output_is_written_as_before) {
    CHECK_STR(play_into_pipe(write_each_way, false), "one\ntwo\n");
    CHECK_STR(lab_text_string(&heard), "");
    CHECK_STR(play_into_pipe(print_in_two_tasks, false),
              "of the roota1 b1 a2\na3b2\nb3");
}

static int print_ours(void *arg) {
    (void)arg;
    printf("theirs\n");
    return lab_write_whole(STDOUT_FILENO, "ours\n", 5);
}

TEST(what_looplab_itself_writes_is_written) {
    CHECK_STR(play_into_pipe(print_ours, true), "ours\n");
    CHECK_STR(lab_text_string(&heard), "0 root: theirs\n");
    lab_text_free(&heard);
}

static int write_elsewhere(void *arg) {
    int *ends = arg;
    bool fine = pipe(ends) == 0 && write(ends[1], "bytes", 5) == 5;
    errno = 0;
    bool refused = write(-1, "", 0) == -1 && errno == EBADF;
    return fine && refused ? 0 : LAB_EINVAL;
}

static int other_ends[2];

static int write_to_pipe(void *arg) {
    (void)arg;
    return write_elsewhere(other_ends);
}

TEST(other_descriptors_are_written_to_as_before) {
    char bytes[8] = "";
    check_heard(write_to_pipe, "");
    CHECK_INT(read(other_ends[0], bytes, sizeof bytes), 5);
    CHECK_STR(bytes, "bytes");
    close(other_ends[0]);
    close(other_ends[1]);
}

// --- a crash

static int print_clue(void *arg) {
    (void)arg;
    printf("a line before\n");
    fprintf(stderr, "a \033clue\n");
    abort();
}

static int print_half(void *arg) {
    (void)arg;
    printf("half a clue");
    abort();
}

static int offload_clue(void *arg) {
    return lab_offload(lab_pool_new("pool", 1), print_clue, arg);
}

static int crash_virtually(void *body) {
    lab_printed_init();
    return lab_run(&(struct lab_run_options){.name = "root",
                                             .body = *(lab_fn **)body,
                                             .clock = LAB_CLOCK_VIRTUAL,
                                             .captures_output = true});
}

static int crash_really(void *body) {
    lab_printed_init();
    return lab_run(&(struct lab_run_options){.name = "root",
                                             .body = *(lab_fn **)body,
                                             .clock = LAB_CLOCK_REAL,
                                             .on_say = on_say,
                                             .captures_output = true});
}

TEST(last_words_have_the_printed_line_that_nobody_has_seen) {
    static const struct {
        lab_fn *play, *body;
    } crashes[] = {{crash_virtually, print_clue},
                   {crash_virtually, offload_clue},
                   {crash_really, offload_clue}};
    for (size_t i = 0; i < countof(crashes); i++) {
        char words[1024];
        lab_fn *body = crashes[i].body;
        CHECK_INT(ending_of(crashes[i].play, &body, words, sizeof words),
                  SIGABRT);
        ending_has(words, ", having printed \"a \\x1bclue\"\n");
    }
}

TEST(last_words_have_the_unfinished_line) {
    char words[1024];
    lab_fn *body = print_half;
    CHECK_INT(ending_of(crash_really, &body, words, sizeof words), SIGABRT);
    ending_has(words, ", having printed \"half a clue\"\n");
}

TEST(last_words_do_not_repeat_what_was_seen) {
    char words[1024];
    lab_fn *body = print_clue;
    CHECK_INT(ending_of(crash_really, &body, words, sizeof words), SIGABRT);
    CHECK(!strstr(words, "having printed"));
}
