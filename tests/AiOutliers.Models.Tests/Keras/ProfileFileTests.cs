using System.Text;
using AiOutliers.Detection;
using AiOutliers.Detection.Detectors.Deep;
using AiOutliers.Models.Keras;
using AiOutliers.Tests.Shared;
using CsCheck;

namespace AiOutliers.Models.Tests.Keras;

public sealed class ProfileFileTests
{
    private static readonly AutoencoderProfile Profile = new()
    {
        Metrics = ["bytes", "pkts", "granularity"],
        Calendar = ["minute", "weekday_0"],
        AverageLoss = 0.0026020121295005083,
        LossDeviation = 1e-7 / 3,
        WindowSize = 16,
        Windows = 2,
        TrueWeekdays = true,
        Sensor = "Sensor ä-1 (50 %)",
        Residuals =
        [
            new(0.5, [new(0, 0, 0, 0, 0), new(0.01, 0.002, -1e-9, 0.003, 1.5), new(1, 2, 3, 4, 5)]) { LeapLimit = 0.0123 },
            new(5, [new(0.1 + 0.2, 1.0 / 3, double.Epsilon, 0, 2), new(1, 1, 1, 1, 1), new(2, 2, 2, 2, 2)]),
        ],
    };

    private static readonly ModelComparison Comparison = new("seasonal-scan", "bytes", 7.0 / 3, new(162, 120, 99, 90), new(161, 150, 98, 97), 1, 2);

    private static readonly TrainingRecord Training = new(new(2026, 11, 20, 12, 30, 1, TimeSpan.Zero), 8064);

    [Fact]
    public void Write_OurFormat_IsThis() => Encoding.UTF8.GetString(ProfileText.Write(Profile with { Residuals = [Profile.Residuals[0]] }, Training)).ShouldBe(
        """
        [Columns]
        metrics = bytes, pkts, granularity
        timestamp = minute, weekday_0

        [General]
        avg_loss = 0.0026020121295005083
        std_loss = 3.3333333333333334E-08
        window_size = 16
        num_windows = 2

        [Format]
        version = 2
        weekday_encoding = one_hot
        trained_at = 2026-11-20T12:30:01Z
        rows = 8064
        sensor = Sensor ä-1 (50 %)

        [Residuals]
        bytes@0.5 = 0, 0, 0, 0, 0
        pkts@0.5 = 0.01, 0.002, -1E-09, 0.003, 1.5
        granularity@0.5 = 1, 2, 3, 4, 5

        [Leaps]
        0.5 = 0.0123

        """);

    [Fact]
    public void Read_Comparison_IsTheSameToTheLastBit()
    {
        var text = Encoding.UTF8.GetString(ProfileText.Write(Profile with { Comparison = Comparison }, Training));

        text.ShouldContain("[Comparison]\ndetector = seasonal-scan\nmetric = bytes\ndays = 2.3333333333333335\ntogether = 162, 120, 99, 90\nalone = 161, 150, 98, 97\nfalse_events = 1, 2\n");
        ProfileFile.Read(new MemoryStream(Encoding.UTF8.GetBytes(text))).Comparison.ShouldBe(Comparison);
    }

    [Theory]
    [InlineData("together = 162, 120, 99, 90", "together = 162, 120", "[Comparison] together of the .ini is not 4 whole numbers")]
    [InlineData("false_events = 1, 2", "false_events = 1, -2", "[Comparison] false_events of the .ini is not 2 whole numbers")]
    [InlineData("days = 2.3333333333333335", "days = 0", "[Comparison] days of the .ini is not a number above 0")]
    [InlineData("metric = bytes\ndays", "days", "[Comparison] metric of the .ini is missing")]
    public void Read_DamagedComparison_NamesTheKey(string line, string damaged, string expected)
    {
        var text = Encoding.UTF8.GetString(ProfileText.Write(Profile with { Comparison = Comparison }, Training)).Replace(line, damaged);

        Should.Throw<AiOutliersException>(() => ProfileFile.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)))).Message.ShouldBe(expected);
    }

    [Fact]
    public void Read_WhatWasWritten_IsTheSameToTheLastBit()
    {
        var content = ProfileText.Write(Profile, Training);

        var profile = ProfileFile.Read(new MemoryStream(content));
        profile.Metrics.ShouldBe(Profile.Metrics);
        profile.Calendar.ShouldBe(Profile.Calendar);
        ShouldBeTheSame(profile.Residuals, Profile.Residuals);
        (profile with { Metrics = Profile.Metrics, Calendar = Profile.Calendar, Residuals = Profile.Residuals }).ShouldBe(Profile);
        ProfileFile.ReadTraining(new MemoryStream(content)).ShouldBe(Training);
    }

    [Fact]
    public void Read_AnyResiduals_AreTheSameToTheLastBit() =>
        (from values in Gen.Double.Array[6] where values.All(double.IsFinite) from minutes in Gen.Double[0.1, 1e5] select (values, minutes)).Sample(sample =>
        {
            var (v, minutes) = sample;
            var profile = Profile with { Metrics = ["bytes"], Residuals = [new(minutes, [new(v[0], v[1], v[2], v[3], v[4]) { ApartLimit = v[5] }])] };
            ShouldBeTheSame(ProfileFile.Read(new MemoryStream(ProfileText.Write(profile, Training))).Residuals, profile.Residuals);
        }, iter: 200);

    [Fact]
    public void Write_ProfileOfThePythonService_HasNoSectionsOfOurs()
    {
        var profile = ProfileFile.Read(File.OpenRead(Golden.Path("keras/k2_traffic_trained.ini")));

        var text = Encoding.UTF8.GetString(ProfileText.Write(profile, training: null));

        text.ShouldNotContain("[Format]");
        Lines(text).ShouldBe(Lines(File.ReadAllText(Golden.Path("keras/k2_traffic_trained.ini"))));
        ProfileFile.ReadTraining(new MemoryStream(Encoding.UTF8.GetBytes(text))).ShouldBeNull();

        static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }

    [Theory]
    [InlineData("two\nlines")]
    [InlineData(" spaces ")]
    [InlineData("\"quoted\"")]
    public void Write_SensorThatDoesNotFit_IsRefused(string sensor) => ShouldBeRefused(Profile with { Sensor = sensor });

    [Theory]
    [InlineData("a,b")]
    [InlineData("a=b")]
    [InlineData("a:b")]
    [InlineData("[a]\n")]
    public void Write_MetricThatDoesNotFit_IsRefused(string metric) => ShouldBeRefused(Profile with { Metrics = [metric, "pkts", "granularity"] });

    [Fact]
    public void Write_MetricsThatDifferInCase_AreRefusedWithResiduals()
    {
        var residuals = new ResidualStatistics(5, [new(1, 1, 1, 1, 1), new(2, 1, 1, 1, 1)]);
        Should.Throw<AiOutliersException>(() => ProfileText.Write(Profile with { Metrics = ["bytes", "BYTES"], Residuals = [residuals] }, Training)).Kind.ShouldBe(ErrorKind.BadInput);
    }

    [Theory]
    [InlineData("bytes@5 = 1, 2, 3, 4", "bytes@5 of the .ini is not five or six numbers")]
    [InlineData("bytes@5 = 1, 2, 3, 4, NaN", "bytes@5 of the .ini is not five or six numbers")]
    [InlineData("bytes@soon = 1, 2, 3, 4, 5", "bytes@soon of the .ini does not end in minutes")]
    [InlineData("bytes@0 = 1, 2, 3, 4, 5", "bytes@0 of the .ini does not end in minutes")]
    [InlineData("bytes@5 = 1, 2, 3, 4, 5", "pkts@5 of the .ini is missing")]
    public void Read_DamagedResiduals_NamesTheKey(string line, string expected)
    {
        var text = Encoding.UTF8.GetString(ProfileText.Write(Profile with { Residuals = [] }, Training)) + "[Residuals]\n" + line;
        Should.Throw<AiOutliersException>(() => ProfileFile.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)))).Message.ShouldContain(expected);
    }

    [Fact]
    public void Read_ResidualsOfFiveNumbers_KnowNoApartLimit()
    {
        var text = Encoding.UTF8.GetString(ProfileText.Write(Profile with { Metrics = ["bytes"], Residuals = [] }, Training)) + "[Residuals]\nbytes@5 = 1, 2, 3, 4, 5\n";
        ProfileFile.Read(new MemoryStream(Encoding.UTF8.GetBytes(text))).Residuals.ShouldHaveSingleItem().Metrics.ShouldBe([new(1, 2, 3, 4, 5) { ApartLimit = double.PositiveInfinity }]);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("high")]
    [InlineData("NaN")]
    public void Read_DamagedLeapLimit_NamesTheKey(string limit)
    {
        var text = Encoding.UTF8.GetString(ProfileText.Write(Profile, Training)).Replace("0.5 = 0.0123", $"0.5 = {limit}", StringComparison.Ordinal);
        var error = Should.Throw<AiOutliersException>(() => ProfileFile.Read(new MemoryStream(Encoding.UTF8.GetBytes(text))));
        error.Message.ShouldBe("[Leaps] 0.5 of the .ini is not a number above 0");
    }

    [Fact]
    public void Read_ResidualsOfOtherColumns_AreIgnored()
    {
        var text = Encoding.UTF8.GetString(ProfileText.Write(Profile, Training)) + "other@5 = 1, 2, 3, 4, 5\nfuture = yes\n";
        ShouldBeTheSame(ProfileFile.Read(new MemoryStream(Encoding.UTF8.GetBytes(text))).Residuals, Profile.Residuals);
    }

    private static void ShouldBeRefused(AutoencoderProfile profile)
    {
        var error = Should.Throw<AiOutliersException>(() => ProfileText.Write(profile, Training));
        error.Kind.ShouldBe(ErrorKind.BadInput);
        error.Message.ShouldContain(".ini cannot hold");
    }

    private static void ShouldBeTheSame(IReadOnlyList<ResidualStatistics> actual, IReadOnlyList<ResidualStatistics> expected)
    {
        actual.Select(static entry => entry.Minutes).ShouldBe(expected.Select(static entry => entry.Minutes));
        actual.Select(static entry => entry.LeapLimit).ShouldBe(expected.Select(static entry => entry.LeapLimit));
        actual.SelectMany(static entry => entry.Metrics).ShouldBe(expected.SelectMany(static entry => entry.Metrics));
    }
}
