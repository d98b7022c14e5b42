#include "shell/jobs.h"

#include "base/die.h"
#include "record/clock.h"
#include "record/state.h"
#include "shell/command.h"
#include "shell/option.h"
#include "view/line.h"
#include "view/rows.h"

static const char *name_of(const struct lab_job *job) {
    return job->stopping ? "stopping" : job->paused ? "paused" : "running";
}

// Appends how many tasks of the run live, and in which state they are.
static void put_tasks(struct lab_text *out, const struct lab_record *record) {
    size_t counts[LAB_IS_COUNT] = {0}, live = 0, shown = 0;
    struct lab_state *state = lab_state_new(record);
    lab_state_go(state, lab_record_count(record));
    for (size_t i = 0; i < state->tasks.count; i++) {
        const struct lab_state_task *task = lab_numbered_at(&state->tasks, i);
        int is = task->is == LAB_IS_NEW ? LAB_IS_READY : task->is;
        counts[is]++;
        live += is != LAB_IS_ENDED;
    }
    lab_state_free(state);
    lab_text_printf(out, "%zu live task%s", live, live == 1 ? "" : "s");
    for (int is = 0; is < LAB_IS_ENDED; is++)
        if (counts[is])
            lab_text_printf(out, "%s %zu %s", shown++ ? "," : ":", counts[is],
                            lab_is_name((enum lab_is)is));
}

// Appends what the command runs now, and how far it is.
static void put_run(struct lab_text *out, const struct lab_job *job) {
    const struct lab_progress *progress = lab_job_progress(job);
    if (!progress)
        return;
    const struct lab_comparison *comparison = progress->comparison;
    const struct lab_run *run = comparison->runs[comparison->count - 1];
    lab_text_put(out, ", clock ");
    lab_clock_put(out, comparison->clock);
    lab_text_printf(out, "; %s has ", run->name);
    put_tasks(out, run->record);
}

static void put_job(struct lab_rows *rows, const struct lab_job *job) {
    struct lab_text left = {0}, right = {0};
    lab_text_printf(&left, "[%d] %s", job->number, name_of(job));
    lab_text_printf(&right, "%s: for ", lab_text_string(&job->line));
    lab_line_time(&right, lab_clock_machine() - job->began);
    put_run(&right, job);
    if (job->paused)
        lab_text_put(&right, "; it needs the terminal, and fg brings it back");
    lab_rows_add(rows, lab_text_string(&left), lab_text_string(&right));
    lab_text_free(&left);
    lab_text_free(&right);
}

static int jobs(struct lab_call *call) {
    struct lab_rows rows = {0};
    struct lab_text text = {0};
    for (int number = 1; number <= LAB_JOBS_MOST; number++) {
        const struct lab_job *job = lab_jobs_find(call->shell, number);
        if (job && job->beside && job != call->job)
            put_job(&rows, job);
    }
    if (rows.count == 0) {
        lab_call_say(call, "Nothing runs beside the prompt. & at the end of a "
                           "command, or Ctrl-Z while it runs, lets it continue "
                           "there.");
        return LAB_EXIT_OK;
    }
    lab_rows_put(&rows, &text, &call->options.style);
    lab_shell_put(call->shell, &text);
    lab_text_free(&text);
    return LAB_EXIT_OK;
}

LAB_COMMAND(jobs) = {
    .name = "jobs",
    .order = 530,
    .text = "list what runs beside the prompt, and in what state",
    .help = "  jobs                        what & and Ctrl-Z have put there\n",
    .options = LAB_OPTION_WIDTH,
    .run = jobs,
};
