using AiOutliers.Detection.Detectors.Deep;
using AiOutliers.Detection.Neural;
using AiOutliers.Detection.Neural.Training;

namespace AiOutliers.Detection.Tests.Neural.Training;

public sealed class TrainerTests
{
    private const int Slices = 45;

    private static readonly AutoencoderProfile Profile = new()
    {
        Metrics = ["bytes", "flows", "granularity"],
        Calendar = ["minute", .. Enumerable.Range(0, 7).Select(day => $"weekday_{day}")],
        AverageLoss = 0,
        LossDeviation = 0,
        WindowSize = 4,
        Windows = 2,
    };

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void Fit_SeveralThreads_GivesTheBitsOfOne(int threads)
    {
        var options = new TrainingOptions { Epochs = 3, BatchSize = 20, Schedule = LearningRateSchedule.Cosine };

        Weights(Fitted(options with { Threads = threads }).Network).ShouldBe(Weights(Fitted(options with { Threads = 1 }).Network));
    }

    [Fact]
    public void Fit_AnotherSeed_GivesOtherWeights() =>
        Weights(Fitted(new() { Epochs = 1, Seed = 1 }).Network).ShouldNotBe(Weights(Fitted(new() { Epochs = 1, Seed = 2 }).Network));

    [Fact]
    public void Fit_RegularData_ReducesBothLosses()
    {
        var (_, result) = Fitted(new() { Epochs = 100, BatchSize = 8, Optimizer = new() { LearningRate = 4e-3 }, Schedule = LearningRateSchedule.Cosine }, Examples(seed: 2));

        result.End.ShouldBe(TrainingEnd.Finished);
        result.KeptEpoch.ShouldBe(100);
        result.Epochs[^1].Loss.ShouldBeLessThan(0.7 * result.Epochs[0].Loss);
        result.Epochs[^1].ValidationLoss!.Value.ShouldBeLessThan(0.7 * result.Epochs[0].ValidationLoss!.Value);
    }

    [Fact]
    public void Fit_NothingImprovesAnyMore_StopsAndKeepsTheBestEpoch()
    {
        var validation = Examples(seed: 2);

        var (network, result) = Fitted(new() { Epochs = 200, Patience = 3, Optimizer = new() { LearningRate = 0.05 } }, validation);

        result.End.ShouldBe(TrainingEnd.StoppedEarly);
        result.Epochs.Count.ShouldBe(result.KeptEpoch + 3);
        var best = result.Epochs.Min(epoch => epoch.ValidationLoss!.Value);
        result.Epochs[result.KeptEpoch - 1].ValidationLoss.ShouldBe(best);
        Loss(network, validation).ShouldBe(best, 1e-5 * best);
    }

    [Fact]
    public void Fit_Cancelled_StopsAfterTheEpoch()
    {
        using var cancellation = new CancellationTokenSource();

        var result = new Trainer(NewNetwork(), new() { Epochs = 10 }).Fit(Examples(seed: 1), default, report =>
        {
            if (report.Epoch == 2)
                cancellation.Cancel();
        }, cancellation.Token);

        (result.End, result.Epochs.Count).ShouldBe((TrainingEnd.Cancelled, 2));
    }

    [Fact]
    public void Fit_LearningRateFarTooHigh_SaysSoAndGivesTheWeightsBack()
    {
        var network = NewNetwork();
        var before = Weights(network);

        var error = Should.Throw<AiOutliersException>(() => new Trainer(network, new() { Optimizer = new() { LearningRate = 1e37 } }).Fit(Examples(seed: 1)));

        error.Message.ShouldContain("diverged");
        Weights(network).ShouldBe(before);
    }

    [Fact]
    public void Fit_AfterTheFirstEpoch_MakesNoGarbagePerStep()
    {
        var allocated = new List<long>(8);

        new Trainer(NewNetwork(), new() { Epochs = 8, BatchSize = 2, Threads = 1 }).Fit(Examples(seed: 1), Examples(seed: 2), _ => allocated.Add(GC.GetAllocatedBytesForCurrentThread()));

        // An epoch has 23 steps; its report and the list of reports are all that may be allocated. The least: a collection meanwhile may empty the pool of buffers.
        allocated.Zip(allocated.Skip(1), static (before, after) => after - before).Min().ShouldBeLessThan(500);
    }

    [Fact]
    public void Fit_BatchLargerThanTheData_TakesThemAll() => Fitted(new() { Epochs = 1, BatchSize = 1000 }).Result.Epochs.Count.ShouldBe(1);

    [Fact]
    public void Fit_CosineSchedule_StartsAtTheFullRate()
    {
        var options = new TrainingOptions { Epochs = 1, BatchSize = 1000 };
        Weights(Fitted(options with { Schedule = LearningRateSchedule.Cosine }).Network).ShouldBe(Weights(Fitted(options).Network));
        Weights(Fitted(options with { Epochs = 2, Schedule = LearningRateSchedule.Cosine }).Network).ShouldNotBe(Weights(Fitted(options with { Epochs = 2 }).Network));
    }

    [Theory]
    [InlineData(0, 32, 1e-3)]
    [InlineData(1, 0, 1e-3)]
    [InlineData(1, 32, 0.0)]
    [InlineData(1, 32, double.NaN)]
    public void New_OptionOutOfRange_Throws(int epochs, int batch, double rate) => Should.Throw<AiOutliersException>(() =>
        new Trainer(NewNetwork(), new() { Epochs = epochs, BatchSize = batch, Optimizer = new() { LearningRate = rate } })).Kind.ShouldBe(ErrorKind.BadConfiguration);

    private static (Network Network, TrainingResult Result) Fitted(TrainingOptions options, float[]? validation = null)
    {
        var network = NewNetwork();
        return (network, new Trainer(network, options).Fit(Examples(seed: 1), validation ?? []));
    }

    private static Network NewNetwork() => TrafficNetwork.Build(Profile, new() { Units = 10, Noise = 0.1, Dropout = 0.1 }, seed: 3);

    private static float[] Weights(Network network) => [.. network.Nodes.SelectMany(node => node.Layer.Parameters).SelectMany(parameter => parameter.Values)];

    private static double Loss(Network network, float[] examples)
    {
        var result = new float[examples.Length];
        network.Predict(examples, result);
        return result.Zip(examples, (a, b) => Math.Abs((double)a - b)).Average();
    }

    /// <summary>Two metrics that follow the minute, with a little noise.</summary>
    private static float[] Examples(int seed)
    {
        var random = new Random(seed);
        var examples = new float[Slices * Profile.SliceRows * Profile.Columns];
        for (var slice = 0; slice < Slices; slice++)
        {
            var start = random.NextSingle();
            var weekday = random.Next(7);
            for (var row = 0; row < Profile.SliceRows; row++)
            {
                var at = examples.AsSpan((slice * Profile.SliceRows + row) * Profile.Columns, Profile.Columns);
                var minute = (start + row * 0.01f) % 1;
                at[0] = 0.5f + 0.2f * MathF.Sin(2 * MathF.PI * minute) + 0.01f * random.NextSingle();
                at[1] = 0.4f + 0.1f * MathF.Cos(2 * MathF.PI * minute);
                at[2] = 0.05f;
                at[3] = minute;
                at[4 + weekday] = 1;
            }
        }
        return examples;
    }
}
