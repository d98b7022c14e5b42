// 02 waits: what is said of a demo that waits as a thread does?
//
// Each call is one that holds the thread. None is reached: what counts is that
// the demo has them.

#include "lab.h"

#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <semaphore.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t condition = PTHREAD_COND_INITIALIZER;
static sem_t semaphore;

static int never(void) {
    struct pollfd ends[2] = {{.fd = 0}, {.fd = 1}};
    nfds_t count = (nfds_t)lab_now(); // checked, if it may be too large
    int rc = usleep(1);
    rc += poll(ends, count, 1000);
    rc += select(0, NULL, NULL, NULL, NULL);
    rc += pthread_mutex_lock(&mutex);
    rc += pthread_cond_wait(&condition, &mutex);
    rc += sem_wait(&semaphore);
    rc += accept(0, NULL, NULL);
    rc += waitpid(0, NULL, 0);
    return rc;
}

static int wait_wrongly(void) {
    return lab_now() > LAB_S ? never() : 0;
}

const struct lab_demo lab_demo = {
    .name = "waits",
    .asks = "What is said of a demo that waits as a thread does?",
    .variants = {{"wrongly", wait_wrongly, "do nothing", "0"}}};
