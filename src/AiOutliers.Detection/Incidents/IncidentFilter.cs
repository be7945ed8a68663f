namespace AiOutliers.Detection.Incidents;

/// <summary>Which incidents are reported.</summary>
/// <param name="Direction">To which side of the usual.</param>
/// <param name="MinDeviation">The largest |value − expected| of an incident must reach this, in the metric's unit.</param>
/// <param name="MinRelativeDeviation">And this share of the expected value: 0.1 is 10 %.</param>
public sealed record IncidentFilter(Direction Direction = Direction.Both, double MinDeviation = 0, double MinRelativeDeviation = 0)
{
    /// <param name="group">Its rows are those from <paramref name="firstRow"/> to <paramref name="lastRow"/>.</param>
    /// <param name="firstRow">The first row.</param>
    /// <param name="lastRow">The last row, included; before the first for a gap, which has no rows and no deviation to measure.</param>
    /// <param name="values">One per row, NaN when missing.</param>
    /// <param name="expected">One per row.</param>
    internal bool Keeps(IncidentGroup group, int firstRow, int lastRow, ReadOnlySpan<double> values, ReadOnlySpan<double> expected)
    {
        if (Direction != Direction.Both && group.Sign != (Direction == Direction.Up ? 1 : -1))
            return false;
        if (lastRow < firstRow || MinDeviation <= 0 && MinRelativeDeviation <= 0)
            return true;
        for (var row = firstRow; row <= lastRow; row++)
        {
            var deviation = group.Sign * (values[row] - expected[row]);
            if (deviation >= MinDeviation && deviation >= MinRelativeDeviation * Math.Abs(expected[row]))
                return true;
        }
        return false;
    }
}
