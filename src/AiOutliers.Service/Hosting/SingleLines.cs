using AiOutliers.Detection;
using Serilog.Core;
using Serilog.Events;

namespace AiOutliers.Service.Hosting;

/// <summary>
/// Names and messages in log lines may come from whoever sends requests: as text on one line none can forge a line or steer a terminal, and
/// none makes a line of megabytes.
/// </summary>
internal sealed class SingleLines : ILogEventEnricher
{
    private const int Longest = 1000;

    public void Enrich(LogEvent logEvent, ILogEventPropertyFactory propertyFactory)
    {
        foreach (var (name, value) in logEvent.Properties.ToArray())
        {
            if (value is ScalarValue { Value: string text } && (text.Length > Longest || text.Any(OneLine.Steers)))
                logEvent.AddOrUpdateProperty(new(name, new ScalarValue(Plain(text))));
        }
    }

    private static string Plain(string text) =>
        OneLine.Of(text, Longest) + (text.Length > Longest ? $" ({text.Length} characters)" : "");
}
