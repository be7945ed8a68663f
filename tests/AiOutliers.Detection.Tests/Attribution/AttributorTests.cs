using System.Globalization;
using AiOutliers.Detection.Attribution;

namespace AiOutliers.Detection.Tests.Attribution;

public sealed class AttributorTests
{
    [Theory]
    [InlineData(-1, 0)]
    [InlineData(0, -1)]
    [InlineData(double.NaN, 0)]
    [InlineData(1, double.PositiveInfinity)]
    public void Add_NumberThatIsNoSum_Throws(double actual, double expected) =>
        Should.Throw<AiOutliersException>(() => new CellTableBuilder(["a"]).Add(["x"], actual, expected))
            .Kind.ShouldBe(ErrorKind.BadInput);

    [Fact]
    public void Build_MoreCellsThanTheLimit_ThrowsWithAdvice()
    {
        var builder = new CellTableBuilder(["a"]);
        for (var row = 0; row <= CellTableBuilder.MostRows; row++)
            builder.Add([row.ToString(CultureInfo.InvariantCulture)], 1, 1);

        Should.Throw<AiOutliersException>(builder.Build).Message.ShouldContain("200,000 cells");
    }

    [Fact]
    public void Build_EqualAndEmptyCells_AddsUpAndDrops()
    {
        var builder = new CellTableBuilder(["a", "b"]);
        builder.Add(["x", null], 1, 2);
        builder.Add(["x", null], 10, 20);
        builder.Add(["y", "z"], 0, 0);

        builder.Build().Rows.ShouldBe(1);
    }

    [Fact]
    public void Attribute_NoCells_SaysNoData() =>
        Attributor.Attribute(new CellTableBuilder(["a"]).Build()).Verdict.ShouldBe(AttributionVerdict.NoData);

    [Fact]
    public void Attribute_NothingExpectedAtAll_NamesTheLargestNewValue()
    {
        var result = Attributor.Attribute(Cells(["a", "b"], (["x", "1"], 900, 0), (["y", "1"], 50, 0), (["z", "2"], 50, 0)),
            new() { Regime = AttributionRegime.Count, Unit = 1 });

        result.Verdict.ShouldBe(AttributionVerdict.Concentrated);
        double.IsFinite(result.Elements[0].Score).ShouldBeTrue();
    }

    [Fact]
    public void Attribute_NullValue_IsAnAnswer()
    {
        var cells = Enumerable.Range(0, 8).Select(at => ((string?[])[$"v{at}"], 100.0, 100.0)).Append(([null], 5000, 100));

        var result = Attributor.Attribute(Cells(["a"], [.. cells]), new() { Regime = AttributionRegime.Count, Unit = 1 });

        result.Elements.ShouldHaveSingleItem().Where.ShouldBe([new ElementPart("a", null)]);
    }

    [Theory]
    [InlineData(8, 3, 92)]
    [InlineData(9, 3, 45)]
    [InlineData(16, 2, 16)]
    [InlineData(5, null, 31)]
    [InlineData(6, null, 41)]
    public void Lattice_ManyDimensions_ReducesLayersFirst(int dimensions, int? layers, int cuboids)
    {
        var builder = new CellTableBuilder([.. Enumerable.Range(0, dimensions).Select(static at => $"d{at}")]);
        builder.Add([.. Enumerable.Repeat("x", dimensions)], 2, 1);

        CuboidLattice.Of(builder.Build(), layers).Length.ShouldBe(cuboids);
    }

    [Fact]
    public void Attribute_MoreDimensionsThanCuboids_Throws()
    {
        var builder = new CellTableBuilder([.. Enumerable.Range(0, 129).Select(static at => $"d{at}")]);
        builder.Add([.. Enumerable.Repeat("x", 129)], 2, 1);
        builder.Add([.. Enumerable.Repeat("y", 129)], 1, 1);

        Should.Throw<AiOutliersException>(() => Attributor.Attribute(builder.Build())).Message.ShouldContain("129 dimensions");
    }

    private static CellTable Cells(string[] dimensions, params (string?[] Values, double Actual, double Expected)[] cells)
    {
        var builder = new CellTableBuilder(dimensions);
        foreach (var (values, actual, expected) in cells)
            builder.Add(values, actual, expected);
        return builder.Build();
    }
}
