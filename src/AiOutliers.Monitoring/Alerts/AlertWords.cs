using System.Globalization;
using System.Text;
using AiOutliers.Detection;

namespace AiOutliers.Monitoring.Alerts;

/// <summary>Messages in words: what, where, how much instead of how much, since when, how severe, why.</summary>
internal static class AlertWords
{
    private const int LongestName = 200, MostMembers = 3;

    public static string Title(IReadOnlyList<AlertMessage> messages)
    {
        var worst = messages.MaxBy(static message => message.Severity)!;
        var more = messages.Count > 1 ? $" and {messages.Count - 1} more" : "";
        return $"{Verb(worst.Event)}{worst.Kind.Replace('_', ' ')} of {Line(worst.Metric)}{Of(worst)}{more} ({worst.Monitor})";
    }

    public static string Text(IReadOnlyList<AlertMessage> messages)
    {
        var text = new StringBuilder();
        foreach (var message in messages)
            Append(text, message);
        return text.ToString();
    }

    /// <summary>A name as text on one line, whatever it holds.</summary>
    public static string Line(string name) => OneLine.Of(name, LongestName);

    public static string Time(long time) =>
        DateTimeOffset.FromUnixTimeMilliseconds(time).ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);

    private static void Append(StringBuilder text, AlertMessage message)
    {
        text.Append(Verb(message.Event)).Append(message.Kind.Replace('_', ' ')).Append(" of ").Append(Line(message.Metric))
            .Append(Of(message)).Append('\n');
        if (message is { Value: { } value, Expected: { } expected })
            text.Append(CultureInfo.InvariantCulture, $"  {Quantity.Short(value)} where {Quantity.Short(expected)} was expected\n");
        text.Append(CultureInfo.InvariantCulture, $"  since {Time(message.Start)}");
        if (message.Event == AlertMessage.End)
            text.Append(CultureInfo.InvariantCulture, $", over since {Time(message.Until)}");
        text.Append(CultureInfo.InvariantCulture, $"; severity {message.Severity:0}\n  {Line(message.Reason)}\n");
        if (message.Members.Count > 0)
            text.Append("  with ").AppendJoin("; ", message.Members.Take(MostMembers).Select(Line))
                .Append(message.Members.Count > MostMembers ? " and others\n" : "\n");
        if (message.Link is { } link)
            text.Append("  ").Append(link).Append('\n');
    }

    private static string Of(AlertMessage message) => message.Entity.Length == 0 ? "" : $" of {Line(message.Entity)}";

    private static string Verb(string word) => word switch
    {
        AlertMessage.End => "over: ",
        AlertMessage.Update => "worse: ",
        AlertMessage.Repeat => "still: ",
        AlertMessage.Test => "test: ",
        _ => "",
    };
}
