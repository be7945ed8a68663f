using AiOutliers.Detection.Detectors.Deep;
using CsCheck;

namespace AiOutliers.Detection.Tests.Detectors.Deep;

public sealed class SlicesTests
{
    private static readonly Gen<(int Rows, int Step, int Windows, int Width)> Cases =
        from step in Gen.Int[1, 20]
        from windows in Gen.Int[1, 4]
        from more in Gen.Int[0, 100]
        from width in Gen.Int[1, 5]
        select (step * windows + more, step, windows, width);

    [Fact]
    public void Average_OfGatheredRows_GivesTheRowsBack() => Cases.Sample(test =>
    {
        var slices = new Slices(test.Rows, test.Step * test.Windows, test.Step);
        var matrix = Enumerable.Range(0, test.Rows * test.Width).Select(value => (float)value).ToArray();
        var gathered = new float[slices.Count * slices.Length * test.Width];
        slices.Gather(matrix, test.Width, slices.All(), gathered);
        var back = new float[matrix.Length];
        slices.Average(gathered, test.Width, slices.All(), slices.RowsOf(slices.All()), back);
        return back.Zip(matrix).All(pair => Math.Abs(pair.First - pair.Second) <= 1e-5 * pair.Second);
    });

    [Fact]
    public void Average_OfSomeSlices_WritesTheirRowsOnly()
    {
        var slices = new Slices(rows: 50, length: 8, step: 4);
        var changed = new bool[50];
        changed[17] = true;
        var rows = slices.RowsOf(slices.Holding(changed));
        var which = slices.Holding(rows);
        var (matrix, gathered) = (new float[50], new float[which.Length * 8]);
        Array.Fill(matrix, 7);

        slices.Gather(matrix, 1, which, gathered);
        slices.Average(gathered.Select(static value => 2 * value).ToArray(), 1, which, rows, matrix);

        slices.Holding(changed).ShouldBe([3, 4]);
        which.ShouldBe([2, 3, 4, 5]);
        for (var row = 0; row < 50; row++)
            matrix[row].ShouldBe(row is >= 12 and < 24 ? 14 : 7);
    }

    [Fact]
    public void Start_AnyShape_CoversEveryRowAndStaysInside() => Cases.Sample(test =>
    {
        var slices = new Slices(test.Rows, test.Step * test.Windows, test.Step);
        var covered = new bool[test.Rows];
        for (var slice = 0; slice < slices.Count; slice++)
        {
            for (var row = 0; row < slices.Length; row++)
                covered[slices.Start(slice) + row] = true;
        }
        return covered.All(row => row);
    });

    [Theory]
    [InlineData(32, 1)]
    [InlineData(33, 2)]
    [InlineData(48, 2)]
    [InlineData(288, 17)]
    [InlineData(1440, 89)]
    public void Count_OfTheTrafficModel_IsAsManyAsNeeded(int rows, int count) => new Slices(rows, 32, 16).Count.ShouldBe(count);
}
