namespace AiOutliers.Detection.Attribution;

/// <summary>How far cells moved, each by itself.</summary>
internal static class CellMoves
{
    /// <summary>Per cell: the larger of what was seen and expected.</summary>
    public static double[] Sizes(double[] actual, double[] expected)
    {
        var sizes = new double[actual.Length];
        for (var row = 0; row < sizes.Length; row++)
            sizes[row] = Math.Max(actual[row], expected[row]);
        return sizes;
    }

    /// <summary>Per cell: its relative move in the direction of the incident, from −1 to 1.</summary>
    public static double[] Of(double[] actual, double[] expected, double[] sizes, double sign)
    {
        var moves = new double[actual.Length];
        for (var row = 0; row < moves.Length; row++)
            moves[row] = sign * ((actual[row] - expected[row]) / sizes[row]);
        return moves;
    }
}
