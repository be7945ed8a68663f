namespace AiOutliers.Detection.Incidents;

/// <summary>Neighbouring anomalous points to the same side of the expected value, as segments.</summary>
internal static class SideRuns
{
    /// <param name="flagged">One per point of the grid.</param>
    /// <param name="values">One per point, NaN when missing.</param>
    /// <param name="expected">One per point.</param>
    /// <param name="alarm">The alarm that flagged them.</param>
    public static IEnumerable<IncidentSegment> Of(bool[] flagged, double[] values, double[] expected, AlarmClasses alarm)
    {
        for (var start = 0; start < flagged.Length;)
        {
            if (!flagged[start])
            {
                start++;
                continue;
            }
            var side = Side(values[start] - expected[start]);
            var end = start + 1;
            while (end < flagged.Length && flagged[end] && Side(values[end] - expected[end]) == side)
                end++;
            yield return new(start, end, side, alarm);
            start = end;
        }
    }

    private static int Side(double deviation) => deviation < 0 ? -1 : 1;
}
