# Completion of looplab's words in fish. looplab itself knows them.

function __looplab_complete
    set -l words (commandline -opc) (commandline -ct)
    set -l program (string replace -r '^~(?=/)' $HOME -- $words[1])
    set -l found
    if command -q $program
        set found ($program complete -- $words[2..-1] 2>/dev/null)
    end
    if set -q found[1]
        printf '%s\n' $found
    else # a file of commands, or one that an option names
        __fish_complete_path (commandline -ct)
    end
end

complete -c looplab -f -a '(__looplab_complete)'
