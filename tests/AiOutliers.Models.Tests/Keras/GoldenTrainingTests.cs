using System.Text.Json;
using AiOutliers.Detection.Neural;
using AiOutliers.Detection.Neural.Training;
using AiOutliers.Models.Keras;
using AiOutliers.Tests.Shared;

namespace AiOutliers.Models.Tests.Keras;

/// <summary>Keras' own training, step by step: 40 windows in batches of 8, in order, three times, AdamW.</summary>
public sealed class GoldenTrainingTests
{
    private const double Relative = 1e-4;

    private const double Absolute = 1e-4;

    private const int Batch = 8;

    private const int Batches = 5;

    [Theory]
    [InlineData("train_plain")]
    [InlineData("train_activity_l2")]
    public void Train_FirstBatch_GivesKerasGradients(string name)
    {
        using var golden = Read(name);
        var network = Before(name);
        var pass = new GradientPass(network, Batch, LossFunction.MeanAbsoluteError, threads: 1);
        Load(pass, golden, 0);

        pass.Train(pass.Examples(Batch), Batch, randomKey: 0);

        var expected = golden.RootElement.GetProperty("first_step_gradients").EnumerateArray().ToArray();
        pass.Gradients.Length.ShouldBe(expected.Length);
        foreach (var (gradient, keras) in pass.Gradients.Zip(expected))
        {
            var norm = keras.GetProperty("l2").GetDouble();
            var label = keras.GetProperty("name").GetString();
            gradient.Parameter.Shape.Dimensions.ToArray().ShouldBe(keras.GetProperty("shape").EnumerateArray().Select(size => size.GetInt32()), label);
            Math.Sqrt(gradient.Values.Sum(value => (double)value * value)).ShouldBe(norm, Relative * norm, label);
            foreach (var (value, other) in gradient.Values.Zip(keras.GetProperty("first").EnumerateArray().Select(item => item.GetDouble())))
                ((double)value).ShouldBe(other, Relative * Math.Max(Math.Abs(other), norm / Math.Sqrt(gradient.Values.Length)), label);
        }
    }

    [Theory]
    [InlineData("train_plain")]
    [InlineData("train_activity_l2")]
    public void Train_FifteenSteps_GivesKerasLossesAndWeights(string name)
    {
        using var golden = Read(name);
        var network = Before(name);
        var pass = new GradientPass(network, Batch, LossFunction.MeanAbsoluteError, threads: 1);
        var optimizer = new AdamOptimizer(AdamOptions.AdamW, pass.Gradients);

        foreach (var (step, keras) in golden.RootElement.GetProperty("steps").EnumerateArray().Index())
        {
            Load(pass, golden, step % Batches);
            var loss = pass.Train(pass.Examples(Batch), Batch, randomKey: 0);
            optimizer.Step(learningRate: 1e-3);
            pass.UpdateStatistics();
            var expected = keras.GetProperty("loss").GetDouble();
            loss.ShouldBe(expected, Relative * expected, $"step {step}");
        }

        var after = KerasFile.Read(File.ReadAllBytes(Golden.Path($"keras/{name}_after.keras")));
        foreach (var (mine, keras) in network.Nodes.Zip(after.Nodes))
        {
            foreach (var (parameter, other) in mine.Layer.Parameters.Zip(keras.Layer.Parameters))
                parameter.Values.Zip(other.Values, (a, b) => Math.Abs((double)a - b)).Max().ShouldBeLessThanOrEqualTo(Absolute, $"{mine.Layer.Name}/{parameter.Name}");
        }
    }

    [Theory]
    [InlineData("train_plain")]
    [InlineData("train_activity_l2")]
    public void Fit_ThreeEpochs_GivesKerasReconstruction(string name)
    {
        using var golden = Read(name);
        var network = Before(name);
        var options = new TrainingOptions { Epochs = 3, BatchSize = Batch, Shuffle = false };

        new Trainer(network, options).Fit(Floats(golden.RootElement.GetProperty("x")));

        var expected = Floats(golden.RootElement.GetProperty("after").GetProperty("y"));
        var actual = new float[expected.Length];
        network.Predict(Floats(golden.RootElement.GetProperty("x")).AsSpan(0, expected.Length), actual);
        actual.Zip(expected, (a, b) => Math.Abs((double)a - b)).Max().ShouldBeLessThanOrEqualTo(Absolute);
    }

    private static JsonDocument Read(string name) => JsonDocument.Parse(File.ReadAllBytes(Golden.Path($"keras/{name}.json")));

    private static Network Before(string name) => KerasFile.Read(File.ReadAllBytes(Golden.Path($"keras/{name}_before.keras")));

    private static void Load(GradientPass pass, JsonDocument golden, int batch)
    {
        var examples = pass.Examples(Batch);
        Floats(golden.RootElement.GetProperty("x")).AsSpan(batch * examples.Length, examples.Length).CopyTo(examples);
    }

    private static float[] Floats(JsonElement list) => [.. list.EnumerateArray().Select(value => value.GetSingle())];
}
