namespace AiOutliers.Detection.Attribution;

/// <summary>
/// The Poisson log-likelihood ratio of "the ratio A/B" against "as expected": A ln(A/B) − A + B where the sum moved in the asked
/// direction, else 0 (Kulldorff, A spatial scan statistic, 1997). It needs only the two sums, so it works for sparse, new and vanished
/// cells.
/// </summary>
public static class ScanScore
{
    /// <summary>Keeps the logarithm finite.</summary>
    private const double Least = 1e-9;

    private const int MostSteps = 50;
    private const double SmallStep = 1e-9;

    /// <param name="actual">A.</param>
    /// <param name="expected">B.</param>
    /// <param name="sign">1 for up, −1 for down.</param>
    public static double Of(double actual, double expected, double sign)
    {
        if (!(sign * (actual - expected) > 0))
            return 0;
        var score = actual * Math.Log(Math.Max(actual, Least) / Math.Max(expected, Least)) - actual + expected;
        return Math.Max(score, 0);
    }

    /// <summary>
    /// The same in units of φ where the level of what is counted varies, too: the smallest of S(A, B eᵗ)/φ + t²/2a² over t. A level
    /// that is lognormal explains a ratio of a large element, not one of few events.
    /// </summary>
    /// <param name="actual">A, above 0.</param>
    /// <param name="expected">B, above 0.</param>
    /// <param name="overdispersion">φ.</param>
    /// <param name="noise">a².</param>
    public static double AtLikelyLevel(double actual, double expected, double overdispersion, double noise)
    {
        // The derivative is convex and rises: from its right side, Newton's steps never pass its root.
        var level = Math.Max(0, Math.Log(actual / expected));
        for (var step = 0; step < MostSteps; step++)
        {
            var there = expected * Math.Exp(level);
            var change = ((there - actual) / overdispersion + level / noise) / (there / overdispersion + 1 / noise);
            level -= change;
            if (change < SmallStep)
                break;
        }
        var likely = expected * Math.Exp(level);
        return (actual * Math.Log(actual / likely) - actual + likely) / overdispersion + level * level / (2 * noise);
    }
}
