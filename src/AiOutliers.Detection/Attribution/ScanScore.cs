namespace AiOutliers.Detection.Attribution;

/// <summary>
/// The Poisson log-likelihood ratio of "the ratio A/B" against "as expected": A ln(A/B) − A + B where the sum moved in the asked direction,
/// else 0 (Kulldorff, A spatial scan statistic, 1997). It needs only the two sums, so it works for sparse, new and vanished cells.
/// </summary>
public static class ScanScore
{
    /// <summary>Keeps the logarithm finite.</summary>
    private const double Least = 1e-9;

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
}
