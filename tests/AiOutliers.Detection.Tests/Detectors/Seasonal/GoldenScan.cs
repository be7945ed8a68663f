using System.IO.Compression;
using System.Text.Json;
using AiOutliers.Tests.Shared;

namespace AiOutliers.Detection.Tests.Detectors.Seasonal;

/// <summary>One golden series with every intermediate of the scan.</summary>
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

    /// <summary>Series that cannot be judged have no channels.</summary>
    public bool IsJudged => _root.TryGetProperty("period", out _);

    public int Period => _root.GetProperty("period").GetInt32();

    public int LongPeriod => _root.GetProperty("long_period").GetInt32();

    public static GoldenScan Load(string name)
    {
        using var packed = new GZipStream(File.OpenRead(Golden.Path($"detectors/seasonal_scan_{name}.json.gz")), CompressionMode.Decompress);
        return new(JsonDocument.Parse(packed).RootElement);
    }

    /// <summary>NaN where a value is missing.</summary>
    public double[] Series(string name) =>
        [.. _root.GetProperty(name).EnumerateArray().Select(value => value.ValueKind == JsonValueKind.Null ? double.NaN : value.GetDouble())];

    public int[] Rows(string name) => [.. _root.GetProperty(name).EnumerateArray().Select(value => value.GetInt32())];
}
