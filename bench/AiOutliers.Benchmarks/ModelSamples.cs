using System.Globalization;
using AiOutliers.Detection.Detectors;
using AiOutliers.Detection.Series;
using AiOutliers.Druid;
using AiOutliers.Druid.Building;
using AiOutliers.Druid.Embedded;
using AiOutliers.Druid.Query;
using AiOutliers.Engine;
using AiOutliers.Engine.Training;
using AiOutliers.Models.Folder;
using AiOutliers.Samples;
using Incident = AiOutliers.Samples.Incident;

namespace AiOutliers.Benchmarks;

/// <summary>
/// For each sensor of the samples: a model is trained as <c>train NAME --sensor SENSOR</c> does, on all four weeks and on the first
/// three, and judges the README's query and the four weeks at five minutes and at one. Beside it the default detector on the bytes.
/// A model that is there already does so without training. <c>model-samples FOLDER_OF_SAMPLES [FOLDER_OF_MODELS NAME]</c>
/// </summary>
internal static class ModelSamples
{
    private static readonly DateTimeOffset From = FlowGenerator.Start;
    private static readonly DateTimeOffset To = From.AddDays(28), Seen = From.AddDays(21);

    public static async Task<int> RunAsync(string[] arguments)
    {
        var folder = arguments.Length > 0 ? arguments[0] : "samples";
        using var source = new EmbeddedEngine(folder);
        var day = await QueryAsync(source, DruidQuery.Parse(await File.ReadAllBytesAsync(Path.Combine(folder, "query.json"))));
        if (arguments.Length > 2)
        {
            var there = ModelFiles.Load(arguments[1], arguments[2]).Detector;
            await WriteAsync($"The model {arguments[2]}", day, source, _ => Task.FromResult<IDetector>(there));
            return 0;
        }
        foreach (var end in new[] { To, Seen })
            await WriteAsync(
                Text($"Trained on {From:yyyy-MM-dd} to {end:yyyy-MM-dd}"), day, source, sensor => TrainAsync(source, sensor, end));
        return 0;
    }

    private static async Task WriteAsync(string title, MetricTable day, IDruidSource source, Func<string, Task<IDetector>> modelOf)
    {
        Console.WriteLine($"{title}. Rows flagged outside the labels · incidents of the labels found");
        Console.WriteLine("| sensor | minutes | rows | model | seasonal-scan on bytes |");
        Console.WriteLine("| --- | --- | --- | --- | --- |");
        DetectionResult? result = null;
        var scan = DetectorCatalog.Create(DetectorCatalog.Default, new());
        foreach (var sensor in Sensor.All)
        {
            var model = await modelOf(sensor.Name);
            foreach (var minutes in new[] { 5, 1 })
            {
                var table = await QueryAsync(source, Query(sensor.Name, minutes));
                var (ours, theirs) = (Judge(table, sensor.Name, model), Judge(table, sensor.Name, scan));
                Console.WriteLine($"| {sensor.Name} | {minutes} | {table.Rows} | {ours} | {theirs} |");
            }
            if (sensor.Name == "headquarters")
                result = model.Detect(day, "bytes");
        }
        WriteDay(day, result!);
    }

    private static void WriteDay(MetricTable day, DetectionResult result)
    {
        var bytes = day.Column("bytes").ToArray();
        var rows = Enumerable.Range(0, day.Rows).Where(row => result.Anomalies[row]).ToArray();
        var times = string.Join(" ", rows.Select(row => day.Timestamps[row].Substring(11, 5)));
        bool IsInside(int row) => result.Lower![row] <= bytes[row] && bytes[row] <= result.Upper![row];
        var inside = Enumerable.Range(0, day.Rows).Where(IsInside).ToHashSet();
        var others = inside.Except(rows).Count();
        Console.WriteLine($"The README's query: {rows.Length} rows ({times}), incidents: {result.Incidents.Count}");
        Console.WriteLine($"In the band: {inside.Count - others} of them, {others} of the {day.Rows - rows.Length} others");
    }

    private static string Judge(MetricTable table, string sensor, IDetector detector)
    {
        var flags = detector.Detect(table, "bytes").Anomalies;
        var labels = Incident.All.Where(incident => incident.Sensor == sensor).ToArray();
        var (inside, outside) = (new HashSet<Incident>(), 0);
        var where = new List<string>();
        for (var row = 0; row < flags.Length; row++)
        {
            if (!flags[row])
                continue;
            var time = DateTimeOffset.FromUnixTimeMilliseconds(table.Times[row]);
            var step = TimeSpan.FromMilliseconds(table.StepMilliseconds);
            if (Array.Find(labels, incident => incident.Start < time + step && time < incident.End) is { } label)
                inside.Add(label);
            else
            {
                outside++;
                where.Add(Text($"{time:dd HH:mm}"));
            }
        }
        return $"{outside} · {inside.Count} of {labels.Length} ({string.Join(" ", where.Take(12))})";
    }

    private static DruidQuery Query(string sensor, int minutes) => new()
    {
        QueryType = "timeseries",
        DataSource = DataSourceSpec.Table("rb_flow"),
        Intervals = IntervalsSpec.Of(Text($"{From:yyyy-MM-ddTHH:mm:ssZ}/{To:yyyy-MM-ddTHH:mm:ssZ}")),
        Granularity = GranularitySpec.Period($"PT{minutes}M"),
        Filter = SensorFilter.Parse(System.Text.Encoding.UTF8.GetBytes(new TrafficSchema().Sensors.Of([sensor]))),
    };

    private static Task<MetricTable> QueryAsync(IDruidSource source, DruidQuery query) =>
        source.QueryAsync(TrafficQuery.Build(query, new()).ToUtf8Json(), CancellationToken.None);

    private static async Task<IDetector> TrainAsync(IDruidSource source, string sensor, DateTimeOffset end)
    {
        var folder = Directory.CreateTempSubdirectory("aioutliers-samples-").FullName;
        try
        {
            var job = new TrainingJob(new(), folder, source, TimeProvider.System);
            await job.RunAsync(new(sensor) { Sensors = [sensor], From = From, To = end }, progress: null, CancellationToken.None);
            return ModelFiles.Load(folder, sensor).Detector;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
