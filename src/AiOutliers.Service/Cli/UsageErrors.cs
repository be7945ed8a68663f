using System.CommandLine;
using System.Text.RegularExpressions;
using AiOutliers.Detection;

namespace AiOutliers.Service.Cli;

/// <summary>What is wrong with the words of a command line, in a line each. A mistake that explains the others stands alone.</summary>
internal static partial class UsageErrors
{
    private const string Unmatched = "Unrecognized command or argument";

    private const string NoCommand = "Required command was not provided.";

    /// <param name="parsed">The words.</param>
    /// <param name="known">What may have been meant.</param>
    public static IReadOnlyList<string> Of(ParseResult parsed, IReadOnlyCollection<string> known)
    {
        var errors = parsed.Errors.Select(static error => error.Message).Distinct();
        string[] messages = [.. errors.Select(message => Suggesting(message, parsed, known))];
        if (Array.Find(messages, static message => message.Contains("Did you mean", StringComparison.Ordinal)) is { } cause)
            return [cause];
        // Behind a word that is not understood, the others are not, either.
        var isFirst = true;
        return messages.Length == 1 ? messages : [.. messages.Where(message => message.StartsWith(Unmatched, StringComparison.Ordinal)
            ? isFirst && !(isFirst = false)
            : message != NoCommand)];
    }

    private static string Suggesting(string message, ParseResult parsed, IReadOnlyCollection<string> known)
    {
        var word = parsed.UnmatchedTokens.FirstOrDefault(token => message.Contains($"'{token}'", StringComparison.Ordinal));
        return Plain(message) + (word is null ? "" : Similar.Hint(word, known));
    }

    private static string Plain(string message)
    {
        if (WrongType().Match(message) is { Success: true } type)
            return $"{type.Groups["option"].Value} takes {Words(type.Groups["type"].Value)}, not '{type.Groups["word"].Value}'.";
        if (NoValue().Match(message) is { Success: true } option)
            return $"{option.Groups["option"].Value} needs a value.";
        return NotOneOf().Match(message) is { Success: true } choice
            ? $"'{choice.Groups["word"].Value}' is not one of "
                + $"{string.Join(", ", choice.Groups["one"].Captures.Select(static one => one.Value))}."
            : message;
    }

    private static string Words(string type) => type switch
    {
        _ when type.Contains("Double", StringComparison.Ordinal) => "a number",
        _ when type.Contains("UInt", StringComparison.Ordinal) => "a whole number of at least 0",
        _ when type.Contains("Int", StringComparison.Ordinal) => "a whole number",
        _ when type.Contains("DateTime", StringComparison.Ordinal) => "a time such as 2024-09-24 or 2024-09-24T14:30:00Z",
        _ => "another value",
    };

    [GeneratedRegex("^Cannot parse argument '(?<word>.*)' for (option|command) '(?<option>.*)' as expected type '(?<type>.*)'")]
    private static partial Regex WrongType();

    [GeneratedRegex("^Required argument missing for option: '(?<option>.*)'")]
    private static partial Regex NoValue();

    [GeneratedRegex(@"^Argument '(?<word>.*)' not recognized\. Must be one of:(\s*'(?<one>[^']*)')+\s*$")]
    private static partial Regex NotOneOf();
}
