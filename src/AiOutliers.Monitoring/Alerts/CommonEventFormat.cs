using System.Globalization;
using AiOutliers.Detection;

namespace AiOutliers.Monitoring.Alerts;

/// <summary>CEF, the common event format: a head whose parts are separated by bars, then names and values.</summary>
internal static class CommonEventFormat
{
    /// <summary>What a value of the format may have.</summary>
    private const int Longest = 1023;

    public static string Of(AlertMessage message)
    {
        var severity = Math.Clamp((int)Math.Round(message.Severity / 10), 0, 10);
        var head = $"CEF:0|redBorder|rb-aioutliers|1|{Head(message.Kind)}|{Head(AlertWords.Title([message]))}|{severity}|";
        var values = new List<(string Name, string? Value)>
        {
            ("externalId", message.Incident), ("act", message.Event), ("start", Number(message.Start)), ("end", Number(message.Until)),
            ("cs1Label", "monitor"), ("cs1", message.Monitor), ("cs2Label", "entity"), ("cs2", AlertWords.Line(message.Entity)),
            ("cs3Label", "metric"), ("cs3", message.Metric), ("cfp1Label", "value"), ("cfp1", Number(message.Value)),
            ("cfp2Label", "expected"), ("cfp2", Number(message.Expected)), ("request", message.Link),
            ("msg", AlertWords.Line(message.Reason)),
        };
        return head + string.Join(' ', values.Where(static pair => pair.Value is { Length: > 0 })
            .Select(static pair => $"{pair.Name}={Value(pair.Value!)}"));
    }

    private static string? Number(double? value) => value?.ToString("0.###", CultureInfo.InvariantCulture);

    private static string Head(string text) => Value(text, '|');

    /// <summary>Without line breaks; a backslash before what would end the value.</summary>
    private static string Value(string text, char end = '=') =>
        OneLine.Of(text, Longest).Replace("\\", "\\\\").Replace($"{end}", $"\\{end}");
}
