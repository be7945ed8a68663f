namespace AiOutliers.Detection.Attribution;

/// <summary>
/// Cells: for each combination of the dimensions' values that occurs, what was seen and what was expected. Every combination stands once,
/// none is empty on both sides, and the values of a dimension are numbered in ascending ordinal order. <see cref="CellTableBuilder"/>
/// makes it.
/// </summary>
public sealed class CellTable
{
    internal CellTable(
        IReadOnlyList<string> dimensions, string?[][] values, int[][] codes, double[] actual, double[] expected, string? folded)
    {
        (Dimensions, Values, Codes, Actual, Expected) = (dimensions, values, codes, actual, expected);
        Folded = [.. values.Select(own => folded is null ? -1 : Array.IndexOf(own, folded))];
    }

    public IReadOnlyList<string> Dimensions { get; }

    /// <summary>How many cells.</summary>
    public int Rows => Actual.Length;

    /// <summary>Per dimension: its values in order.</summary>
    internal string?[][] Values { get; }

    /// <summary>Per dimension: the number of each cell's value.</summary>
    internal int[][] Codes { get; }

    internal double[] Actual { get; }

    internal double[] Expected { get; }

    /// <summary>Per dimension: the number of the value that stands for all that are not listed; -1 where there is none.</summary>
    internal int[] Folded { get; }
}
