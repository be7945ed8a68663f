using AiOutliers.Detection.Evaluation;
using CsCheck;

namespace AiOutliers.Detection.Tests.Evaluation;

public sealed class RowRangeTests
{
    [Fact]
    public void Of_AnyMarks_CoversThemExactly() => Gen.Bool.Array[0, 40].Sample(marks =>
    {
        var covered = new bool[marks.Length];
        foreach (var range in RowRange.Of(marks))
            covered.AsSpan(range.Start, range.Length).Fill(true);
        return covered.SequenceEqual(marks);
    });

    [Fact]
    public void Of_ShortGaps_AreBridged() =>
        RowRange.Of([true, false, true, false, false, true], bridged: 1).ShouldBe([new(0, 2), new(5, 5)]);
}
