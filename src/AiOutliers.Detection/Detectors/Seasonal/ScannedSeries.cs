using AiOutliers.Detection.Numerics;

namespace AiOutliers.Detection.Detectors.Seasonal;

/// <summary>A series as the scan takes it: its known values in order, transformed; and the same at their points of time.</summary>
internal readonly ref struct ScannedSeries
{
    /// <param name="values">One a point; not finite where missing.</param>
    /// <param name="known">The points of the finite ones, at least one.</param>
    /// <param name="pointsPerDay">0 when the step is not known.</param>
    /// <param name="scratch">Keeps the series.</param>
    public ScannedSeries(ReadOnlySpan<double> values, int[] known, int pointsPerDay, scoped ref Scratch scratch)
    {
        Known = known;
        X = scratch.Take(known.Length);
        for (var i = 0; i < known.Length; i++)
            X[i] = values[known[i]];
        Units = scratch.Take(known.Length);
        T = scratch.Take(known.Length);
        Transform = TrafficTransform.For(X, pointsPerDay, scratch);
        Transform.Apply(X, Units, T);
        CountNoise = Transform.CountNoise(X);
        AtPoints = T;
        if (known.Length == values.Length)
            return;
        AtPoints = scratch.Take(values.Length);
        AtPoints.Fill(double.NaN);
        for (var i = 0; i < known.Length; i++)
            AtPoints[known[i]] = T[i];
    }

    /// <summary>The points that are known, ascending.</summary>
    public int[] Known { get; }

    /// <summary>The known values.</summary>
    public Span<double> X { get; }

    /// <summary>The known values in units of the transform.</summary>
    public Span<double> Units { get; }

    /// <summary>The known values, transformed.</summary>
    public Span<double> T { get; }

    /// <summary>The same, one a point, NaN where missing. The same memory as <see cref="T"/> when nothing is.</summary>
    public Span<double> AtPoints { get; }

    public TrafficTransform Transform { get; }

    /// <inheritdoc cref="TrafficTransform.CountNoise"/>
    public double CountNoise { get; }
}
