namespace AiOutliers.Detection.Evaluation;

/// <summary>Rows next to each other, both ends included.</summary>
public readonly record struct RowRange(int Start, int End)
{
    public int Length => End - Start + 1;

    /// <summary>The runs of marked rows, in order.</summary>
    /// <param name="marks">One per row.</param>
    /// <param name="bridged">Runs with at most this many unmarked rows between them are one.</param>
    public static RowRange[] Of(ReadOnlySpan<bool> marks, int bridged = 0)
    {
        var ranges = new List<RowRange>();
        for (var row = marks.IndexOf(true); row >= 0 && row < marks.Length;)
        {
            var length = marks[row..].IndexOf(false);
            var end = length < 0 ? marks.Length - 1 : row + length - 1;
            if (ranges.Count > 0 && row - ranges[^1].End - 1 <= bridged)
                ranges[^1] = ranges[^1] with { End = end };
            else
                ranges.Add(new(row, end));
            var next = marks[(end + 1)..].IndexOf(true);
            row = next < 0 ? marks.Length : end + 1 + next;
        }
        return [.. ranges];
    }
}
