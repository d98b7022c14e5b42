// Which addresses there are, and who is found at them in a run.

#include "test.h"

#include "base/alloc.h"
#include "core/stream.h"
#include "core/task.h"

#include <string.h>

static const char home[] = "tcp:127.0.0.1:80";

VIRTUAL_TEST(nobody_listens_so_it_is_refused) {
    lab_stream *peer, *listener;
    CHECK_INT(lab_connect(&peer, home, LAB_S), LAB_ECONNREFUSED);
    CHECK(peer == NULL);
    CHECK_INT(lab_connect(&peer, "unix:/dev/null", LAB_S), LAB_ECONNREFUSED);
    CHECK_INT(lab_connect(&peer, "memory:none", LAB_S), LAB_ECONNREFUSED);
    MUST(lab_listen(&listener, home) == 0);
    CHECK_INT(lab_connect(&peer, "tcp:127.0.0.1:81", LAB_S), LAB_ECONNREFUSED);
    CHECK_INT(lab_connect(&peer, "tcp:127.0.0.2:80", LAB_S), LAB_ECONNREFUSED);
    CHECK_INT(lab_connect(&peer, home, LAB_S), 0);
    lab_close(listener);
    CHECK_INT(lab_connect(&peer, home, LAB_S), LAB_ECONNREFUSED);
    CHECK_INT(lab_now(), 0);
}

VIRTUAL_TEST(the_outside_is_refused_with_a_sentence) {
    lab_stream *peer;
    CHECK_INT(lab_connect(&peer, "tcp:192.0.2.1:80", LAB_S), LAB_EOUTSIDE);
    CHECK_INT(lab_connect(&peer, "tcp:[2001:db8::1]:80", LAB_S), LAB_EOUTSIDE);
    CHECK_INT(lab_listen(&peer, "tcp:192.0.2.1:80"), LAB_EOUTSIDE);
    CHECK(peer == NULL);
    CHECK_STR(lab_error_text(LAB_EOUTSIDE),
              "under the virtual clock only connections inside the run exist");
}

VIRTUAL_TEST(what_is_no_address_is_refused) {
    static const char *const wrong[] = {
        "",
        "127.0.0.1:80",
        "tcp:127.0.0.1",
        "tcp:127.0.0.1:",
        "tcp:127.0.0.1:65536",
        "tcp:127.0.0.1:000080",
        "tcp:127.0.0.1:8x",
        "tcp:127.0.0.1:-1",
        "tcp:localhost:80",
        "tcp::80",
        "tcp:[::1:80",
        "tcp:[::1]80",
        "tcp:[127.0.0.1]:80",
        "tcp:[0000:0000:0000:0000:0000:0000:0000:0000:0000:0000:0001]:80",
        "unix:",
        "memory:",
        "udp:127.0.0.1:80",
    };
    lab_stream *stream;
    char path[200] = "unix:";
    for (size_t i = 0; i < countof(wrong); i++) {
        CHECK_INT(lab_listen(&stream, wrong[i]), LAB_EINVAL);
        CHECK_INT(lab_connect(&stream, wrong[i], LAB_S), LAB_EINVAL);
        CHECK(stream == NULL);
    }
    memset(path + 5, 'x', 108);
    CHECK_INT(lab_listen(&stream, path), LAB_EINVAL);
    path[5 + 107] = 0; // fits
    CHECK_INT(lab_listen(&stream, path), 0);
}

static int port_of(const char *address) {
    lab_stream *stream;
    int rc = lab_listen(&stream, address);
    return rc < 0 ? rc : lab_port(stream);
}

VIRTUAL_TEST(port_0_is_the_next_one) {
    lab_stream *peer;
    CHECK_INT(port_of("tcp:127.0.0.1:40001"), 40001);
    CHECK_INT(port_of("tcp:127.0.0.1:0"), 40000);
    CHECK_INT(port_of("tcp:127.0.0.1:0"), 40002); // the other is taken
    CHECK_INT(port_of("tcp:[::1]:0"), 40003);
    CHECK_INT(port_of("unix:/x"), 0);
    MUST(lab_connect(&peer, "tcp:127.0.0.1:40002", LAB_S) == 0);
    CHECK_INT(lab_port(peer), 40002);
}

VIRTUAL_TEST(an_address_is_listened_on_once) {
    lab_stream *listener;
    MUST(lab_listen(&listener, home) == 0);
    CHECK_INT(port_of(home), LAB_EADDRINUSE);
    CHECK_INT(port_of("tcp:0.0.0.0:80"), LAB_EADDRINUSE);
    CHECK_INT(port_of("tcp:127.0.0.2:80"), 80);
    CHECK_INT(port_of("tcp:[::1]:80"), 80);
    CHECK_INT(port_of("unix:80"), 0);
    CHECK_INT(port_of("memory:80"), 0);
    CHECK_INT(port_of("memory:80"), LAB_EADDRINUSE);
    lab_close(listener);
    CHECK_INT(port_of(home), 80);
}

static bool is_reached(const char *address) {
    lab_stream *peer;
    return lab_connect(&peer, address, LAB_S) == 0;
}

VIRTUAL_TEST(a_listener_on_all_addresses_hears_each) {
    CHECK_INT(port_of("tcp:0.0.0.0:80"), 80);
    CHECK_INT(port_of("tcp:[::]:90"), 90);
    CHECK(is_reached(home));
    CHECK(is_reached("tcp:127.1.2.3:80"));
    CHECK(is_reached("tcp:[::1]:90"));
    CHECK(is_reached("tcp:127.0.0.1:90"));
    CHECK(!is_reached("tcp:127.0.0.1:100"));
}
