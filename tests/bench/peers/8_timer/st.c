#include "../common/bench.h"
#include <st.h>
int main(void) {
    double D[] = {1.3, 5, 10.7};
    st_set_eventsys(ST_EVENTSYS_ALT);
    st_init();
    for (int d = 0; d < 3; d++)
        for (int i = 0; i < 200; i++) {
            int64_t t = now_ns();
            st_usleep(D[d] * 1e3);
            char n[32];
            snprintf(n, 32, "late_%gms_us", D[d]);
            out(n, (now_ns() - t) / 1e3 - D[d] * 1e3);
        }
    return 0;
}
