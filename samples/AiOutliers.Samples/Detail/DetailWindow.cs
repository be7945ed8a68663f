namespace AiOutliers.Samples.Detail;

/// <summary>The times of the detail: three incidents with ten minutes around them, and the same in three weeks before.</summary>
internal static class DetailWindow
{
    private const int Weeks = 3;

    private static readonly TimeSpan Around = TimeSpan.FromMinutes(10);

    private static readonly Incident[] Explained =
    [
        .. Incident.All.Where(static own => own is
            { Sensor: "headquarters", Kind: IncidentKind.Ddos, Start.Day: 24 } or { Sensor: "headquarters", Kind: IncidentKind.Outage }
            or { Sensor: "branch-madrid", Kind: IncidentKind.Scan }),
    ];

    public static bool Has(DateTimeOffset time) => Array.Exists(Explained, incident =>
        Enumerable.Range(0, Weeks + 1).Any(week =>
            time.AddDays(7 * week) >= incident.Start - Around && time.AddDays(7 * week) < incident.End + Around));

    /// <summary>The flood or scan that is on top of a sensor's ordinary traffic; null where there is none.</summary>
    public static Incident? AttackOn(FlowRow row) => Array.Find(Explained, incident =>
        incident.Kind is IncidentKind.Ddos or IncidentKind.Scan
            && incident.Sensor == row.Sensor && row.Time >= incident.Start && row.Time < incident.End);
}
