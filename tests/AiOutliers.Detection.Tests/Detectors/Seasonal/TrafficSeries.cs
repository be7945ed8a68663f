using CsCheck;

namespace AiOutliers.Detection.Tests.Detectors.Seasonal;

/// <summary>Invented series, the ordinary and the awkward.</summary>
internal static class TrafficSeries
{
    private static readonly string[] Kinds =
        ["season", "noise", "negative", "sparse", "two values", "zero", "constant", "giant spike", "huge", "tiny", "steps", "line", "exact season", "missing"];

    /// <summary>Of any kind, with or without missing values, and how many points a day it says it has.</summary>
    public static Gen<(string Kind, double[] Values, int Hint)> Any(int shortest, int longest) =>
        from kind in OneOf(Kinds)
        from length in Gen.Int[shortest, longest]
        from seed in Gen.Int[0, 1_000_000]
        from missing in OneOf([0, 0, 0.02, 0.5, 0.9])
        from hint in OneOf([0, 0, 8, 24, 48, 96, 288, 1440])
        select (kind, WithMissing(Make(kind, length, seed), missing, seed), hint);

    /// <summary>A day of <paramref name="period"/> points with noise of about 8 %.</summary>
    public static double[] Daily(int n, int period, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, n).Select(i => 1000 * Math.Exp(0.8 * Math.Sin(2 * Math.PI * i / period) + 0.08 * Normal(random)))];
    }

    private static Gen<T> OneOf<T>(T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    private static double[] Make(string kind, int n, int seed)
    {
        var random = new Random(seed);
        var season = Daily(n, random.Next(8, 100), seed);
        Func<int, double> value = kind switch
        {
            "noise" => _ => Math.Abs(Normal(random)),
            "negative" => _ => Normal(random) * 50,
            "sparse" => _ => random.NextDouble() < 0.9 ? 0 : random.Next(1, 4),
            "two values" => _ => random.Next(2) == 0 ? 3 : 7,
            "zero" => _ => 0,
            "constant" => _ => 12.5,
            "giant spike" => i => i == n / 2 ? 1e15 : season[i] - (seed % 2 == 0 ? 3000 : 0),
            "huge" => i => season[i] * 1e12,
            "tiny" => i => season[i] * 1e-12 - (seed % 2 == 0 ? 1e-9 : 0),
            "steps" => i => (i / 40 % 3 + 1) * 100,
            "line" => i => i * 3.0,
            "exact season" => i => i % 24,
            "missing" => _ => double.NaN,
            _ => i => season[i],
        };
        return [.. Enumerable.Range(0, n).Select(value)];
    }

    private static double[] WithMissing(double[] values, double share, int seed)
    {
        var random = new Random(seed + 1);
        return [.. values.Select(value => random.NextDouble() < share ? random.Next(5) == 0 ? double.PositiveInfinity : double.NaN : value)];
    }

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
