using System.Globalization;
using AiOutliers.Detection.Detectors.Seasonal;
using AiOutliers.Detection.Series;

namespace AiOutliers.Benchmarks.RealData;

/// <summary>What is found in answers of Druid's that were judged wrongly once, and the time that it takes.</summary>
internal static class CaseFiles
{
    public static void Print(RealOptions options)
    {
        if (RealOptions.Folder("../cases") is not { } folder)
            return;
        var paths = Directory.EnumerateFiles(folder, "c*.json").Order(StringComparer.Ordinal)
            .Where(static path => Path.GetFileName(path)[..3] is "c01" or "c03" or "c04" or "c05" or "c16" or "c17");
        foreach (var path in paths)
            Print(path, options);
    }

    private static void Print(string path, RealOptions options)
    {
        var table = Read(path);
        var result = new SeasonalScanDetector(new()).Detect(table, RealSeries.Metric);
        var reason = result.NoVerdict is { } why ? $"; {why}" : "";
        Console.WriteLine($"{Path.GetFileName(path),-38} {result.AnomalyCount} rows, {result.Incidents.Count} incidents{reason} "
            + string.Join("; ", result.Warnings));
        foreach (var incident in result.Incidents.Take(options.Details ? 40 : 4))
        {
            Console.WriteLine($"    {Time(incident.Start)} to {Time(incident.End)} {incident.Kind} ({incident.Alarms}) "
                + string.Create(CultureInfo.InvariantCulture, $"{incident.Severity:F0}: {incident.Reason}"));
        }
    }

    private static string Time(long time) =>
        DateTimeOffset.FromUnixTimeMilliseconds(time).ToString("yyyy-MM-ddTHH:mm", CultureInfo.InvariantCulture);

    private static MetricTable Read(string path)
    {
        using var document = System.Text.Json.JsonDocument.Parse(File.ReadAllText(path));
        var builder = new MetricTableBuilder();
        var column = builder.ColumnOf(RealSeries.Metric);
        foreach (var row in document.RootElement.EnumerateArray())
        {
            var time = row.GetProperty("timestamp").GetString()!;
            builder.AddRow(DateTimeOffset.Parse(time, CultureInfo.InvariantCulture).ToUnixTimeMilliseconds(), time);
            builder.Set(column, row.GetProperty("result").GetProperty(RealSeries.Metric).GetDouble());
        }
        return builder.Build();
    }
}
