// What comes of the waits for streams, when a result, an error, a cancel and a
// timeout all happen in one turn.

#include "core/scene.h"

#include "core/transport_internal.h"

static const char home[] = "memory:home";

static struct {
    lab_stream *ends[2], *listener, *peer;
    int written, got; // bytes; or connections
} stage;

// --- reading: each byte that was written was read, or is there

static void prepare_read(void) {
    memset(&stage, 0, sizeof stage);
    CHECK_INT(lab_stream_pair(stage.ends), 0);
}

static void happen_to_reader(char what) {
    if (what == 'r')
        stage.written += lab_write(stage.ends[1], "x", 1) == 0;
    else
        lab_close(stage.ends[1]);
}

static int read_one(void *arg) {
    char in = '.';
    (void)arg;
    int rc = lab_read(stage.ends[0], &in, 1);
    CHECK_INT(in, rc == 1 ? 'x' : '.');
    stage.got += rc == 1;
    return rc;
}

static int read_two(void *arg) {
    char in[2] = "..";
    (void)arg;
    int rc = lab_read_exactly(stage.ends[0], in, 2);
    CHECK(rc < 0 && in[0] == '.');
    return rc;
}

static void clear_pair(void) {
    char in[4];
    lab_close(stage.ends[1]);
    int left = lab_read(stage.ends[0], in, sizeof in);
    CHECK_INT(stage.written - stage.got, left > 0 ? left : 0);
    lab_close(stage.ends[0]);
}

VIRTUAL_TEST(in_one_turn_a_byte_is_read_or_there) {
    check_by_tasks(&(struct form){.prepare = prepare_read,
                                  .happen = happen_to_reader,
                                  .wait = read_one,
                                  .error = LAB_EOF,
                                  .clear = clear_pair});
}

// What there is of it stays. One byte wakes the reader, which then sees the
// end, and does not have to wait to be told of the cancel.
VIRTUAL_TEST(in_one_turn_half_of_what_is_read_exactly_stays) {
    const struct form form = {.prepare = prepare_read,
                              .happen = happen_to_reader,
                              .wait = read_two,
                              .error = LAB_EOF,
                              .clear = clear_pair};
    CHECK_STR(outcomes(&form, IN_TIME), "cccccc eeeeee eeeeee cceeee");
    check_under_seeds(&form, BY_OTHERS);
    check_under_seeds(&form, IN_TIME);
}

// --- accepting: the door is closed in the end, and who was not taken in knows

static void prepare_accept(void) {
    memset(&stage, 0, sizeof stage);
    CHECK_INT(lab_listen(&stage.listener, home), 0);
}

static void happen_to_accepter(char what) {
    if (what == 'r')
        lab_ignore(lab_connect(&stage.peer, home, LAB_FOREVER));
    else
        lab_close(stage.listener);
}

static int take_in(void *arg) {
    lab_stream *one;
    (void)arg;
    int rc = lab_accept(stage.listener, &one);
    CHECK((rc == 0) == (one != NULL));
    stage.got += rc == 0;
    lab_close(one);
    return rc;
}

static void clear_peer(void) {
    char in;
    if (stage.peer)
        CHECK_INT(lab_read(stage.peer, &in, 1),
                  stage.got > 0 ? LAB_EOF : LAB_ECONNRESET);
}

VIRTUAL_TEST(in_one_turn_who_connects_is_taken_in_or_turned_away) {
    const struct form form = {.prepare = prepare_accept,
                              .happen = happen_to_accepter,
                              .wait = take_in,
                              .error = LAB_EBADF,
                              .clear = clear_peer};
    CHECK_STR(outcomes(&form, IN_TIME), "cccccc eeeeee eeeeee cceeee");
    CHECK_STR(outcomes(&form, BY_OTHERS), "cccccc cccttt cccttt tttttt");
    check_under_seeds(&form, BY_OTHERS);
    check_under_seeds(&form, IN_TIME);
}

// --- connecting where all places are taken

static void prepare_connect(void) {
    prepare_accept();
    for (int i = 0; i < BACKLOG; i++)
        happen_to_accepter('r');
    stage.peer = NULL;
}

static void happen_to_caller(char what) {
    lab_stream *first;
    if (what == 'r') // which makes room, if it is open
        lab_ignore(lab_accept(stage.listener, &first));
    else
        lab_close(stage.listener);
}

static int connect_within(lab_time limit) {
    int rc = lab_connect(&stage.peer, home, limit);
    CHECK((rc == 0) == (stage.peer != NULL));
    return rc;
}

VIRTUAL_TEST(in_one_turn_who_stands_in_line_is_connected_or_gone) {
    check_by_tasks(&(struct form){.prepare = prepare_connect,
                                  .happen = happen_to_caller,
                                  .wait_within = connect_within,
                                  .error = LAB_ECONNREFUSED,
                                  .clear = clear_peer});
}
