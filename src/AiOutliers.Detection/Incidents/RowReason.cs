namespace AiOutliers.Detection.Incidents;

/// <summary>Why a row was found anomalous, in words.</summary>
/// <param name="Row">The row.</param>
/// <param name="Text">Why.</param>
public readonly record struct RowReason(int Row, string Text)
{
    /// <summary>One entry for each anomalous row from <paramref name="first"/> on, ascending.</summary>
    internal static IReadOnlyList<RowReason> Of(bool[] anomalies, int first, Func<int, string?> reason)
    {
        var reasons = new List<RowReason>();
        for (var row = first; row < anomalies.Length; row++)
        {
            if (anomalies[row] && reason(row) is { } text)
                reasons.Add(new(row, text));
        }
        return reasons;
    }
}
