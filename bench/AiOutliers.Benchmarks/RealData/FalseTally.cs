using System.Globalization;
using AiOutliers.Detection.Detectors;

namespace AiOutliers.Benchmarks.RealData;

/// <summary>What was found in several series, and what was not odd.</summary>
internal sealed class FalseTally
{
    private readonly List<string> _details = [];
    private readonly Lock _lock = new();

    public int Series { get; private set; }

    /// <summary>Series in which a row of what is odd is flagged.</summary>
    public int Found { get; private set; }

    public int FalseIncidents { get; private set; }

    public int FalseRows { get; private set; }

    public int Rows { get; private set; }

    public double Days { get; private set; }

    public double FalseADay => FalseIncidents / Days;

    public IEnumerable<string> Details => _details.Order(StringComparer.Ordinal);

    public static FalseTally Of(IEnumerable<RealSeries> all) => Of(all, Sensitivity.Normal);

    public static FalseTally Of(IEnumerable<RealSeries> all, Sensitivity sensitivity)
    {
        var tally = new FalseTally();
        Parallel.ForEach(all, series => tally.Add(series, series.Detect(sensitivity)));
        return tally;
    }

    private void Add(RealSeries series, DetectionResult result)
    {
        var flags = series.OnPoints(result.Anomalies, 0, series.Values.Length);
        var falseIncidents = result.Incidents.Where(series.IsFalse).ToArray();
        lock (_lock)
        {
            Series++;
            Days += series.Days;
            Rows += result.Anomalies.Length;
            Found += flags.Where((flag, point) => flag && series.Odd[point]).Any() ? 1 : 0;
            FalseIncidents += falseIncidents.Length;
            FalseRows += flags.Where((flag, point) => flag && !Near(series, point)).Count();
            _details.AddRange(falseIncidents.Select(series.Describe));
            if (series.Odd.Contains(true) && !flags.Where((flag, point) => flag && series.Odd[point]).Any())
                _details.Add($"    {series.Name} missed{(result.NoVerdict is { } reason ? $": {reason}" : "")}");
        }
    }

    private static bool Near(RealSeries series, int point)
    {
        var (from, end) = (Math.Max(0, point - series.Tolerance), Math.Min(series.Odd.Length, point + series.Tolerance + 1));
        return series.Odd.AsSpan(from, end - from).Contains(true);
    }

    public void Print(string name, RealOptions options)
    {
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{name,-34} found {Found} of {Series}, false incidents {FalseIncidents} ({FalseADay:F4} a day), "
            + $"false rows {FalseRows} of {Rows} ({1000.0 * FalseRows / Rows:F2} in 1,000)"));
        foreach (var line in options.Details ? Details.Take(40) : [])
            Console.WriteLine(line);
    }
}
