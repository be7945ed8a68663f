using AiOutliers.Detection.Detectors;
using AiOutliers.Detection.Detectors.Deep;
using AiOutliers.Detection.Incidents;
using AiOutliers.Detection.Neural.Training;
using AiOutliers.Detection.Series;

namespace AiOutliers.Detection.Tests.Detectors.Deep;

/// <summary>From ordinary rows to a model with limits of its own, and what it then finds in a week that it has not seen.</summary>
[Trait("tier", "functional")]
public sealed class TrainedDetectorTests
{
    private const int PerDay = 96;

    private const double Spike = 1.3;

    private static readonly AutoencoderProfile Profile = new()
    {
        Metrics = ["bytes", "flows", "clients", "granularity"],
        Calendar = ["minute", .. Enumerable.Range(0, 7).Select(day => $"weekday_{day}")],
        AverageLoss = 0,
        LossDeviation = 0,
        WindowSize = 8,
        Windows = 2,
        TrueWeekdays = true,
    };

    private static readonly Lazy<Autoencoder> Trained = new(() =>
    {
        var data = TrainingData.Prepare(Profile, [Week(seed: 1, first: 0, days: 28)], static (_, _) => false, validationShare: 0.25);
        var model = new Autoencoder(TrafficNetwork.Build(Profile, new() { Units = 16 }, seed: 1), Profile);
        var options = new TrainingOptions { Epochs = 200, Optimizer = new() { LearningRate = 4e-3 }, Schedule = LearningRateSchedule.Cosine };
        return AutoencoderTraining.Train(model, data, options, fromScratch: true).Model;
    });

    [Fact]
    public void Detect_OrdinaryWeek_FlagsNextToNothing() => Detect((_, _, value) => value).AnomalyCount.ShouldBeLessThanOrEqualTo(2);

    [Fact]
    public void Detect_FlowsWithoutBytes_IsSharpThoughBytesAreOrdinary()
    {
        var result = Detect((row, metric, value) => metric == "flows" && row is >= 300 and < 306 ? 20 * value : value);

        result.Alarms![302].HasFlag(AlarmClasses.Sharp).ShouldBeTrue();
        result.ReasonOf(302)!.ShouldContain("flows");
        Enumerable.Range(0, 7 * PerDay).Count(row => result.Alarms[row].HasFlag(AlarmClasses.Sharp) && row is < 298 or >= 308).ShouldBe(0);
    }

    [Fact]
    public void Detect_SlowLeak_IsSustained()
    {
        var result = Detect((row, metric, value) => metric == "bytes" && row is >= 300 and < 340 ? 4 * value : value);

        Enumerable.Range(312, 16).Count(row => result.Anomalies[row]).ShouldBe(16);
        Enumerable.Range(312, 16).Where(row => result.Alarms![row].HasFlag(AlarmClasses.Sustained)).ShouldContain(row => result.ReasonOf(row)!.Contains("lasting deviation of bytes"));
    }

    [Fact]
    public void Detect_Leak_IsOutOfStepWithTheOthers()
    {
        var result = Detect((row, metric, value) => metric == "bytes" && row is >= 300 and < 340 ? 2.5 * value : value);

        Enumerable.Range(312, 16).Count(row => result.Alarms![row].HasFlag(AlarmClasses.Sustained)).ShouldBe(16);
        Enumerable.Range(312, 16).ShouldContain(row => result.ReasonOf(row)!.Contains("not in step with the other metrics bytes"));
    }

    [Fact]
    public void Detect_SpikeOfAllMetricsAtOnce_LeapsThoughTheyFitEachOther()
    {
        var week = Week(seed: 9, first: 28, days: 7, static (row, _, value) => row is 300 or 301 ? Spike * value : value);
        var known = Trained.Value.Profile;
        ResidualStatistics[] unlimited = [.. known.Residuals.Select(static entry => entry with { LeapLimit = double.PositiveInfinity })];
        var before = new Autoencoder(Trained.Value.Network, known with { Residuals = unlimited });

        var (result, without) = (new AutoencoderDetector(Trained.Value).Detect(week, "bytes"), new AutoencoderDetector(before).Detect(week, "bytes"));

        result.Alarms![300..302].ShouldAllBe(static alarms => alarms == AlarmClasses.Sharp);
        result.ReasonOf(300)!.ShouldMatch(@"^sharp: the metrics as a whole leap out of the rows around \(\d\.\d times the limit\)$");
        result.OtherScores.Select(static score => score.Name).ShouldBe(["sharp", "sustained", "leap"]);
        without.Anomalies[300..302].ShouldAllBe(static flag => !flag);
        without.OtherScores.Select(static score => score.Name).ShouldBe(["sharp", "sustained"]);
    }

    [Theory]
    [InlineData(300, 307)]
    [InlineData(300, 324)]
    public void Detect_Flood_FlagsItsRowsAndNoneBeside(int start, int end)
    {
        var result = Detect((row, metric, value) => row >= start && row < end ? (metric == "bytes" ? 5 : 12) * value : value);

        Enumerable.Range(0, 7 * PerDay).Where(row => result.Anomalies[row]).ShouldBe(Enumerable.Range(start, end - start));
        result.Incidents.ShouldHaveSingleItem();
    }

    [Fact]
    public void Detect_Flood_ExpectsWhatItDoesWithoutIt()
    {
        var (plain, flood) = (Detect((_, _, value) => value), Detect((row, _, value) => row is >= 300 and < 307 ? 8 * value : value));

        for (var row = 280; row < 330; row++)
            (flood.Expected![row] / plain.Expected![row]).ShouldBe(1, 0.15);
    }

    [Fact]
    public void Detect_Band_HoldsNearlyAllOrdinaryRowsAndNoFlood()
    {
        var week = Week(seed: 9, first: 28, days: 7);
        var (result, values) = (Detect((_, _, value) => value), week.Column("bytes").ToArray());
        var ordinary = MeanRatio(result, 0, values.Length);
        var flood = Detect((row, _, value) => row is >= 300 and < 307 ? 20 * value : value);

        Enumerable.Range(0, values.Length).Count(row => values[row] < result.Lower![row] || values[row] > result.Upper![row]).ShouldBeLessThanOrEqualTo(values.Length / 50);
        MeanRatio(flood, 300, 307).ShouldBe(ordinary, ordinary / 2);
        for (var row = 300; row < 307; row++)
            (20 * values[row]).ShouldBeGreaterThan(flood.Upper![row]);

        static double MeanRatio(DetectionResult result, int start, int end) => Enumerable.Range(start, end - start).Average(row => result.Upper![row] / result.Lower![row]);
    }

    [Fact]
    public void Train_LeapLimit_LeavesRoomForOrdinaryRows() => Trained.Value.Profile.Residuals.ShouldHaveSingleItem().LeapLimit.ShouldBeInRange(0.001, 0.01);

    [Fact]
    public void Detect_RowsWithoutValues_AreNoLeapAndNeitherAreThoseBeside()
    {
        var result = Detect((row, _, value) => row is >= 300 and < 304 ? double.NaN : value);

        var leaps = result.OtherScores.Single(static score => score.Name == "leap").Values;
        leaps[300..304].ShouldAllBe(static leap => leap == 0);
        leaps.Max().ShouldBeInRange(0.1, 1);
    }

    [Fact]
    public void Statistics_MoreOrdinaryRows_TheLimitsLeaveRoomForThem()
    {
        var validation = Week(seed: 3, first: 28, days: 7);
        var others = Week(seed: 4, first: 21, days: 7, static (row, metric, value) =>
            metric == "bytes" && row is >= 300 and < 340 ? 2.5 * value : row == 500 ? Spike * value : value);

        var alone = ResidualMeasurement.Statistics(Trained.Value, [validation], []).ShouldHaveSingleItem();
        var together = ResidualMeasurement.Statistics(Trained.Value, [validation], [others]).ShouldHaveSingleItem();

        var (before, after) = (alone.Metrics[0], together.Metrics[0]);
        (after.Mean, after.Centre, after.Scale).ShouldBe((before.Mean, before.Centre, before.Scale));
        after.Deviation.ShouldBeGreaterThan(before.Deviation);
        after.SustainedLimit.ShouldBeGreaterThan(before.SustainedLimit);
        after.ApartLimit.ShouldBeGreaterThan(before.ApartLimit);
        together.LeapLimit.ShouldBeGreaterThan(alone.LeapLimit);
    }

    [Fact]
    public void Detect_MissingRequestedMetric_GivesNoVerdict()
    {
        var result = Detect((row, metric, value) => metric == "flows" && row is >= 300 and < 306 ? 20 * value : metric == "bytes" && row == 302 ? double.NaN : value);

        (result.Anomalies[302], result.Scores[302]).ShouldBe((false, 0));
        result.Anomalies[303].ShouldBeTrue();
    }

    [Fact]
    public void Detect_Scores_AreBeyondTheLimitExactlyForAnomalies()
    {
        var result = Detect((row, metric, value) => metric == "bytes" && row is >= 300 and < 340 ? 4 * value : metric == "flows" && row == 500 ? 0 : value);

        result.AnomalyCount.ShouldBeGreaterThan(20);
        for (var row = 0; row < result.Scores.Length; row++)
            result.Anomalies[row].ShouldBe(result.Scores[row] > ResidualRule.SharpLimit);
    }

    [Fact]
    public void Train_Further_MovesTheTwoNumbersByATenth()
    {
        var data = TrainingData.Prepare(Profile, [Week(seed: 5, first: 0, days: 3)], static (_, _) => false, validationShare: 0);
        var old = new Autoencoder(TrafficNetwork.Build(Profile, new() { Units = 4 }, seed: 1), Profile with { AverageLoss = 10, LossDeviation = 20 });

        var model = AutoencoderTraining.Train(old, data, new() { Epochs = 1 }, fromScratch: false).Model;

        var (average, deviation) = ResidualMeasurement.Loss(model, data.TrainingRuns);
        model.Profile.AverageLoss.ShouldBe(9 + 0.1 * average, 1e-9);
        model.Profile.LossDeviation.ShouldBe(18 + 0.1 * deviation, 1e-9);
        model.Profile.Residuals.ShouldHaveSingleItem().Minutes.ShouldBe(15);
    }

    private static DetectionResult Detect(Func<int, string, double, double> change) =>
        new AutoencoderDetector(Trained.Value).Detect(Week(seed: 9, first: 28, days: 7, change), "bytes");

    /// <summary>Days of 15 minutes: bytes, flows and clients follow the hour and each other, with some noise.</summary>
    private static MetricTable Week(int seed, int first, int days, Func<int, string, double, double>? change = null)
    {
        var random = new Random(seed);
        var builder = new MetricTableBuilder();
        for (var row = 0; row < days * PerDay; row++)
        {
            var time = (first * PerDay + row) * 900_000L;
            builder.AddRow(time, $"{time}");
            var level = 2 + Math.Sin(2 * Math.PI * row / PerDay) + 0.02 * Normal(random);
            Set("bytes", 1e8 * Math.Exp(level + 0.03 * Normal(random)));
            Set("flows", 1e4 * Math.Exp(level + 0.03 * Normal(random)));
            Set("clients", 200 * Math.Exp(0.5 * level + 0.03 * Normal(random)));

            void Set(string metric, double value) => builder.Set(builder.ColumnOf(metric), change?.Invoke(row, metric, value) ?? value);
        }
        return builder.Build();
    }

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
