using System.Text.Json;
using AiOutliers.Models.Keras;
using AiOutliers.Tests.Shared;

namespace AiOutliers.Models.Tests.Keras;

/// <summary>Keras' own predictions on the same input.</summary>
public sealed class GoldenPredictionTests
{
    private const double SinglePrecision = 1e-5;

    /// <summary>Keras computed these in half precision.</summary>
    private const double HalfPrecision = 5e-3;

    [Theory]
    [InlineData("k2_dense.keras", "k2_dense", SinglePrecision)]
    [InlineData("k2_gru_conv.keras", "k2_gru_conv", SinglePrecision)]
    [InlineData("k2_sequential_lstm.keras", "k2_sequential_lstm", SinglePrecision)]
    [InlineData("k2_sequential_lstm.h5", "k2_sequential_lstm", SinglePrecision)]
    [InlineData("k2_traffic_float32.keras", "k2_traffic_float32", SinglePrecision)]
    [InlineData("k2_traffic_float32.h5", "k2_traffic_float32", SinglePrecision)]
    [InlineData("k2_traffic_mixed_float16.keras", "k2_traffic_mixed_float16", HalfPrecision)]
    [InlineData("k3_many_layers.keras", "k3_many_layers", SinglePrecision)]
    [InlineData("k3_sequential_lstm.keras", "k3_sequential_lstm", SinglePrecision)]
    [InlineData("k3_traffic_float32.keras", "k3_traffic_float32", SinglePrecision)]
    public void Predict_GoldenInput_AgreesWithKeras(string file, string numbers, double tolerance)
    {
        var network = KerasFile.Read(File.ReadAllBytes(Golden.Path($"keras/{file}")));
        using var golden = JsonDocument.Parse(File.ReadAllBytes(Golden.Path($"keras/{numbers}.io.json")));
        var examples = Floats(golden, "x");
        var expected = Floats(golden, "y");
        var actual = new float[expected.Length];

        network.Predict(examples, actual);

        network.Input.Dimensions.ToArray().ShouldBe(golden.RootElement.GetProperty("shape_in").EnumerateArray().Skip(1).Select(size => size.GetInt32()));
        actual.Zip(expected, (a, b) => Math.Abs((double)a - b)).Max().ShouldBeLessThanOrEqualTo(tolerance);
    }

    [Fact]
    public void Predict_ManyExamples_GivesEachTheSameAsAlone()
    {
        var network = KerasFile.Read(File.ReadAllBytes(Golden.Path("keras/k2_traffic_float32.keras")));
        var random = new Random(1);
        var examples = new float[37 * network.Input.Size];
        for (var i = 0; i < examples.Length; i++)
            examples[i] = random.NextSingle();
        var together = new float[37 * network.Output.Size];
        network.Predict(examples, together);
        for (var i = 0; i < 37; i++)
        {
            var alone = new float[network.Output.Size];
            network.Predict(examples.AsSpan(i * network.Input.Size, network.Input.Size), alone);
            alone.ShouldBe(together[(i * alone.Length)..((i + 1) * alone.Length)]);
        }
    }

    private static float[] Floats(JsonDocument golden, string name) => [.. golden.RootElement.GetProperty(name).EnumerateArray().Select(value => value.GetSingle())];
}
