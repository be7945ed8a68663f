using AiOutliers.Detection.Series;
using AiOutliers.Engine;
using AiOutliers.Engine.Analysis.History;
using AiOutliers.Engine.Detectors;

namespace AiOutliers.Monitoring.Documents;

/// <summary>Reads the <c>spec</c> of a monitor.</summary>
internal sealed class MonitorReader(EngineSettings settings)
{
    public const string Kind = "Monitor";

    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(7);

    /// <summary>Null where the series or the schedule cannot be read.</summary>
    public MonitorSpec? Read(DocumentMap spec)
    {
        var series = spec.Map("series") is { } map ? new SeriesSpecReader(settings.Traffic).Read(map) : null;
        if (!spec.Has("series"))
            spec.Reject("series", "is missing");
        var (description, schedule) = (spec.Text("description") ?? "", Schedule(spec, series));
        var delay = Span(spec, "delay", TimeSpan.Zero);
        var (minShare, wait) = Completeness(spec.Map("completeness"));
        var read = new MonitorSpec
        {
            Description = description,
            Series = series!,
            Schedule = schedule!,
            Delay = delay,
            MinShare = minShare,
            Wait = wait,
            Detector = Detector(spec.Map("detector")),
            History = History(spec),
            MinSeverity = spec.Number("minSeverity", 50, 0, 100),
            MinDuration = Span(spec, "minDuration", TimeSpan.Zero),
            CatchUp = Span(spec, "catchUp", TimeSpan.FromDays(1)),
            Explain = spec.Texts("explain"),
            Alerts = spec.Texts("alerts"),
        };
        spec.End();
        return series is null || schedule is null ? null : read;
    }

    private static MonitorSchedule? Schedule(DocumentMap spec, SeriesSpec? series)
    {
        var text = spec.Needed("schedule");
        if (text.Length == 0)
            return null;
        if (!MonitorSchedule.TryParse(text, out var schedule))
            spec.Reject("schedule", $"'{DocumentMap.Short(text)}' is not allowed; it takes {MonitorSchedule.Allowed}");
        // From 1970 on: whether a document is right does not depend on the day.
        else if (series is not null && schedule.Shortest(0) < series.Step)
            spec.Reject(
                "schedule", $"'{text}' is faster than the granularity {series.Granularity}: most windows would have no whole bucket");
        return schedule;
    }

    private static (double, TimeSpan) Completeness(DocumentMap? map)
    {
        if (map is null)
            return (0.6, TimeSpan.FromMinutes(30));
        var read = (map.Number("minShare", 0.6, 0, 1), Span(map, "wait", TimeSpan.FromMinutes(30)));
        map.End();
        return read;
    }

    private MonitorDetector Detector(DocumentMap? map)
    {
        if (map is null)
            return new() { Name = settings.DefaultDetector };
        var name = map.Text("name") ?? settings.DefaultDetector;
        var detector = new MonitorDetector { Name = name, Options = map.Rest(known: "name") };
        if (!DetectorCatalog.Names.Contains(name))
            map.Reject("name", $"'{DocumentMap.Short(name)}' is not a detector; it takes {string.Join(" or ", DetectorCatalog.Names)}");
        else
            DetectorOptions.Create(name, detector.Options, settings, map.Reject);
        return detector;
    }

    private static HistorySpan? History(DocumentMap spec)
    {
        if (spec.Text("history") is not { } text)
            return null;
        if (HistorySpan.TryParse(text, out var span))
            return span;
        spec.Reject("history", $"'{DocumentMap.Short(text)}' is not allowed; it takes {HistorySpan.Allowed}");
        return null;
    }

    private static TimeSpan Span(DocumentMap map, string key, TimeSpan unset)
    {
        if (map.Text(key) is not { } text)
            return unset;
        if (text is "0" or "0s" or "0m")
            return TimeSpan.Zero;
        if (TimeSpans.TryParse(text, out var span) && span <= LongestWait)
            return span;
        map.Reject(key, $"'{DocumentMap.Short(text)}' is not allowed; it takes {TimeSpans.Allowed}, at most 7d");
        return unset;
    }
}
