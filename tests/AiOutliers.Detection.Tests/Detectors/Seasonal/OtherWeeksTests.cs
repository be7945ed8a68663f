using AiOutliers.Detection.Detectors.Seasonal;
using AiOutliers.Detection.Incidents;

namespace AiOutliers.Detection.Tests.Detectors.Seasonal;

public sealed class OtherWeeksTests
{
    private const int PerDay = 24;
    private const int Week = 7 * PerDay;

    /// <summary>
    /// Where the usual lies below zero the band in the series' unit is cut at zero: it must not make a night unlike that of the week before.
    /// </summary>
    [Theory]
    [InlineData(1.0, true)]
    [InlineData(4.5, false)]
    public void Explain_NightWhoseUsualIsBelowZero_ComparesInScales(double scalesApart, bool isExplained)
    {
        const double Scale = 0.2, Usual = -0.7;
        var points = Enumerable.Repeat(1.0, 2 * Week).ToArray();
        var night = new IncidentSegment(Week + 2, Week + 8, 1, AlarmClasses.Sharp);
        for (var i = night.Start; i < night.End; i++)
            (points[i - Week], points[i]) = (0.25, Math.Pow(0.5 + scalesApart * Scale, 2));
        var upper = Math.Pow(Math.Max(0, Usual + ExpectedBand.Width * Scale), 2);

        new OtherWeeks(points, Scan(points.Length, Scale, upper), PerDay).Explain(night).ShouldBe(isExplained);
    }

    private static SeasonalScanResult Scan(int n, double scale, double upper) => new()
    {
        State = SeasonalScanState.Judged,
        Known = [.. Enumerable.Range(0, n)],
        Range = [],
        Point = [],
        Wide = [],
        Sustained = [],
        Deviation = [],
        SharpEnergy = [],
        Expected = new double[n],
        Lower = new double[n],
        Upper = [.. Enumerable.Repeat(upper, n)],
        Transform = new(1, IsRoot: true),
        Scale = [.. Enumerable.Repeat(scale, n)],
        Alarms = [],
        SharpThreshold = 6,
    };
}
