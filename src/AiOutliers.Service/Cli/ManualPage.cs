using System.CommandLine;
using System.Globalization;

namespace AiOutliers.Service.Cli;

/// <summary><c>man</c>, hidden: the manual page, made from the same texts as the help. The packages install it.</summary>
internal static class ManualPage
{
    private const string ExitCodes = """
        .TP
        .B 0
        Done; of detect: judged, and nothing found.
        .TP
        .B 1
        Failure.
        .TP
        .B 2
        The input, an option or the configuration cannot be used.
        .TP
        .B 3
        detect found anomalies.
        .TP
        .B 4
        detect and selftest: too little to judge.
        .TP
        .B 130
        Stopped by Ctrl-C.
        """;

    public static Command Create(RootCommand root)
    {
        var command = new Command("man", "Print the manual page.") { Hidden = true };
        command.SetAction(_ => Write(System.Console.Out, root));
        return command;
    }

    public static void Write(TextWriter page, RootCommand root)
    {
        page.WriteLine(".TH RB-AIOUTLIERS 1");
        page.WriteLine(".SH NAME");
        page.WriteLine("rb\\-aioutliers \\- " + Escaped(root.Description!).TrimEnd('.'));
        page.WriteLine(".SH SYNOPSIS");
        page.WriteLine(".B rb\\-aioutliers\n.I COMMAND\n[options]");
        page.WriteLine(".SH COMMANDS");
        foreach (var command in root.Subcommands.Where(static command => !command.Hidden))
            Write(page, command);
        page.WriteLine(".SH EXIT STATUS");
        page.WriteLine(ExitCodes);
        page.WriteLine(".SH FILES");
        page.WriteLine(".TP\n.I config.ini\nThe configuration; environment variables Section__key override it.");
    }

    private static void Write(TextWriter page, Command command)
    {
        page.WriteLine(".SS " + Escaped(CommandLine.PathOf(command)["rb-aioutliers ".Length..] + Arguments(command)));
        page.WriteLine(Escaped(command.Description ?? ""));
        foreach (var argument in command.Arguments)
            Item(page, argument.Name, argument.Description);
        foreach (var option in command.Options.Where(static option => !option.Hidden))
            Item(page, option.Name + (option.ValueType == typeof(bool) ? "" : " " + ValueOf(option)), option.Description);
        foreach (var example in Examples.Of(CommandLine.PathOf(command)))
            page.WriteLine(".PP\n.nf\n  " + Escaped(example) + "\n.fi");
        foreach (var below in command.Subcommands)
            Write(page, below);
    }

    private static string Arguments(Command command) =>
        string.Concat(command.Arguments.Select(static argument => string.Create(CultureInfo.InvariantCulture, $" [{argument.Name}]")));

    private static string ValueOf(Option option) => option.Name[2..].ToUpperInvariant();

    private static void Item(TextWriter page, string name, string? description) =>
        page.WriteLine($".TP\n.B {Escaped(name)}\n{Escaped(description ?? "")}");

    /// <summary>A hyphen of a name stays one; a dot or an apostrophe at the start of a line would be a command.</summary>
    private static string Escaped(string text)
    {
        text = text.Replace("\\", "\\e", StringComparison.Ordinal).Replace("-", "\\-", StringComparison.Ordinal);
        return text.StartsWith('.') || text.StartsWith('\'') ? "\\&" + text : text;
    }
}
