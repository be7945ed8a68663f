using Serilog.Core;
using Serilog.Events;

namespace AiOutliers.Service.Hosting;

/// <summary>
/// Names and messages in log lines may come from whoever sends requests: without line breaks and control characters none can forge a line or
/// steer a terminal, and none makes a line of megabytes.
/// </summary>
internal sealed class SingleLines : ILogEventEnricher
{
    private const int Longest = 1000;

    public void Enrich(LogEvent logEvent, ILogEventPropertyFactory propertyFactory)
    {
        foreach (var (name, value) in logEvent.Properties.ToArray())
        {
            if (value is ScalarValue { Value: string text } && (text.Length > Longest || text.Any(char.IsControl)))
                logEvent.AddOrUpdateProperty(new(name, new ScalarValue(Plain(text))));
        }
    }

    private static string Plain(string text)
    {
        var shown = text.Length > Longest ? $"{text.AsSpan(0, Longest)}… ({text.Length} characters)" : text;
        return string.Create(shown.Length, shown, static (plain, from) =>
        {
            for (var i = 0; i < plain.Length; i++)
                plain[i] = char.IsControl(from[i]) ? ' ' : from[i];
        });
    }
}
