using System.Security.Cryptography;
using AiOutliers.Detection;
using AiOutliers.Detection.Neural.Training;
using AiOutliers.Detection.Series;
using AiOutliers.Engine.Training;
using AiOutliers.Models.Folder;
using AiOutliers.Models.Keras;
using AiOutliers.Tests.Shared;

namespace AiOutliers.Engine.Tests.Training;

public sealed class TrainingJobTests : IDisposable
{
    private static readonly MetricTable Days = Traffic.Days(8);

    private readonly TemporaryFolder _models = new();
    private readonly TrainingJob _job;

    public TrainingJobTests()
    {
        var training = new TrainingSettings { Epochs = 2, BatchSize = 1000, NewLayout = KerasLayout.Keras3 };
        _job = new(new() { Training = training }, _models.Path, source: null, TimeProvider.System);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _models.Dispose();

    [Fact]
    public async Task Run_NewModel_IsSavedWithItsLimitsAndDetects()
    {
        var outcome = await RunAsync(Request with { Epochs = 60, BatchSize = 8 });

        (outcome.IsNew, outcome.IsSaved, outcome.Backup).ShouldBe((true, true, null));
        outcome.LossAfter.ShouldBeLessThan(0.5 * outcome.LossBefore);
        var model = ModelFiles.Load(_models.Path, "mine");
        KerasFile.LayoutOf(File.ReadAllBytes(At("mine.keras"))).ShouldBe(KerasLayout.Keras3);
        model.Autoencoder.Profile.Metrics.ShouldBe(["bytes", "flows", "granularity"]);
        model.Autoencoder.Profile.Residuals.ShouldHaveSingleItem().Minutes.ShouldBe(15);
        model.Training!.Rows.ShouldBe(outcome.Rows);
        var result = model.Detector.Detect(Traffic.Days(3, (row, _, value) => row == 150 ? 0 : value), "bytes", Cancellation);
        result.Anomalies[150].ShouldBeTrue();
        result.ReasonOf(150)!.ShouldContain("bytes");
    }

    [Fact]
    public async Task Run_NewModel_IsComparedAndKeepsWhatCameOfIt()
    {
        var outcome = await RunAsync(Request with { Epochs = 60, BatchSize = 8 });

        var comparison = outcome.Comparison.ShouldNotBeNull();
        (comparison.Detector, comparison.Metric, comparison.Days).ShouldBe(("seasonal-scan", "bytes", 2));
        comparison.All.Tried.ShouldBe(336);
        comparison.Together.ByOther.ShouldBeGreaterThan(0);
        comparison.Alone.ByModel.ShouldBeGreaterThan(0);
        ModelFiles.Load(_models.Path, "mine").Autoencoder.Profile.Comparison.ShouldBe(comparison);
    }

    [Fact]
    public async Task Run_ModelThatIsTrainedFurther_KeepsItsComparison()
    {
        var comparison = (await RunAsync(Request)).Comparison;

        (await RunAsync(Request)).Comparison.ShouldBeNull();

        comparison.ShouldNotBeNull();
        ModelFiles.Load(_models.Path, "mine").Autoencoder.Profile.Comparison.ShouldBe(comparison);
    }

    [Fact]
    public async Task Run_FewRowsOfValidation_IsNotCompared() => (await RunAsync(Request with { Data = [Days.First(200)] })).Comparison.ShouldBeNull();

    [Fact]
    public async Task Run_ModelThatExists_KeepsLayoutAndBacksUpTheOldFiles()
    {
        ModelSaverCopy("k2_traffic_trained");
        var (network, profile) = (Hash(At("mine.keras")), Hash(At("mine.ini")));

        var outcome = await RunAsync(Request with { Data = [TrafficSet()] });

        outcome.IsNew.ShouldBeFalse();
        outcome.Training.Epochs.Count.ShouldBe(2);
        outcome.LossAfter.ShouldBeLessThan(1.25 * outcome.LossBefore);
        (Hash(outcome.Backup + ".keras"), Hash(outcome.Backup + ".ini")).ShouldBe((network, profile));
        Hash(At("mine.keras")).ShouldNotBe(network);
        KerasFile.LayoutOf(File.ReadAllBytes(At("mine.keras"))).ShouldBe(KerasLayout.Keras2);
        Path.GetFileName(outcome.Backup)!.ShouldMatch(@"^mine-\d\d-\d\d-\d\dT\d\d-\d\d$");
    }

    [Fact]
    public async Task Run_SameSeed_GivesTheSameModelOnAnyNumberOfThreads()
    {
        await RunAsync(Request with { Threads = 1, BatchSize = 16 });
        await RunAsync(Request with { Threads = 2, BatchSize = 16 } with { Name = "other" });

        File.ReadAllText(At("other.ini")).Split("trained_at")[0].ShouldBe(File.ReadAllText(At("mine.ini")).Split("trained_at")[0]);
    }

    [Fact]
    public async Task Run_Cancelled_StopsAfterTheEpochAndLeavesTheOldModel()
    {
        await RunAsync(Request);
        var before = Files();
        using var stop = new CancellationTokenSource();

        var outcome = await _job.RunAsync(Request with { Epochs = 100_000 }, new AtOnce(progress =>
        {
            if (progress.Epoch?.Epoch == 3)
                stop.Cancel();
        }), stop.Token);

        (outcome.IsSaved, outcome.Training.End, outcome.Training.Epochs.Count).ShouldBe((false, TrainingEnd.Cancelled, 3));
        Files().ShouldBe(before);
    }

    [Fact]
    public async Task Run_LearningRateThatDiverges_IsReportedAndLeavesTheOldModel()
    {
        await RunAsync(Request with { Epochs = 30, BatchSize = 8 });
        var before = Files();

        (await FailureAsync(Request with { LearningRate = 50 }, ErrorKind.BadConfiguration)).ShouldContain("diverged");

        Files().ShouldBe(before);
    }

    [Fact]
    public async Task Run_FilesThatCannotBeWritten_SaysSoAndLeavesTheOldModel()
    {
        await RunAsync(Request);
        File.WriteAllText(At(".mine.saving"), "");
        var before = Files();

        (await FailureAsync(Request, ErrorKind.UnusableModel)).ShouldContain("cannot be saved");

        Files().ShouldBe(before);
    }

    [Fact]
    public async Task Run_BackupThatCannotBeWritten_DoesNotTouchTheModel()
    {
        await RunAsync(Request);
        File.WriteAllText(At("backups"), "a file where a folder should be");
        var before = Files();

        (await FailureAsync(Request, ErrorKind.UnusableModel)).ShouldContain("cannot be saved");

        Files().ShouldBe(before);
    }

    [Theory]
    [InlineData(null, "one of all traffic")]
    [InlineData("""{"type":"selector","dimension":"sensor_name","value":"a"}""", "one of the sensor 'a'")]
    [InlineData("""{"type":"in","dimension":"sensor_name","values":["a","b"]}""", "one of the traffic of its filter")]
    public async Task Run_SensorForAModelOfOthers_IsRefusedAndChangesNothing(string? filter, string expected)
    {
        await RunAsync(Request with { Filter = filter });
        var before = Files();

        var failure = await FailureAsync(Request with { Sensors = ["c"] }, ErrorKind.BadInput);

        failure.ShouldContain(expected);
        failure.ShouldContain("--sensor would make it one of c alone");
        Files().ShouldBe(before);
    }

    [Fact]
    public async Task Run_SensorOfItsOwnModel_IsTrainedFurther()
    {
        // A sensor's model that an older service left, without a filter.
        ModelSaverCopy("k2_traffic_trained");
        var request = Request with { Data = [TrafficSet()], Sensors = ["mine"] };

        (await RunAsync(request)).IsNew.ShouldBeFalse();
        (await RunAsync(request)).IsNew.ShouldBeFalse();

        ModelFiles.Filter(_models.Path, "mine").ShouldBe("""{"type":"selector","dimension":"sensor_name","value":"mine"}""");
        (await RunAsync(request with { Name = "both", Sensors = ["a", "b"], Data = [Days] })).IsNew.ShouldBeTrue();
        (await RunAsync(request with { Name = "both", Sensors = ["a", "b"], Data = [Days] })).IsNew.ShouldBeFalse();
    }

    [Fact]
    public async Task Run_WithoutBackup_CopiesNothing()
    {
        await RunAsync(Request);
        (await RunAsync(Request with { Backup = false })).Backup.ShouldBeNull();
        Directory.Exists(At("backups")).ShouldBeFalse();
    }

    [Fact]
    public async Task Run_OtherColumnsThanTheModels_NamesThem()
    {
        await RunAsync(Request);
        var before = Files();

        (await FailureAsync(Request with { Metrics = ["bytes"] }, ErrorKind.BadInput)).ShouldContain("'mine' has the columns bytes, flows");
        (await FailureAsync(Request with { Data = [Days.With("bytes", Days.Column("bytes").ToArray())] }, ErrorKind.BadInput)).ShouldContain("does not have: flows");
        (await FailureAsync(Request with { Window = 8 }, ErrorKind.BadInput)).ShouldContain("windows of 16 rows");

        Files().ShouldBe(before);
    }

    [Fact]
    public async Task Run_AllZeros_SaysThatThereIsNothingToLearn() =>
        (await FailureAsync(Request with { Data = [Traffic.Days(8, static (_, _, _) => 0)], KeepAnomalies = true }, ErrorKind.BadInput)).ShouldContain("cannot learn from it");

    [Fact]
    public async Task Run_ConstantMetric_TrainsAndWarns()
    {
        var outcome = await RunAsync(Request with { Data = [Traffic.Days(8, static (_, metric, value) => metric == "flows" ? 7 : value)] });
        outcome.Warnings.ShouldContain(static warning => warning.StartsWith("The same in all rows") && warning.EndsWith("flows."));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(20)]
    public async Task Run_TooFewRows_SaysHowManyAreNeeded(int rows) =>
        (await FailureAsync(Request with { Data = [Days.First(rows)] }, ErrorKind.BadInput)).ShouldContain("at least 32 complete rows");

    [Fact]
    public async Task Run_NoRows_SaysSo() => (await FailureAsync(Request with { Data = [Days.First(0)] }, ErrorKind.BadInput)).ShouldContain("no rows");

    [Fact]
    public async Task Run_RowsThatAreNaN_AreLeftOutAndCounted()
    {
        var data = Traffic.Days(8, static (row, metric, value) => row is 100 or 101 && metric == "flows" ? double.NaN : value);
        (await RunAsync(Request with { Data = [data], KeepAnomalies = true })).LeftOutRows.ShouldBe(2);
        (await FailureAsync(Request with { Metrics = ["flows"], Name = "other", Data = [Traffic.Days(8, static (_, _, _) => double.NaN)] }, ErrorKind.BadInput)).ShouldContain("flows");
    }

    [Fact]
    public async Task Run_MetricMissingFromHalfOfTheResponses_LeavesThoseOut()
    {
        var half = Days.With("bytes", Days.Column("bytes").ToArray());

        var outcome = await RunAsync(Request with { Data = [Days, half, Days, half], Metrics = ["bytes", "flows"], KeepAnomalies = true });

        outcome.Warnings.ShouldContain(static warning => warning.Contains("Left out, without flows: 2 of 4 responses, 1,536 rows."));
        outcome.LeftOutRows.ShouldBe(2 * Days.Rows);
    }

    [Fact]
    public async Task Run_AnomaliesInTheData_AreLeftOutUnlessKept()
    {
        var data = Traffic.Days(8, static (row, _, value) => row is >= 300 and < 304 ? 20 * value : value);

        (await RunAsync(Request with { Data = [data] })).LeftOutRows.ShouldBeGreaterThanOrEqualTo(4);
        (await RunAsync(Request with { Data = [data], KeepAnomalies = true, Name = "other" })).LeftOutRows.ShouldBe(0);
    }

    [Fact]
    public async Task Run_NoSource_SaysHowToGetData() => (await FailureAsync(Request with { Data = null }, ErrorKind.SourceFailed)).ShouldContain("--data");

    private static TrainingRequest Request => new("mine") { Data = [Days], Epochs = 2 };

    private Task<TrainingOutcome> RunAsync(TrainingRequest request) => _job.RunAsync(request, progress: null, Cancellation);

    private async Task<string> FailureAsync(TrainingRequest request, ErrorKind kind)
    {
        var error = await Should.ThrowAsync<AiOutliersException>(() => RunAsync(request));
        error.Kind.ShouldBe(kind);
        return error.Message;
    }

    /// <summary>The eleven metrics, all of one shape.</summary>
    private static MetricTable TrafficSet() => Traffic.Days(2, metrics: ModelFiles.Load(Golden.Path("keras"), "k2_traffic_trained").Autoencoder.Profile.Metrics);

    private void ModelSaverCopy(string golden)
    {
        foreach (var ending in new[] { ".keras", ".ini" })
            File.Copy(Golden.Path($"keras/{golden}{ending}"), At("mine" + ending));
    }

    private string[] Files() => [.. Directory.GetFiles(_models.Path).Order(StringComparer.Ordinal).Select(static path => $"{Path.GetFileName(path)} {Hash(path)}")];

    private static string Hash(string path) => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(path)));

    private string At(string file) => Path.Combine(_models.Path, file);

    private sealed class AtOnce(Action<TrainingProgress> report) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => report(value);
    }
}
