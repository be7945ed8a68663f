using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using AiOutliers.Detection.Tests.Detectors.Seasonal.Literal;
using AiOutliers.Tests.Shared;

namespace AiOutliers.Detection.Tests.Detectors.Seasonal;

/// <summary>One golden series with what the literal version makes of it.</summary>
internal sealed class GoldenScan
{
    private readonly JsonElement _root;

    private GoldenScan(JsonElement root) => _root = root;

    public static IEnumerable<string> Names =>
    [
        "const", "daily48_hint", "daily48_spike_outage", "nab_ec2_latency_first_1500", "nab_nyc_taxi_first_2016", "nab_nyc_taxi_nohint",
        "noise_neg_300", "short7", "short12", "sparse_counts", "synthetic_2016", "trend", "weekly_hourly_shift",
    ];

    public double[] X => Series("x");

    public int Hint => _root.GetProperty("hint").GetInt32();

    /// <summary>Series that cannot be judged have no numbers.</summary>
    public bool IsJudged => _root.TryGetProperty("range", out _);

    public static GoldenScan Load(string name)
    {
        using var packed = new GZipStream(File.OpenRead(PathOf(name)), CompressionMode.Decompress);
        return new(JsonDocument.Parse(packed).RootElement);
    }

    /// <summary>NaN where a value is missing.</summary>
    public double[] Series(string name) => [.. _root.GetProperty(name).EnumerateArray().Select(NumberOf)];

    /// <summary>What is recorded, by name.</summary>
    public static Dictionary<string, double[]> NumbersOf(LiteralScan scan) => new()
    {
        ["periods"] = [scan.Period, scan.LongPeriod],
        ["seasonal"] = scan.Seasonal,
        ["local"] = scan.Local,
        ["autoregressive"] = scan.Autoregressive,
        ["point"] = scan.Point,
        ["wide"] = scan.Wide,
        ["range"] = scan.Range,
        ["sustained"] = scan.Sustained,
        ["expected"] = scan.Expected,
        ["lower"] = scan.Lower,
        ["upper"] = scan.Upper,
        ["alarms"] = [.. scan.Alarms.Marks.Select(static alarms => (double)alarms)],
        ["thresholds"] = [scan.Alarms.Sharp, scan.Alarms.Sustained],
    };

    /// <summary>Replaces a file's numbers, with twelve digits each; the series stays.</summary>
    public static GoldenScan Save(string name, GoldenScan series, Dictionary<string, double[]> numbers)
    {
        using (var packed = new GZipStream(File.Create(PathOf(name)), CompressionLevel.SmallestSize))
        using (var json = new Utf8JsonWriter(packed))
            Write(json, name, series, numbers);
        return Load(name);
    }

    private static void Write(Utf8JsonWriter json, string name, GoldenScan series, Dictionary<string, double[]> numbers)
    {
        json.WriteStartObject();
        json.WriteString("name", name);
        json.WriteNumber("hint", series.Hint);
        Write(json, "x", series.X);
        foreach (var (key, values) in numbers)
            Write(json, key, [.. values.Select(Rounded)]);
        json.WriteEndObject();
    }

    private static double NumberOf(JsonElement value) => value.ValueKind == JsonValueKind.Null ? double.NaN : value.GetDouble();

    private static double Rounded(double value) =>
        double.Parse(value.ToString("G12", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    private static void Write(Utf8JsonWriter json, string name, double[] values)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
        {
            if (double.IsNaN(value))
                json.WriteNullValue();
            else
                json.WriteNumberValue(value);
        }
        json.WriteEndArray();
    }

    private static string PathOf(string name) => Golden.Path($"detectors/seasonal_scan_{name}.json.gz");
}
