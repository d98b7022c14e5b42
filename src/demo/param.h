// param.h - the values that a demo's parameters have in one run.

#ifndef LAB_DEMO_PARAM_H
#define LAB_DEMO_PARAM_H

#include "base/text.h"
#include "base/time.h"
#include "core/limit.h"
#include "demo/demo.h"
#include "demo/formula.h"

#include <stdbool.h>
#include <stddef.h>

// Values for one demo, in the unit of each parameter.
struct lab_settings {
    const struct lab_demo *demo; // borrowed, as the file is
    struct lab_demo_file *file;  // it was loaded from; NULL: from none
    int64_t values[LAB_DEMO_PARAMS];
    struct lab_values lists[LAB_DEMO_PARAMS]; // of those that are lists
    struct lab_limits limits; // of a run under the virtual clock
    bool unrecorded;          // no event is kept: nobody can look at it
    // What runs talk to outside; borrowed. NULL: nothing is started for them.
    struct lab_outside *outside;
};

// How many parameters, or variants, [demo] has.
size_t lab_param_count(const struct lab_demo *demo);
size_t lab_variant_count(const struct lab_demo *demo);

// The unit of [param]; "" if it is a count.
const char *lab_param_unit(const struct lab_parameter *param);

// Says that [demo] has no parameter of the [n] bytes at [name], and which was
// perhaps meant, or which there are.
void lab_param_put_unknown(struct lab_text *error, const struct lab_demo *demo,
                           const char *name, size_t n);

// Sets every value of [settings] to [demo]'s default.
void lab_settings_init(struct lab_settings *settings,
                       const struct lab_demo *demo);

// Reads "name=value". A time may say its unit (delay=1.5s, delay=200ms);
// without one it is in the parameter's own. In a list (delays=1,2,0.5s) the
// last unit also counts for the items without one.
//
// Errors: false, nothing set, with one sentence in [error]: the unknown name
//         with what was perhaps meant, or the value with the range.
bool lab_settings_assign(struct lab_settings *settings, const char *assignment,
                         struct lab_text *error);

// Reads a time as a parameter's value is read: "1.5s", "200ms", or a plain
// number of [unit]. False if [text] is none.
bool lab_param_time(const char *text, const char *unit, lab_time *time);

// Writes value [index] as lab_settings_assign reads it: "delay=1000 ms".
void lab_settings_put(const struct lab_settings *settings, size_t index,
                      struct lab_text *out);

// The same of the value alone, without its unit: "1000", "600,200".
void lab_settings_put_value(const struct lab_settings *settings, size_t index,
                            struct lab_text *out);

// Has parameter [index] its default value?
bool lab_settings_is_default(const struct lab_settings *settings, size_t index);

// The value of parameter [index] as laws and demos see it, item [item] of one
// that is a list: nanoseconds for a time, itself for a count.
int64_t lab_settings_value(const struct lab_settings *settings, size_t index);
int64_t lab_settings_item(const struct lab_settings *settings, size_t index,
                          size_t item);

// Looks up a parameter of the settings at [context], or "cores", as laws see
// it.
bool lab_settings_lookup(const void *context, const char *name,
                         struct lab_values *value);

// Reads the value of a parameter as a record has it, "1000" or "600,200", in
// [unit], as laws see it. False if it is none, or too large.
bool lab_param_read(const char *text, const char *unit,
                    struct lab_values *value);

// The cores that a virtual run has unless its parameter "cores" says so, and
// those of the machine that this process may use.
enum { LAB_CORES_VIRTUAL = 2 };
int lab_cores_real(void);

// Evaluates a law of settings->demo.
//
// Errors: false, with one sentence in [error].
bool lab_settings_law(const struct lab_settings *settings, const char *law,
                      int64_t *value, struct lab_text *error);

#endif
