using AiOutliers.Monitoring.Documents;
using AiOutliers.Monitoring.Entities;

namespace AiOutliers.Monitoring.Runs;

/// <summary>
/// Why a window with rows has no result, or not the one that was meant: a monitor that judges nothing must not look well.
/// </summary>
internal static class NoResult
{
    /// <returns>Null where there is nothing to say.</returns>
    public static string? Of(MonitorSpec spec, EntityWindow data, WindowVerdict verdict)
    {
        // What was not read yet has no values either.
        if (verdict.NotJudged.ContainsKey(EntityWindow.Reading))
            return null;
        if (data.MetricsWithoutValue is { Count: > 0 } empty)
            return $"no row has a value of {string.Join(", ", empty)}; check what the monitor aggregates";
        if (spec.Series.By.Count > 0 && verdict.Result.Judged is { Count: 1 } judged && judged.First().HasNoValue)
            return $"no row has a value of {string.Join(", ", spec.Series.By)}; check the monitor's dimensions";
        return verdict.Result.Judged.Count > 0 || verdict.Result.Findings.Count > 0 || verdict.NotJudged.Count == 0
            ? null
            : $"nothing was judged: {string.Join("; ", verdict.NotJudged.Select(static why => $"{why.Key} ({why.Value})"))}";
    }
}
