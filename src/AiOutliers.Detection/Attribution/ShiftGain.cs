namespace AiOutliers.Detection.Attribution;

/// <summary>
/// What a dense cell says for "the element is shifted by c" against "nothing": a log-likelihood ratio, in nats, for each c of a grid.
/// </summary>
internal static class ShiftGain
{
    /// <summary>c = 0.05, 0.10, … 1.</summary>
    public const int Grid = 20;

    /// <summary>The cells of one cause scatter around its shift.</summary>
    private const double Scatter = 0.08;

    /// <summary>The most that one cell says.</summary>
    private const double Most = 40;

    /// <summary>A cell that does not follow costs so much: ln 1000.</summary>
    private static readonly double Costs = Math.Log(1000);

    /// <summary>Beyond it a cell overshoots: it must not pay for a weaker common shift.</summary>
    private const double Overshoots = 2;

    public static double Shift(int at) => Math.Round(0.05 * (at + 1), 2);

    /// <summary>
    /// L − m − ln(s1/σ), at least −ln 1000, with L = min(x²/2σ², 40), m = ((x − c)/s1)²/2, s1 = √(σ² + 0.08²); at most 0
    /// where x overshoots.
    /// </summary>
    /// <param name="move">x.</param>
    /// <param name="sigma">σ.</param>
    /// <param name="gains">Gets one number per c.</param>
    public static void Of(double move, double sigma, Span<double> gains)
    {
        var ratio = move / sigma;
        var nothing = Math.Min(0.5 * (ratio * ratio), Most);
        var width = Math.Sqrt(sigma * sigma + Scatter * Scatter);
        var penalty = Math.Log(width / sigma);
        for (var at = 0; at < Grid; at++)
        {
            var (shift, distance) = (Shifts[at], (move - Shifts[at]) / width);
            var misfit = 0.5 * (distance * distance);
            var gain = Math.Max(nothing - misfit - penalty, -Costs);
            gains[at] = move > shift && misfit > Overshoots ? Math.Min(gain, 0) : gain;
        }
    }

    private static readonly double[] Shifts = [.. Enumerable.Range(0, Grid).Select(Shift)];
}
