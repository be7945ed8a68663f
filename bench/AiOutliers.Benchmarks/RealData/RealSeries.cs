using System.Globalization;
using AiOutliers.Detection.Detectors;
using AiOutliers.Detection.Detectors.Seasonal;
using AiOutliers.Detection.Incidents;
using AiOutliers.Detection.Series;
using AiOutliers.Samples;
using AiOutliers.Samples.Suite;

namespace AiOutliers.Benchmarks.RealData;

/// <summary>Equally spaced values, some of them missing, with what is known to be odd in them.</summary>
/// <param name="Name">For the details.</param>
/// <param name="Start">The time of the first value.</param>
/// <param name="Step">From one value to the next.</param>
/// <param name="Values">NaN where there is no row.</param>
/// <param name="Odd">One per value.</param>
internal sealed record RealSeries(string Name, DateTimeOffset Start, TimeSpan Step, double[] Values, bool[] Odd)
{
    public const string Metric = "bytes";

    private static readonly SeasonalScanDetector Detector = new(new());

    public double Days => Values.Length * Step.TotalDays;

    /// <summary>30 minutes, at least one row.</summary>
    public int Tolerance => Math.Max(1, (int)(TimeSpan.FromMinutes(30) / Step));

    public static RealSeries Of(SuiteSeries series) => new(
        $"{SuiteFiles.NameOf(series.Type)}_{series.Seed}", series.Start, series.Step, series.Values,
        [.. Enumerable.Range(0, series.Values.Length).Select(series.IsLabelled)]);

    /// <summary>The samples' bytes at five minutes.</summary>
    public static RealSeries[] Samples() => [.. FlowGenerator.Rows().GroupBy(static row => row.Sensor).Select(static sensor =>
    {
        var (step, points) = (TimeSpan.FromMinutes(5), 28 * 288);
        var values = new double[points];
        Array.Fill(values, double.NaN);
        foreach (var row in sensor)
        {
            var point = (int)((row.Time - FlowGenerator.Start) / step);
            values[point] = double.IsNaN(values[point]) ? row.Bytes : values[point] + row.Bytes;
        }
        var odd = Enumerable.Range(0, points).Select(point => AiOutliers.Samples.Incident.All.Any(incident => incident.Sensor == sensor.Key
            && incident.Start < FlowGenerator.Start + (point + 1) * step && FlowGenerator.Start + point * step < incident.End));
        return new RealSeries(sensor.Key, FlowGenerator.Start, step, values, [.. odd]);
    })];

    /// <summary>The same without some of its rows.</summary>
    public RealSeries Without(Func<int, bool> missing) =>
        this with { Values = [.. Values.Select((value, point) => missing(point) ? double.NaN : value)] };

    /// <summary>What is there of some points, as an answer of Druid's has it: no row where nothing is.</summary>
    public MetricTable Table(int from, int end)
    {
        var builder = new MetricTableBuilder();
        var column = builder.ColumnOf(Metric);
        for (var point = from; point < end; point++)
        {
            if (double.IsNaN(Values[point]))
                continue;
            var time = Start + point * Step;
            builder.AddRow(
                time.ToUnixTimeMilliseconds(), time.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture));
            builder.Set(column, Values[point]);
        }
        return builder.Build();
    }

    public DetectionResult Detect() => Detector.Detect(Table(0, Values.Length), Metric);

    public DetectionResult Detect(Sensitivity sensitivity) =>
        new SeasonalScanDetector(new() { Sensitivity = sensitivity }).Detect(Table(0, Values.Length), Metric);

    /// <summary>The verdict on the points from … to end, from them alone: what was raised at each.</summary>
    public AlarmClasses[] Alarms(int from, int end) => OnPoints(Detector.Detect(Table(from, end), Metric).Alarms!, from, end);

    public T[] OnPoints<T>(T[] rows, int from, int end)
    {
        var flags = new T[end - from];
        var row = 0;
        for (var point = from; point < end; point++)
        {
            if (!double.IsNaN(Values[point]))
                flags[point - from] = rows[row++];
        }
        return flags;
    }

    /// <summary>The point at a time.</summary>
    public int PointAt(long time) => (int)((time - Start.ToUnixTimeMilliseconds()) / Step.TotalMilliseconds);

    /// <summary>Whether an incident has nothing to do with what is odd.</summary>
    public bool IsFalse(Detection.Incidents.Incident incident)
    {
        var (from, end) = (Math.Max(0, PointAt(incident.Start) - Tolerance), Math.Min(Values.Length, PointAt(incident.End) + Tolerance));
        return !Odd.AsSpan(from, end - from).Contains(true);
    }

    public string Describe(Detection.Incidents.Incident incident) => string.Create(
        CultureInfo.InvariantCulture,
        $"    {Name} {Start.AddMilliseconds(incident.Start - Start.ToUnixTimeMilliseconds()):MM-dd ddd HH:mm} "
        + $"for {(incident.End - incident.Start) / 3.6e6:F1} h, {incident.Kind} ({incident.Alarms}) {incident.Reason}");
}
