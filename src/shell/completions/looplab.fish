# Completion of looplab's words in fish. looplab itself knows them.

function __looplab_complete
    set -l words (commandline -opc) (commandline -ct)
    $words[1] complete -- $words[2..-1] 2>/dev/null
end

complete -c looplab -f -a '(__looplab_complete)'
