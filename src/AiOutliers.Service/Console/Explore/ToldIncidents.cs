using System.Globalization;
using AiOutliers.Detection.Detectors;
using AiOutliers.Engine.Analysis;

namespace AiOutliers.Service.Console.Explore;

/// <summary>What a monitor tells of what its detector finds: only that is an incident in its pictures.</summary>
/// <param name="Severity">The least.</param>
/// <param name="Milliseconds">The shortest.</param>
public sealed record ToldIncidents(double Severity, long Milliseconds)
{
    private const string SeverityField = "least", DurationField = "shortest";

    /// <summary>All where the address says nothing.</summary>
    public static ToldIncidents Read(IQueryCollection query) => new(
        double.TryParse(query[SeverityField], CultureInfo.InvariantCulture, out var severity) ? severity : 0,
        long.TryParse(query[DurationField], CultureInfo.InvariantCulture, out var shortest) ? shortest : 0);

    /// <summary>As an address says it.</summary>
    public IEnumerable<KeyValuePair<string, string>> Fields() =>
    [
        KeyValuePair.Create(SeverityField, Severity.ToString(CultureInfo.InvariantCulture)),
        KeyValuePair.Create(DurationField, Milliseconds.ToString(CultureInfo.InvariantCulture)),
    ];

    public JointReport Of(JointReport report) => Severity <= 0 && Milliseconds <= 0
        ? report
        : new([.. report.Reports.Select(one => one with { Result = Of(one.Result) })]) { Judged = report.Judged, Elapsed = report.Elapsed };

    private DetectionResult Of(DetectionResult result) => result with
    {
        Incidents = [.. result.Incidents.Where(one => one.Severity >= Severity && one.End - one.Start >= Milliseconds)],
    };
}
