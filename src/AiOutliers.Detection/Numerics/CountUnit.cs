namespace AiOutliers.Detection.Numerics;

/// <summary>
/// What one event is worth, where values are counts of few events: the least positive value, if all are multiples of it. The unit of the
/// data does not matter: packets in thousands are counts too.
/// </summary>
internal static class CountUnit
{
    /// <param name="values">What is not finite is left out.</param>
    /// <returns>0 for values that are not counts.</returns>
    public static double Of(ReadOnlySpan<double> values)
    {
        var least = double.PositiveInfinity;
        foreach (var value in values)
            least = value > 0 && value < least ? value : least;
        if (double.IsInfinity(least))
            return 0;
        foreach (var value in values)
        {
            var events = value / least;
            if (double.IsFinite(value) && events != Math.Round(events))
                return 0;
        }
        return least;
    }
}
