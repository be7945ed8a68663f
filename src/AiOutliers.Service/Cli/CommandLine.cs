using System.CommandLine;
using System.Globalization;
using System.Runtime.CompilerServices;
using Spectre.Console;

namespace AiOutliers.Service.Cli;

/// <summary>From the words of the shell to an exit code.</summary>
internal static class CommandLine
{
    /// <summary><c>@name</c> is a file like any other, and not one with further words.</summary>
    private static readonly ParserConfiguration Words = new() { ResponseFileTokenReplacer = null };

    private static readonly string[] Services = ["serve", "schedule", "work", "train"];

    /// <summary>A worker may finish its job first, within what the configuration allows, and a training its epoch.</summary>
    private static readonly TimeSpan LongestEnd = TimeSpan.FromMinutes(12);

    /// <summary>A command may be waiting for standard input, which nothing but its end can stop.</summary>
    private static readonly TimeSpan ShortestEnd = TimeSpan.FromSeconds(1);

    /// <summary>Narrower charts cannot be read.</summary>
    private const int LeastWidth = 40;

    public static ParseResult Parse(IReadOnlyList<string> words) => AllCommands.Create().Parse(words, Words);

    public static async Task<int> RunAsync(IReadOnlyList<string> words)
    {
        var parsed = Parse(words);
        if (parsed.Errors.Count > 0 && parsed.Action is not { ClearsParseErrors: true })
            return Refuse(parsed);
        if (Columns() is { } width)
            SetWidth(width);
        return await parsed.InvokeAsync(new InvocationConfiguration
        {
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = Services.Contains(parsed.CommandResult.Command.Name) ? LongestEnd : ShortestEnd,
        });
    }

    /// <summary>How wide tables and help are in a pipe or a file, where <c>COLUMNS</c> says it.</summary>
    public static int? Columns() => System.Console.IsOutputRedirected
        && int.TryParse(Environment.GetEnvironmentVariable("COLUMNS"), NumberStyles.None, CultureInfo.InvariantCulture, out var width)
        && width >= LeastWidth ? width : null;

    /// <summary>Not inlined: the library of tables stays out of the memory of a service, which draws none.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void SetWidth(int width) => AnsiConsole.Profile.Width = width;

    /// <summary>Says on standard error what is wrong and what may have been meant; a command alone shows its help.</summary>
    private static int Refuse(ParseResult parsed)
    {
        var errors = System.Console.Error;
        var command = parsed.CommandResult.Command;
        if (parsed.UnmatchedTokens.Count == 0 && command.Subcommands.Count > 0 && command.Action is null)
        {
            Help(command).Invoke(new InvocationConfiguration { Output = errors });
            return ExitCode.BadInput;
        }
        var known = command.Subcommands.Select(static one => one.Name)
            .Concat(command.Options.SelectMany(static option => option.Aliases.Prepend(option.Name))).ToArray();
        foreach (var message in UsageErrors.Of(parsed, known))
            errors.WriteLine($"rb-aioutliers: {message}");
        errors.WriteLine($"`{PathOf(command)} --help` says what there is.");
        return ExitCode.BadInput;
    }

    private static ParseResult Help(Command command) => command.Parse(["--help"]);

    /// <summary>The command as one types it.</summary>
    public static string PathOf(Command command) =>
        command.Parents.OfType<Command>().FirstOrDefault() is { } parent ? $"{PathOf(parent)} {command.Name}" : "rb-aioutliers";
}
