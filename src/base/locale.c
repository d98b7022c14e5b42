#include "base/locale.h"

#include <locale.h>
#include <stdbool.h>

void lab_locale_choose(void) {
    static bool is_chosen;
    if (!is_chosen)
        setlocale(LC_CTYPE, "");
    is_chosen = true;
}
