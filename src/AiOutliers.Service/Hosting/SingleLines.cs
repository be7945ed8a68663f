using System.Globalization;
using Serilog.Core;
using Serilog.Events;

namespace AiOutliers.Service.Hosting;

/// <summary>
/// Names and messages in log lines may come from whoever sends requests: without line breaks and control characters none can forge a line
/// or steer a terminal, and none makes a line of megabytes.
/// </summary>
internal sealed class SingleLines : ILogEventEnricher
{
    private const int Longest = 1000;

    public void Enrich(LogEvent logEvent, ILogEventPropertyFactory propertyFactory)
    {
        foreach (var (name, value) in logEvent.Properties.ToArray())
        {
            if (value is ScalarValue { Value: string text } && (text.Length > Longest || text.Any(Steers)))
                logEvent.AddOrUpdateProperty(new(name, new ScalarValue(Plain(text))));
        }
    }

    /// <summary>Control characters, line separators, and format characters: those turn the direction of a text, or are not seen.</summary>
    private static bool Steers(char character) => char.IsControl(character)
        || char.GetUnicodeCategory(character)
            is UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;

    private static string Plain(string text)
    {
        var shown = text.Length > Longest ? $"{text.AsSpan(0, Longest)}… ({text.Length} characters)" : text;
        return string.Create(shown.Length, shown, static (plain, from) =>
        {
            for (var i = 0; i < plain.Length; i++)
                plain[i] = Steers(from[i]) ? ' ' : from[i];
        });
    }
}
