namespace AiOutliers.Detection.Detectors.Shift;

/// <summary>Fills what is missing: linear between the neighbours, the nearest value beyond the outermost.</summary>
internal static class Gaps
{
    /// <param name="values">What is not finite is missing. Nothing changes when all are.</param>
    public static void Fill(Span<double> values)
    {
        var known = -1;
        for (var i = 0; i < values.Length; i++)
        {
            if (!double.IsFinite(values[i]))
                continue;
            for (var gap = known + 1; gap < i; gap++)
                values[gap] = known < 0 ? values[i] : values[known] + (values[i] - values[known]) * (gap - known) / (i - known);
            known = i;
        }
        if (known >= 0)
            values[(known + 1)..].Fill(values[known]);
    }
}
