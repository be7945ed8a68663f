namespace AiOutliers.Detection.Attribution;

/// <summary>A set of dimensions with the elements that occur in it: for each the sums over its cells.</summary>
/// <param name="Dimensions">Ascending.</param>
/// <param name="Keys">Per cell: the number of its element.</param>
/// <param name="FirstRow">Per element: its first cell, which tells its values.</param>
/// <param name="Actual">Per element: what was seen in cells that no pick has taken.</param>
/// <param name="Expected">Per element: what was expected in them.</param>
internal sealed record Cuboid(int[] Dimensions, int[] Keys, int[] FirstRow, double[] Actual, double[] Expected)
{
    /// <summary>The elements that had enough to be named, ascending: few of a large cuboid.</summary>
    public int[] Heavy { get; init; } = [];

    /// <summary>How many elements occur.</summary>
    public int Count => FirstRow.Length;

    public int Layer => Dimensions.Length;

    /// <summary>A bit per dimension.</summary>
    public UInt128 Mask { get; } = MaskOf(Dimensions);

    /// <summary>The choice among all elements, and 3 nats for significance.</summary>
    public double Penalty { get; } = Math.Log(Math.Max(1, FirstRow.Length)) + 3;

    /// <summary>Each dimension more must raise the score by a quarter.</summary>
    public double LayerFactor { get; } = Math.Pow(0.8, Dimensions.Length - 1);

    /// <summary>The squared relative noise of its elements.</summary>
    public double Noise { get; set; }

    public static UInt128 MaskOf(int[] dimensions) =>
        dimensions.Aggregate(UInt128.Zero, static (mask, dimension) => mask | UInt128.One << dimension);

    /// <summary>Whether no dimension of the element is a folded value.</summary>
    public bool IsListed(CellTable cells, int element)
    {
        foreach (var dimension in Dimensions)
        {
            if (cells.Codes[dimension][FirstRow[element]] == cells.Folded[dimension])
                return false;
        }
        return true;
    }

    /// <summary>The cells of an element that are not taken.</summary>
    public int[] RowsOf(int element, bool[] taken)
    {
        var rows = new List<int>();
        for (var row = 0; row < Keys.Length; row++)
        {
            if (Keys[row] == element && !taken[row])
                rows.Add(row);
        }
        return [.. rows];
    }

    /// <summary>By the numbers of the elements' values: what decides between equals.</summary>
    public int Compare(CellTable cells, int element, int other)
    {
        foreach (var dimension in Dimensions)
        {
            var order = cells.Codes[dimension][FirstRow[element]].CompareTo(cells.Codes[dimension][FirstRow[other]]);
            if (order != 0)
                return order;
        }
        return 0;
    }

    public ElementPart[] Where(CellTable cells, int element) => Array.ConvertAll(Dimensions,
        dimension => new ElementPart(cells.Dimensions[dimension], cells.Values[dimension][cells.Codes[dimension][FirstRow[element]]]));
}
