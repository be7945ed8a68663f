using System.Globalization;
using AiOutliers.Detection.Attribution;
using AiOutliers.Samples.FlowCells;

namespace AiOutliers.Detection.Tests.Attribution;

/// <summary>Cells that are each far from zero: which of several causes are named, and by which values.</summary>
public sealed class DenseSearchTests
{
    private const double Noise = 0.07;

    /// <summary>The first value is the larger cause: it must not hide the other one of its dimension.</summary>
    [Fact]
    public void Attribute_TwoValuesOfADimension_NamesBothWhole() =>
        Elements([5, 6, 7], static at => at[0] switch { 0 => 0.6, 3 => 0.5, _ => 0 }).ShouldBe(["0,*,*", "3,*,*"]);

    [Fact]
    public void Attribute_TwoOfFiveValuesBelowAnother_NamesThemAndNotTheWhole() =>
        Elements([8, 5, 6], static at => at is [1, 0 or 3, _] ? 0.6 : 0).ShouldBe(["1,0,*", "1,3,*"]);

    [Fact]
    public void Attribute_CellsThatScatterAroundTheirShift_AreOneCause()
    {
        var random = new Random(3);

        Elements([4, 12, 12, 8], at => at[0] == 2 ? 0.3 + 0.1 * FlowNoise(random) : 0).ShouldBe(["2,*,*,*"]);
    }

    /// <summary>Nearly half of the cells are of a cause, and every value of every dimension lost something by one of them.</summary>
    [Fact]
    public void Attribute_ManyLargeCauses_AreNotACommonShift()
    {
        var result = Attribute([6, 12, 10, 4], static at => at[2] < 3 ? 0.6 : at[1] < 3 ? 0.3 : 0);

        result.OutsideShare.ShouldBe(0);
        result.Elements.Count.ShouldBe(6);
    }

    [Fact]
    public void Attribute_AllCellsLessAndOneValueMuchLess_IsACommonShiftAndACause()
    {
        var result = Attribute([6, 8, 10], static at => at[0] == 1 ? 0.7 : 0.25);

        result.OutsideShare.ShouldBeGreaterThan(0.5);
        result.Elements.ShouldHaveSingleItem().Where.ShouldBe([new ElementPart("d0", "01")]);
    }

    private static IEnumerable<string> Elements(int[] sizes, Func<int[], double> shift) =>
        Attribute(sizes, shift).Elements.Select(element => string.Join(',', sizes.Select((_, dimension) =>
            element.Where.FirstOrDefault(part => part.Dimension == Name(dimension))?.Value?.TrimStart('0') is { } value
                ? value.Length == 0 ? "0" : value
                : "*"))).Order();

    /// <summary>Cells with a little noise, those of a cause with so much less.</summary>
    private static AttributionResult Attribute(int[] sizes, Func<int[], double> shift)
    {
        var random = new Random(7);
        var builder = new CellTableBuilder([.. sizes.Select(static (_, dimension) => Name(dimension))]);
        var at = new int[sizes.Length];
        for (var cell = 0; cell < sizes.Aggregate(1, static (product, size) => product * size); cell++)
        {
            var rest = cell;
            for (var dimension = sizes.Length - 1; dimension >= 0; rest /= sizes[dimension--])
                at[dimension] = rest % sizes[dimension];
            var (expected, noise) = (random.LogNormal(5, 1), random.LogNormal(0, Noise));
            var less = shift(at);
            builder.Add([.. at.Select(static value => value.ToString("D2", CultureInfo.InvariantCulture))],
                expected * Math.Max(0, 1 - less) * (less == 0 ? noise : 1), expected);
        }
        return Attributor.Attribute(builder.Build(), new() { Regime = AttributionRegime.Dense, LeastShare = 0 });
    }

    private static double FlowNoise(Random random) => Math.Log(random.LogNormal(0, 1));

    private static string Name(int dimension) => string.Create(CultureInfo.InvariantCulture, $"d{dimension}");
}
