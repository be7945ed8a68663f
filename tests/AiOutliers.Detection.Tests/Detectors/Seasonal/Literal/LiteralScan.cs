using static AiOutliers.Detection.Tests.Detectors.Seasonal.Literal.LiteralNumbers;

namespace AiOutliers.Detection.Tests.Detectors.Seasonal.Literal;

/// <summary>
/// docs/detectors/seasonal-scan-algorithm.md up to section 5, line by line: slow, and the maker of the golden numbers. One entry for each
/// known value; of what is usual one for each point.
/// </summary>
internal sealed record LiteralScan
{
    /// <summary>The points that are known.</summary>
    public required int[] Places { get; init; }

    /// <summary>What is left without long outages: local and autoregressive have one entry for each known value of it.</summary>
    public required double[] Rest { get; init; }

    public required LiteralTransform Transform { get; init; }

    public required int Period { get; init; }

    public required int LongPeriod { get; init; }

    public required LiteralSeason Season { get; init; }

    public required double[] Seasonal { get; init; }

    public required double[] Local { get; init; }

    public required double[] Autoregressive { get; init; }

    /// <summary>E.</summary>
    public required double[] Energy { get; init; }

    public required double[] Point { get; init; }

    public required double[] Wide { get; init; }

    /// <summary>The statistic of the sustained alarm; empty below 100 values.</summary>
    public required double[] Sustained { get; init; }

    /// <summary>What of POINT is noise in RANGE.</summary>
    public required double Pedestal { get; init; }

    public required LiteralAlarms Alarms { get; init; }

    public double[] Range => [.. Point.Select((point, i) => LiteralScores.Range(point, Wide[i], Pedestal))];

    public double[] Expected => [.. Season.Base.Select(Transform.Back)];

    public double[] Lower => [.. Season.Base.Select((value, i) => Transform.Back(value - 4 * Season.Scale[i]))];

    public double[] Upper => [.. Season.Base.Select((value, i) => Transform.Back(value + 4 * Season.Scale[i]))];

    /// <param name="values">NaN where missing; not flat, and at least eight known.</param>
    /// <param name="hint">Points per day; 0 unknown.</param>
    /// <param name="sensitivity">From 0, quiet, to 1, high.</param>
    public static LiteralScan Of(double[] values, int hint, double sensitivity = 2 / 3.0)
    {
        var (places, x) = (PlacesOf(values), Known(values));
        var period = LiteralPeriod.Short([.. values.Select(LiteralTransform.Of(x, hint).To)], hint);
        var outages = LiteralZeros.Outages(x, places, hint > 1 ? hint : period);
        var left = LiteralZeros.Long(outages, x.Length, period);
        var rest = values.ToArray();
        foreach (var place in left.SelectMany(run => places[run.Start..run.End]))
            rest[place] = double.NaN;
        var others = outages.Except(left).SelectMany(run => places[run.Start..run.End]);
        return LiteralZeros.Inserted(OfRest(rest, hint, [.. others], sensitivity), places, x, left);
    }

    private static int[] PlacesOf(double[] values) => [.. Enumerable.Range(0, values.Length).Where(i => !double.IsNaN(values[i]))];

    /// <summary>A series without long outages; the points of its short ones are given.</summary>
    private static LiteralScan OfRest(double[] values, int hint, int[] outages, double sensitivity)
    {
        var (places, x) = (PlacesOf(values), Known(values));
        var transform = LiteralTransform.Of(x, hint);
        var t = values.Select(transform.To).ToArray();
        var known = Known(t);
        var period = LiteralPeriod.Short(t, hint);
        var longPeriod = period == 0 ? 0 : LiteralPeriod.Long(t, period);
        var season = LiteralSeason.Of(t, longPeriod, transform.CountNoise);

        var eps = Math.Max(Math.Max(season.Noise, 0.005 * Deviation(known)), 1e-9 * known.Max(Math.Abs));
        var local = LiteralViews.Local(Known(t.Select((value, i) => value - season.Base[i])), eps);
        var z = LiteralViews.WithoutJobs(season.Z, places, hint);
        var a = LiteralViews.WithoutJobs(LiteralViews.Autoregressive(known, local, eps), places, hint);
        var l = LiteralViews.WithoutJobs(local, places, hint);
        var (mean, spread) = (x.Average(), Deviation(x));
        var g = x.Select(value => (value - mean) / spread);

        var (m, squares) = (known.Length, z.Select(static value => value * value).ToArray());
        var energy = z.Select((_, i) => (z[i] * z[i] + l[i] * l[i] + a[i] * a[i]) / 3).ToArray();
        var point = LiteralScores.Shaped(LiteralScores.Scan(energy, LiteralScores.LongestSharp(m), 0.4), energy);
        double[] wide = [.. g.Zip(squares, static (g, square) => (g * g + square) / 2)];
        double[] sustained = m < 100 ? [] : LiteralScores.Scan(squares, LiteralScores.LongestWide(m), 0.5, shortest: 25);
        var levels = LiteralAlarms.Levels(sensitivity, hint);
        return new()
        {
            Places = places,
            Rest = values,
            Transform = transform,
            Period = period,
            LongPeriod = longPeriod,
            Season = season,
            Seasonal = z,
            Local = l,
            Autoregressive = a,
            Energy = energy,
            Point = point,
            Wide = LiteralScores.Scan(wide, LiteralScores.LongestWide(m), 0.5, spread: true),
            Sustained = sustained,
            Pedestal = Math.Max(4, Quantile(point, 0.95)),
            Alarms = LiteralAlarms.Of(point, energy, sustained, squares, [.. places.Select(outages.Contains)], levels),
        };
    }
}
