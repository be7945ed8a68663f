using System.CommandLine;

namespace AiOutliers.Service.Cli;

/// <summary><c>completion</c>: what a shell must know to complete commands and options. The program itself is asked at each tab.</summary>
internal static class CompletionCommand
{
    private const string Bash = """
        _rb_aioutliers() {
          local word="${COMP_WORDS[COMP_CWORD]}"
          local IFS=$'\n'
          COMPREPLY=($(compgen -W "$(rb-aioutliers "[suggest:$COMP_POINT]" "$COMP_LINE" 2> /dev/null)" -- "$word"))
          [ ${#COMPREPLY[@]} -gt 0 ] || COMPREPLY=($(compgen -f -- "$word"))
        }
        complete -o filenames -F _rb_aioutliers rb-aioutliers
        """;

    private const string Zsh = """
        #compdef rb-aioutliers
        _rb_aioutliers() {
          local -a found
          found=("${(@f)$(rb-aioutliers "[suggest:$CURSOR]" "$BUFFER" 2> /dev/null)}")
          [ -n "${found[1]}" ] && compadd -- "${found[@]}"
          _files
        }
        compdef _rb_aioutliers rb-aioutliers
        """;

    private const string Fish =
        """complete -c rb-aioutliers -a '(rb-aioutliers "[suggest:"(commandline -C)"]" (commandline -p) 2> /dev/null)'""";

    public static Command Create()
    {
        var command = new Command("completion", "Print what a shell must know to complete commands and options.");
        Add(command, "bash", Bash);
        Add(command, "zsh", Zsh);
        Add(command, "fish", Fish);
        return command;
    }

    private static void Add(Command command, string shell, string script)
    {
        var one = new Command(shell, $"For {shell}.");
        one.SetAction(_ => System.Console.WriteLine(script));
        command.Add(one);
    }
}
