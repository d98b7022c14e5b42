# Completion of looplab's words in bash. looplab itself knows them.
# shellcheck shell=bash

_looplab() {
    # bash cuts words at = and : too, looplab does not; so they are read anew.
    local line=${COMP_LINE:0:COMP_POINT} typed candidate skipped
    local -a words
    read -ra words <<<"$line"
    [[ $line == *[[:space:]] ]] && words+=("")
    typed=${words[-1]}
    skipped=${typed%"${typed##*[=:]}"}
    COMPREPLY=()
    while IFS=$'\t' read -r candidate _; do
        [[ $candidate == *[=:/] ]] && compopt -o nospace 2>/dev/null
        candidate=${candidate#"$skipped"}
        printf -v candidate %q "$candidate"
        COMPREPLY+=("$candidate")
    done < <("${words[0]/#\~\//$HOME/}" complete -- "${words[@]:1}" 2>/dev/null)
}

complete -o default -F _looplab looplab
