using System.Text.Json;
using AiOutliers.Detection;
using AiOutliers.Detection.Series;
using AiOutliers.Models.Folder;
using AiOutliers.Tests.Shared;

namespace AiOutliers.Models.Tests.Keras;

/// <summary>Every step of the Python service's autoencoder on its own trained model.</summary>
public sealed class GoldenPipelineTests
{
    private const double Rescaled = 1e-4;
    private const double Forecast = 1e-3;

    private static readonly Model Trained = ModelFiles.Load(Golden.Path("keras"), "k2_traffic_trained");

    [Theory]
    [InlineData("one_day_5m", 288)]
    [InlineData("three_days_30m", 144)]
    [InlineData("one_hour_1m", 28)] // 60 rows: one more slice, aligned with the end, overlaps the rows from 28 on.
    public void Reconstruct_GoldenInput_AgreesWhereTheSlicesAreTheSame(string input, int comparable)
    {
        using var golden = JsonDocument.Parse(File.ReadAllBytes(Golden.Path("python-service/pipeline_trained_model.json")));
        var expected = golden.RootElement.GetProperty(input);
        var table = Input(input);

        var actual = Trained.Autoencoder.Reconstruct(table);

        Compare(actual.Input, expected.GetProperty("rescaled"), comparable, 20, Rescaled);
        Compare(actual.Output, expected.GetProperty("reconstructed"), comparable, 20, Rescaled);
        Compare(actual.Loss, expected.GetProperty("loss_float32"), comparable, 20, Rescaled);
        var result = Trained.Detector.Detect(table, "bytes");
        var forecast = expected.GetProperty("forecast_bytes").EnumerateArray().Select(value => value.GetDouble()).ToArray();
        for (var row = 0; row < comparable; row++)
            (Math.Abs(result.Expected[row] - forecast[row]) / forecast[row]).ShouldBeLessThanOrEqualTo(Forecast, $"row {row}");
    }

    [Theory]
    [InlineData("one_day_5m")]
    [InlineData("three_days_30m")]
    [InlineData("one_hour_1m")]
    public void Detect_GoldenInput_MarksTheSameRows(string input)
    {
        using var golden = JsonDocument.Parse(File.ReadAllBytes(Golden.Path("python-service/pipeline_trained_model.json")));
        var expected = golden.RootElement.GetProperty(input).GetProperty("anomalous_rows_in_bytes").EnumerateArray().Select(row => row.GetInt32());

        var result = Trained.Detector.Detect(Input(input), "bytes");

        Enumerable.Range(0, result.Anomalies.Length).Where(row => result.Anomalies[row]).ShouldBe(expected);
    }

    [Fact]
    public void Detect_TooFewRows_SaysHowManyAreNeeded() =>
        Should.Throw<AiOutliersException>(() => Trained.Detector.Detect(Input("too_short"), "bytes")).Message.ShouldContain("at least 32 rows but 10 came");

    [Fact]
    public void Detect_MissingMetric_NamesIt()
    {
        var builder = new MetricTableBuilder();
        var bytes = builder.ColumnOf("bytes");
        for (var row = 0; row < 40; row++)
        {
            builder.AddRow(row * 60_000L, $"{row}");
            builder.Set(bytes, row);
        }
        Should.Throw<AiOutliersException>(() => Trained.Detector.Detect(builder.Build(), "bytes")).Message.ShouldContain("bytes_per_client");
    }

    [Fact]
    public void Detect_MissingValues_GetNoVerdictAndDoNotSpread()
    {
        var table = Input("one_day_5m", missing: row => row is >= 40 and < 44);

        var result = Trained.Detector.Detect(table, "bytes");

        Enumerable.Range(0, 288).Where(row => result.Anomalies[row]).ShouldBe([120, 121, 200]);
        result.Scores[40..44].ShouldAllBe(score => score == 0);
    }

    private static MetricTable Input(string name, Func<int, bool>? missing = null)
    {
        using var inputs = JsonDocument.Parse(File.ReadAllBytes(Golden.Path("python-service/inputs.json")));
        var builder = new MetricTableBuilder();
        foreach (var row in inputs.RootElement.GetProperty(name).EnumerateArray())
        {
            var stamp = row.GetProperty("timestamp").GetString()!;
            builder.AddRow(row.GetProperty("timestamp").GetDateTimeOffset().ToUnixTimeMilliseconds(), stamp);
            foreach (var metric in row.GetProperty("result").EnumerateObject())
                builder.Set(builder.ColumnOf(metric.Name), missing?.Invoke(builder.Rows - 1) == true ? double.NaN : metric.Value.GetDouble());
        }
        return builder.Build();
    }

    private static void Compare(float[] actual, JsonElement expected, int rows, int columns, double tolerance)
    {
        var worst = 0.0;
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < Math.Min(columns, expected[row].GetArrayLength()); column++)
                worst = Math.Max(worst, Math.Abs(actual[row * columns + column] - expected[row][column].GetDouble()));
        }
        worst.ShouldBeLessThanOrEqualTo(tolerance);
    }
}
