using AiOutliers.Detection.Detectors;
using AiOutliers.Detection.Detectors.Seasonal;
using AiOutliers.Detection.Incidents;
using AiOutliers.Detection.Series;
using AiOutliers.Samples.Suite;

namespace AiOutliers.Detection.Tests.Detectors.Seasonal;

/// <summary>Bad input and bad days: what is odd is found, and nothing else is accused.</summary>
public sealed class BadInputTests
{
    private const int PerDay = 288;
    private const int Series = 6;

    /// <summary>Ten of two weeks' days in.</summary>
    private const int Later = 10 * PerDay;

    public static TheoryData<string> Holes => ["every second row", "at the start", "at the end", "across midnight", "across a weekend", "two, a row apart"];

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
            Detect(series, values).Anomalies.Index().Where(static row => row.Item).Select(static row => row.Index).ShouldBe([Later + 4, Later + 5, Later + 6]);
        }
    }

    [Fact]
    public void Detect_ADayOfZeros_IsOneOutage()
    {
        for (var seed = 0; seed < Series; seed++)
        {
            var series = SuiteGenerator.Make(SuiteType.Clean, seed);
            series.Values.AsSpan(Later, PerDay).Clear();
            var result = Detect(series, series.Values);

            result.Incidents.ShouldHaveSingleItem().Kind.ShouldBe(IncidentKind.Outage);
            result.Anomalies.Index().Where(static row => row.Item).Select(static row => row.Index).ShouldBe(Enumerable.Range(Later, PerDay));
        }
    }

    /// <summary>Differences of a counter: the one across the reset is as far below zero as the counter was above.</summary>
    [Fact]
    public void Detect_CounterThatStartsAnew_MarksTheResetAlone()
    {
        var others = 0;
        for (var seed = 0; seed < Series; seed++)
        {
            var series = SuiteGenerator.Make(SuiteType.Clean, seed);
            series.Values[Later] = -series.Values[..Later].Sum();
            var result = Detect(series, series.Values);

            result.Alarms.ShouldNotBeNull().Index().Where(static row => row.Item.HasFlag(AlarmClasses.Sharp)).Select(static row => row.Index).ShouldBe([Later]);
            others += result.Incidents.Count - 1;
        }
        others.ShouldBeLessThanOrEqualTo(1);
    }

    [Fact]
    public void Detect_LevelDoublesForGood_IsToldForADay()
    {
        for (var seed = 0; seed < Series; seed++)
        {
            var series = SuiteGenerator.Make(SuiteType.Clean, seed);
            for (var point = Later; point < series.Values.Length; point++)
                series.Values[point] *= 2;
            var result = Detect(series, series.Values);

            result.Incidents.ShouldNotBeEmpty();
            result.Anomalies.Index().Where(static row => row.Item).ShouldAllBe(static row => row.Index >= Later - PerDay / 4 && row.Index <= Later + PerDay + PerDay / 4);
        }
    }

    /// <summary>Of 114 windows.</summary>
    [Fact]
    public void Detect_FirstTwoWeeksOfASensor_HardlyAnythingIsAccused()
    {
        var told = new List<string>();
        for (var seed = 0; seed < Series; seed++)
        {
            var series = SuiteGenerator.Make(SuiteType.Clean, seed);
            for (var hours = 6; hours <= 14 * 24; hours += 18)
            {
                var result = Detect(series, series.Values[..(hours * 12)]);
                if (result.AnomalyCount > 0)
                    told.Add($"after {hours} hours: {Told(series, result)}");
            }
        }
        told.Count.ShouldBeLessThanOrEqualTo(4, string.Join('\n', told));
    }

    [Fact]
    public void Detect_AYearOfHours_FindsTheSpikes()
    {
        var found = 0;
        for (var seed = 0; seed < Series; seed++)
        {
            var series = SuiteGenerator.Make(SuiteType.Clean, seed, 365, 60);
            for (var month = 1; month < 12; month++)
                series.Values[month * 30 * 24 + 10] *= 4;
            var result = Detect(series, series.Values);
            found += Enumerable.Range(1, 11).Count(month => result.Anomalies[month * 30 * 24 + 10]);
            // Documented are .016 false events a day.
            result.Incidents.Count(incident => (PointAt(series, incident.Start) - 7) % (30 * 24) > 6).ShouldBeLessThanOrEqualTo(6, Told(series, result));
        }
        found.ShouldBeGreaterThan(11 * Series * 9 / 10);
    }

    [Fact]
    public void Detect_AllMissingButEightRows_FlagsOnlyWhatIsFarOff()
    {
        var series = SuiteGenerator.Make(SuiteType.Clean, 1);
        double[] values = [.. series.Values.Select(static (value, point) => point % 500 == 100 ? 1000 + point % 7 : double.NaN)];
        values.Count(double.IsFinite).ShouldBe(8);
        Detect(series, values).AnomalyCount.ShouldBe(0);
        values[1600] = 1e6;
        Detect(series, values).Anomalies.Index().Where(static row => row.Item).Select(static row => row.Index).ShouldBe([1600]);
    }

    private static Func<int, bool> InHole(SuiteSeries series, string hole)
    {
        var midnight = (24 - series.Start.Hour) % 24 * 12;
        var saturday = midnight + ((int)DayOfWeek.Saturday - (int)(series.Start.Hour == 0 ? series.Start : series.Start.AddDays(1)).DayOfWeek + 7) % 7 * PerDay;
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

    private static bool IsNear(SuiteSeries series, Incident incident)
    {
        var (start, end) = (PointAt(series, incident.Start), PointAt(series, incident.End));
        return Enumerable.Range(start - 6, end - start + 12).Any(series.IsLabelled);
    }

    private static int PointAt(SuiteSeries series, long time) => (int)((time - series.Start.ToUnixTimeMilliseconds()) / series.Step.TotalMilliseconds);

    private static string Told(SuiteSeries series, DetectionResult result) => $"seed {series.Seed}, {series.Start:yyyy-MM-ddTHH:mm}, {series.Values.Length} rows: "
        + string.Join("; ", result.Incidents.Select(incident => $"{incident.Kind} {PointAt(series, incident.Start)}-{PointAt(series, incident.End)} {incident.Alarms} {incident.Reason}"));

    private static DetectionResult Detect(SuiteSeries series, double[] values)
    {
        var builder = new MetricTableBuilder();
        var column = builder.ColumnOf("bytes");
        for (var point = 0; point < values.Length; point++)
        {
            var time = (series.Start + point * series.Step).ToUnixTimeMilliseconds();
            builder.AddRow(time, CanonicalTimestamp.Of(time));
            builder.Set(column, values[point]);
        }
        return new SeasonalScanDetector(new()).Detect(builder.Build(), "bytes");
    }
}
