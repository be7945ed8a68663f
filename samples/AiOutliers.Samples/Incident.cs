namespace AiOutliers.Samples;

/// <summary>Something that is not ordinary, from <paramref name="Start"/> up to <paramref name="End"/>.</summary>
internal sealed record Incident(string Sensor, IncidentKind Kind, DateTimeOffset Start, DateTimeOffset End)
{
    public static readonly IReadOnlyList<Incident> All =
    [
        new("headquarters", IncidentKind.Ddos, At("2024-09-12T09:40Z"), At("2024-09-12T10:05Z")),
        new("headquarters", IncidentKind.Ddos, At("2024-09-24T14:10Z"), At("2024-09-24T14:45Z")),
        new("headquarters", IncidentKind.Outage, At("2024-09-27T11:00Z"), At("2024-09-27T11:20Z")),
        new("data-center", IncidentKind.Scan, At("2024-09-18T03:20Z"), At("2024-09-18T03:50Z")),
        new("data-center", IncidentKind.LostExporter, At("2024-09-26T16:00Z"), At("2024-09-26T17:30Z")),
        new("branch-madrid", IncidentKind.Outage, At("2024-09-25T10:05Z"), At("2024-09-25T10:40Z")),
        new("branch-madrid", IncidentKind.Scan, At("2024-09-28T21:00Z"), At("2024-09-28T21:25Z")),
        new("guest-wifi", IncidentKind.Leak, At("2024-09-19T00:00Z"), At("2024-09-22T06:00Z")),
    ];

    /// <summary>0 at the start, 1 at the end.</summary>
    public double Progress(DateTimeOffset time) => (time - Start) / (End - Start);

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
