#include "../common/bench.h"
#include <netinet/in.h>
#include <st.h>
#include <sys/socket.h>
static void *cl(void *x) {
    st_netfd_t f = x;
    char b[4096];
    for (;;) {
        ssize_t n = st_read(f, b, sizeof b, ST_UTIME_NO_TIMEOUT);
        if (n <= 0)
            break;
        if (st_write(f, b, n, ST_UTIME_NO_TIMEOUT) != n)
            break;
    }
    st_netfd_close(f);
    return 0;
}
int main(int c, char **v) {
    int port = argn(c, v, 1, 9000);
    st_set_eventsys(ST_EVENTSYS_ALT);
    st_init();
    int s = socket(AF_INET, SOCK_STREAM, 0), one = 1;
    setsockopt(s, SOL_SOCKET, SO_REUSEADDR, &one, 4);
    struct sockaddr_in a = {.sin_family = AF_INET, .sin_port = htons(port)};
    a.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (bind(s, (void *)&a, sizeof a) || listen(s, 512))
        return 1;
    st_netfd_t l = st_netfd_open_socket(s);
    for (;;) {
        st_netfd_t f = st_accept(l, 0, 0, ST_UTIME_NO_TIMEOUT);
        if (!f)
            continue;
        setsockopt(st_netfd_fileno(f), 6, 1, &one, 4);
        st_thread_create(cl, f, 0, 0);
    }
}
