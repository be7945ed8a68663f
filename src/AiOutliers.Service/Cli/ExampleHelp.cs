using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace AiOutliers.Service.Cli;

/// <summary>The help of a command, with examples below it.</summary>
internal sealed class ExampleHelp(HelpAction help) : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        var output = parseResult.InvocationConfiguration.Output;
        if (CommandLine.Columns() is { } width)
            help.MaxWidth = width;
        var result = help.Invoke(parseResult);
        if (Examples.Of(CommandLine.PathOf(parseResult.CommandResult.Command)) is not { Count: > 0 } examples)
            return result;
        output.WriteLine("Examples:");
        foreach (var example in examples)
            output.WriteLine($"  {example}");
        output.WriteLine();
        return result;
    }
}
