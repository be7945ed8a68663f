using AiOutliers.Samples;

namespace AiOutliers.Benchmarks.History;

/// <summary>Hours of the sample data that questions are about.</summary>
internal static class SampleHours
{
    private const int LastDays = 14;

    private static readonly DateTimeOffset LastFortnight = FlowGenerator.Start.AddDays(14);
    private static readonly TimeSpan Distance = TimeSpan.FromHours(3);

    /// <summary>Floods and outages, each with an hour that begins 45 minutes before, 20 minutes before and at its start.</summary>
    public static IEnumerable<(Incident Incident, DateTimeOffset From)> OfIncidents =>
        from incident in Incident.All
        where incident.Kind is IncidentKind.Ddos or IncidentKind.Outage
        from before in new[] { 45, 20, 0 }
        select (incident, incident.Start.AddMinutes(-before));

    /// <summary>
    /// Hours of the last two weeks, further than three hours from every incident of their sensor: sensors and days take turns, the hour is
    /// drawn. The same seed gives the same hours.
    /// </summary>
    public static IEnumerable<(string Sensor, DateTimeOffset From)> Ordinary(int seed)
    {
        var random = new Random(seed);
        for (var turn = 0; ; turn++)
        {
            var sensor = Sensor.All[turn % Sensor.All.Count].Name;
            var from = LastFortnight.AddDays(turn % LastDays).AddHours(random.Next(24));
            if (!Incident.All.Any(incident => incident.Sensor == sensor && IsNear(incident, from)))
                yield return (sensor, from);
        }
    }

    private static bool IsNear(Incident incident, DateTimeOffset from) =>
        from.AddHours(1) + Distance > incident.Start && from - Distance < incident.End;
}
