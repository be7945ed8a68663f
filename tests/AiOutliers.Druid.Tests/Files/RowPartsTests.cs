using AiOutliers.Druid.Files;

namespace AiOutliers.Druid.Tests.Files;

/// <summary>The rows of a file that is read in parts are those of the whole file.</summary>
public sealed class RowPartsTests
{
    [Theory]
    [InlineData(1L << 30)]
    [InlineData(1000)]
    public void Table_RowsInParts_AreThoseOfOnePart(long memory)
    {
        var random = new Random(6);
        var whole = new RowBlocks(1, memory);
        RowBlocks[] parts = [new(1, memory), new(1, memory), new(1, memory)];
        // The second part lacks the first series and has them in another order; the third has one of its own.
        int[][] numbers = [[0, 1, 2], [2, 1], [0, 3]];
        for (var row = 0; row < 3000; row++)
        {
            var (part, time) = (row / 1000, RowTime.Of(random.Next(500)));
            var series = Math.Min(parts[part].Series, row % numbers[part].Length);
            parts[part].Add([series], [time], [row]);
            whole.Add([numbers[part][series]], [time], [row]);
        }

        var joined = new RowParts([.. parts.Select((part, at) => (part, numbers[at]))], ["bytes"], new Dictionary<long, string>());
        (joined.Series, joined.Count).ShouldBe((4, 3000));
        for (var series = 0; series < 4; series++)
            RowBlocksTests.ShouldBeSame(joined.Table(series), RowBlocksTests.Whole(whole, ["bytes"]).Table(series));
    }
}
