#include "shell/doctor.h"

#include "base/die.h"
#include "base/json.h"
#include "shell/command.h"
#include "shell/option.h"
#include "view/rows.h"

static void put_json(struct lab_text *out, const struct lab_checkup *of) {
    bool is_fine = of->fix.length == 0;
    lab_text_put(out, "{");
    lab_json_put_member(out, "check", of->name);
    lab_json_put_key(out, "fine");
    lab_text_put(out, is_fine ? "true" : "false");
    lab_json_put_member(out, "is", lab_text_string(&of->is));
    lab_json_put_member(out, "fix", is_fine ? NULL : lab_text_string(&of->fix));
    lab_text_put(out, "}\n");
}

static void add_row(struct lab_rows *rows, const struct lab_checkup *of) {
    struct lab_text line = {0};
    if (of->fix.length)
        lab_text_printf(&line, "%s. Fix: %s", lab_text_string(&of->is),
                        lab_text_string(&of->fix));
    else
        lab_text_printf(&line, "fine: %s", lab_text_string(&of->is));
    lab_rows_add(rows, of->name, lab_text_string(&line));
    lab_text_free(&line);
}

static int doctor(struct lab_call *call) {
    struct lab_text text = {0};
    struct lab_rows rows = {0};
    struct lab_checkup of = {0};
    bool is_well = true;
    for (size_t i = 0; lab_doctor_check(call->shell, i, &of); i++) {
        is_well = is_well && of.fix.length == 0;
        if (call->options.json)
            put_json(&text, &of);
        else
            add_row(&rows, &of);
    }
    lab_rows_put(&rows, &text, &call->options.style);
    lab_pages_put(call->shell, &text);
    lab_text_free(&text);
    return is_well ? LAB_EXIT_OK : LAB_EXIT_FAILED;
}

LAB_COMMAND(doctor) = {
    .name = "doctor",
    .order = 886,
    .text = "say whether this machine has all that looplab needs",
    .help = "  doctor                      a line for each thing; status 1 if "
            "one has a fix\n"
            "  doctor --json               an object on a line for each\n",
    .options = LAB_OPTION_JSON | LAB_OPTIONS_WHICH | LAB_OPTION_LESSONS |
               LAB_OPTION_WIDTH | LAB_OPTION_COLOR,
    .run = doctor,
};
