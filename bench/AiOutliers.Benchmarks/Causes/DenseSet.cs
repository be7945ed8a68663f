using System.Globalization;

namespace AiOutliers.Benchmarks.Causes;

/// <summary>
/// A set of dense tables with known causes, by the description in M. Kalander, RiskLoc (2022), section 5.1: values are Weibull,
/// expectations off by a relative error, and one to some causes shift one to some elements of a random cuboid.
/// </summary>
/// <param name="Name">As the paper calls it.</param>
/// <param name="Sizes">Values per dimension.</param>
/// <param name="MostNoise">The largest relative error of a table.</param>
/// <param name="LeastSeverity">The smallest shift, before the noise is added to it; the largest is 1.</param>
/// <param name="MostScatter">The largest deviation of a cause's cells around its shift.</param>
/// <param name="MostCauses">The most causes.</param>
/// <param name="MostElements">The most elements of a cause.</param>
/// <param name="OnlyCells">Whether causes are single cells.</param>
internal sealed record DenseSet(
    string Name, int[] Sizes, double MostNoise, double LeastSeverity, double MostScatter, int MostCauses, int MostElements, bool OnlyCells)
{
    /// <summary>Of the cells without values; of the shape of the distribution.</summary>
    public const double MostEmpty = 0.25, LeastShape = 0.5, MostShape = 1;

    public static readonly DenseSet[] All =
    [
        new("S", [10, 12, 10, 8, 5], 0.25, 0.2, 0.1, 3, 3, OnlyCells: false),
        new("L", [10, 24, 10, 15], 0.1, 0.5, 0, 5, 1, OnlyCells: true),
    ];

    public int Cells => Sizes.Aggregate(1, static (product, size) => product * size);

    public int[] Values(int cell)
    {
        var values = new int[Sizes.Length];
        for (var dimension = values.Length - 1; dimension >= 0; cell /= Sizes[dimension--])
            values[dimension] = cell % Sizes[dimension];
        return values;
    }

    public int CellOf(int[] values) => values.Zip(Sizes).Aggregate(0, static (cell, one) => cell * one.Second + one.First);

    public static string NameOf(int dimension) => ((char)('a' + dimension)).ToString();

    public static string TextOf(int value) => value.ToString("D2", CultureInfo.InvariantCulture);
}
