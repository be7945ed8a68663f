using AiOutliers.Detection.Series;

namespace AiOutliers.Detection.Tests.Series;

public sealed class PackedTableTests
{
    private const int Rows = 5_000;
    private const long Minute = 60_000, Start = 1_718_000_000_000;

    private static readonly long[] Regular = [.. Enumerable.Range(0, Rows).Select(static row => Start + row * Minute)];
    private static readonly double[] Counts = [.. Enumerable.Range(0, Rows).Select(static row => row % 977 == 0 ? double.NaN : row * 3.0)];
    private static readonly double[] Bytes = [.. Enumerable.Range(0, Rows).Select(static row => 5_650_000_001.0 + row / 3.0)];

    private readonly TableBlocks _blocks = new();

    [Fact]
    public void Unpack_ColumnsOfBothKinds_ToTheLastBit() => ComesBack(Table(Regular, null, Counts, Bytes));

    [Fact]
    public void Unpack_TimesWithGaps() => ComesBack(Table([.. Regular[..7], .. Regular[7..].Select(static time => time + 1)], null, Counts));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Unpack_FewRows(int rows) => ComesBack(Table(Regular[..rows], null, Counts[..rows], Bytes[..rows]));

    [Theory]
    [InlineData(-0.0)]
    [InlineData(double.MaxValue)]
    [InlineData(double.Epsilon)]
    [InlineData(16_777_217)]
    public void Unpack_WhatSinglePrecisionHoldsOrNot_ToTheLastBit(double value) => ComesBack(Table(Regular[..3], null, [1, value, 2]));

    [Fact]
    public void Unpack_TimestampsAsTheyCame()
    {
        var table = Table(Regular[..3], [null, "2024-06-10T06:14:20+00:00", null], [1, 2, 3]);
        ComesBack(table).Timestamps.ShouldBe(table.Timestamps);
    }

    [Fact]
    public void Unpack_WarningsAndCoverage()
    {
        var table = new MetricTable(Regular, null, ["bytes"], [Bytes], ["Two rows were sorted."])
            .Covering(new Coverage(5 * Minute, Start, Start + Rows * Minute));
        var back = ComesBack(table);
        back.Warnings.ShouldBe(table.Warnings);
        back.Coverage.ShouldBe(table.Coverage);
        back.StepMilliseconds.ShouldBe(5 * Minute);
    }

    [Fact]
    public void Bytes_OfCountsAtOneDistance_AreHalfAMetricAndNoTimes()
    {
        var table = Table(Regular, null, Counts);
        new PackedTable(table, _blocks).Bytes.ShouldBeInRange(4 * Rows, 4 * Rows + TableBlocks.Size);
        table.Bytes.ShouldBe(16 * Rows);
    }

    [Fact]
    public void Free_ItsBlocksAreUsedAgain_AndOthersKeepTheirRows()
    {
        var kept = Table(Regular, null, Bytes);
        var first = new PackedTable(Table(Regular, null, Counts), _blocks);
        var second = new PackedTable(kept, _blocks);
        first.Free(_blocks);
        var reused = _blocks.Take();
        _blocks.GiveBack([reused]);

        var third = new PackedTable(Table(Regular, null, Counts), _blocks);

        _blocks.Take().ShouldNotBeSameAs(reused);
        Same(second.Unpack(), kept);
        Same(third.Unpack(), Table(Regular, null, Counts));
    }

    private static MetricTable Table(long[] times, string?[]? timestamps, params double[][] columns) =>
        new(times, timestamps, [.. Enumerable.Range(0, columns.Length).Select(static i => $"metric {i}")], columns, []);

    private MetricTable ComesBack(MetricTable table)
    {
        var back = new PackedTable(table, _blocks).Unpack();
        Same(back, table);
        return back;
    }

    private static void Same(MetricTable back, MetricTable table)
    {
        back.Times.ToArray().ShouldBe(table.Times.ToArray());
        back.Metrics.ShouldBe(table.Metrics);
        foreach (var metric in table.Metrics)
            Bits(back, metric).ShouldBe(Bits(table, metric));
    }

    private static IEnumerable<long> Bits(MetricTable table, string metric) =>
        table.Column(metric).ToArray().Select(BitConverter.DoubleToInt64Bits);
}
