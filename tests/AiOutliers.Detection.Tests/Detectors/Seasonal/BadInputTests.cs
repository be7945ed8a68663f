using AiOutliers.Samples.Suite;
using static AiOutliers.Detection.Tests.Detectors.Seasonal.SuiteVerdicts;

namespace AiOutliers.Detection.Tests.Detectors.Seasonal;

/// <summary>Rows that are missing: what is odd is found, and nothing else is accused.</summary>
public sealed class BadInputTests
{
    private const int PerDay = 288;
    private const int Series = 6;

    /// <summary>Ten of two weeks' days in.</summary>
    private const int Later = 10 * PerDay;

    public static TheoryData<string> Holes =>
        ["every second row", "at the start", "at the end", "across midnight", "across a weekend", "two, a row apart"];

    [Theory]
    [MemberData(nameof(Holes))]
    public void Detect_RowsMissing_FindsTheFloodAndNothingElse(string hole)
    {
        var falseIncidents = 0;
        for (var seed = 0; seed < Series; seed++)
        {
            var series = SuiteGenerator.Make(SuiteType.Ddos, seed);
            Func<int, bool> inHole = InHole(series, hole);
            double[] values = [.. series.Values.Select((value, point) => inHole(point) && !Near(series, point) ? double.NaN : value)];
            var result = Detect(series, values);

            result.Anomalies.Index().Any(row => row.Item && series.IsLabelled(row.Index)).ShouldBeTrue();
            result.Anomalies.Index().Any(row => row.Item && double.IsNaN(values[row.Index])).ShouldBeFalse();
            falseIncidents += result.Incidents.Count(incident => !IsNear(series, incident));
        }
        falseIncidents.ShouldBeLessThanOrEqualTo(1);
    }

    [Fact]
    public void Detect_OneHourADay_FindsTheSpikeAndNothingElse()
    {
        for (var seed = 0; seed < Series; seed++)
        {
            var series = SuiteGenerator.Make(SuiteType.Clean, seed);
            double[] values = [.. series.Values.Select(static (value, point) => point % PerDay < 12 ? value : double.NaN)];
            Detect(series, values).AnomalyCount.ShouldBe(0);
            for (var point = Later + 4; point < Later + 7; point++)
                values[point] *= 6;
            Flagged(Detect(series, values)).ShouldBe([Later + 4, Later + 5, Later + 6]);
        }
    }

    [Fact]
    public void Detect_TwoHolesAMinuteApart_FindsTheFloodAndNothingElse()
    {
        const int Minute = 10 * 1440;
        for (var seed = 0; seed < 3; seed++)
        {
            var series = SuiteGenerator.Make(SuiteType.Ddos, seed, stepMinutes: 1);
            bool IsMissing(int point) => point != Minute && Math.Abs(point - Minute) < 200 && !series.IsLabelled(point);
            double[] values = [.. series.Values.Select((value, point) => IsMissing(point) ? double.NaN : value)];
            var result = Detect(series, values);

            Flagged(result).ShouldContain(row => series.IsLabelled(row));
            result.Incidents.Count(incident => !IsNear(series, incident)).ShouldBe(0, Told(series, result));
        }
    }

    [Fact]
    public void Detect_AllMissingButEightRows_FlagsOnlyWhatIsFarOff()
    {
        var series = SuiteGenerator.Make(SuiteType.Clean, 1);
        double[] values = [.. series.Values.Select(static (value, point) => point % 500 == 100 ? 1000 + point % 7 : double.NaN)];
        values.Count(double.IsFinite).ShouldBe(8);
        Detect(series, values).AnomalyCount.ShouldBe(0);
        values[1600] = 1e6;
        Flagged(Detect(series, values)).ShouldBe([1600]);
    }

    private static Func<int, bool> InHole(SuiteSeries series, string hole)
    {
        var midnight = (24 - series.Start.Hour) % 24 * 12;
        var first = series.Start.Hour == 0 ? series.Start : series.Start.AddDays(1);
        var saturday = midnight + (DayOfWeek.Saturday - first.DayOfWeek + 7) % 7 * PerDay;
        return hole switch
        {
            "every second row" => static point => point % 2 == 1,
            "at the start" => static point => point is > 0 and < PerDay,
            "at the end" => point => point >= series.Values.Length - PerDay && point < series.Values.Length - 1,
            "across midnight" => point => Math.Abs(point - midnight - 5 * PerDay) < 36,
            "across a weekend" => point => point >= saturday - 48 && point < saturday + 2 * PerDay + 48,
            _ => point => Math.Abs(point - Later) < 80 && point != Later,
        };
    }

    private static bool Near(SuiteSeries series, int point) => Enumerable.Range(point - 12, 25).Any(series.IsLabelled);
}
