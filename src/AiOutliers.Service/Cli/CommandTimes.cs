using System.CommandLine;
using System.CommandLine.Parsing;
using AiOutliers.Druid.Responses;

namespace AiOutliers.Service.Cli;

/// <summary>Times on the command line: ISO 8601, without an offset in UTC; or a number since 1970.</summary>
internal static class CommandTimes
{
    public static Option<DateTimeOffset?> Option(string name, string description) =>
        new(name) { Description = description, CustomParser = Parse };

    public static Argument<DateTimeOffset> Argument(string name, string description) =>
        new(name) { Description = description, CustomParser = static result => Parse(result) ?? default };

    private static DateTimeOffset? Parse(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (Timestamps.TryParse(text, out var time))
            return DateTimeOffset.FromUnixTimeMilliseconds(time);
        var name = result.Parent is OptionResult option ? option.Option.Name : result.Argument.Name;
        result.AddError($"{name} '{text}' is not an ISO 8601 time such as 2024-09-24 or 2024-09-24T14:30:00Z.");
        return null;
    }
}
