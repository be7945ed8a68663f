using System.Numerics.Tensors;

namespace AiOutliers.Detection.Detectors.Deep;

/// <summary>What lasts in one column of a series.</summary>
/// <param name="Residuals">Normalised, one per row.</param>
/// <param name="Means">Of <see cref="ResidualRule.SustainedRows"/> residuals around each row.</param>
internal readonly record struct LastingDeviation(double[] Residuals, double[] Means)
{
    public static LastingDeviation Of(double[] residuals)
    {
        var means = new double[residuals.Length];
        ResidualRule.MovingMean(residuals, means);
        return new(residuals, means);
    }

    /// <summary>
    /// The means as multiples of a limit. The window of a mean reaches twelve rows beyond what lasts. So a run of rows beyond the limit is
    /// cut down: to the first and the last row whose own residual is at least half of the run's largest mean, in the same direction, with
    /// the row of that mean between them. The rows cut off count as 1, which is not an alarm.
    /// </summary>
    /// <param name="limit">Above 0.</param>
    public double[] Multiples(double limit)
    {
        var multiples = new double[Means.Length];
        for (var row = 0; row < multiples.Length; row++)
            multiples[row] = Math.Min(Math.Abs(Means[row]) / limit, double.MaxValue);
        for (var row = 0; row < multiples.Length; row++)
        {
            if (multiples[row] <= 1)
                continue;
            var (start, sign) = (row, Math.Sign(Means[row]));
            while (row < multiples.Length && multiples[row] > 1 && Math.Sign(Means[row]) == sign)
                row++;
            Trim(multiples.AsSpan(start, row - start), Residuals.AsSpan(start, row - start), sign * limit);
            row--;
        }
        return multiples;
    }

    /// <param name="multiples">Of a run.</param>
    /// <param name="residuals">The same rows'.</param>
    /// <param name="limit">With the sign of the run's means.</param>
    private static void Trim(Span<double> multiples, ReadOnlySpan<double> residuals, double limit)
    {
        var largest = TensorPrimitives.IndexOfMax<double>(multiples);
        var half = multiples[largest] / 2;
        var (first, last) = (largest, largest);
        for (var row = 0; row < multiples.Length; row++)
        {
            if (residuals[row] / limit < half)
                continue;
            (first, last) = (Math.Min(first, row), Math.Max(last, row));
        }
        multiples[..first].Fill(1);
        multiples[(last + 1)..].Fill(1);
    }
}
