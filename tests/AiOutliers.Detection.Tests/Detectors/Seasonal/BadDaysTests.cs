using AiOutliers.Detection.Incidents;
using AiOutliers.Samples.Suite;
using static AiOutliers.Detection.Tests.Detectors.Seasonal.SuiteVerdicts;

namespace AiOutliers.Detection.Tests.Detectors.Seasonal;

/// <summary>Days that no sensor should have: what is odd is found, and nothing else is accused.</summary>
public sealed class BadDaysTests
{
    private const int PerDay = 288;
    private const int Series = 6;

    /// <summary>Ten of two weeks' days in.</summary>
    private const int Later = 10 * PerDay;

    [Fact]
    public void Detect_ADayOfZeros_IsOneOutage()
    {
        for (var seed = 0; seed < Series; seed++)
        {
            var series = SuiteGenerator.Make(SuiteType.Clean, seed);
            series.Values.AsSpan(Later, PerDay).Clear();
            var result = Detect(series, series.Values);

            result.Incidents.ShouldHaveSingleItem().Kind.ShouldBe(IncidentKind.Outage);
            Flagged(result).ShouldBe(Enumerable.Range(Later, PerDay));
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

            var sharp = result.Alarms.ShouldNotBeNull().Index().Where(static row => row.Item.HasFlag(AlarmClasses.Sharp));
            sharp.Select(static row => row.Index).ShouldBe([Later]);
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
            Flagged(result).ShouldAllBe(static row => row >= Later - PerDay / 4 && row <= Later + PerDay + PerDay / 4);
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
            // Documented are 0.016 false events a day.
            var others = result.Incidents.Count(incident => (PointAt(series, incident.Start) - 7) % (30 * 24) > 6);
            others.ShouldBeLessThanOrEqualTo(6, Told(series, result));
        }
        found.ShouldBeGreaterThan(11 * Series * 9 / 10);
    }
}
