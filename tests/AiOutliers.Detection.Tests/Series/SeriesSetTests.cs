using System.Text;
using AiOutliers.Detection.Series;

namespace AiOutliers.Detection.Tests.Series;

public sealed class SeriesSetTests
{
    private readonly SeriesSetBuilder _builder = new();

    [Fact]
    public void Table_RowsOfSeveralSeriesInterleaved_AreThoseOfItsKeyByTime()
    {
        Add(2000, "a", 1);
        Add(2000, "b", 10);
        Add(1000, "a", 2);
        Add(3000, "b", double.NaN);
        var series = _builder.Build();

        series.Count.ShouldBe(2);
        series.Key(1).ToString().ShouldBe("sensor=b");
        series.Table(0).Times.ToArray().ShouldBe([1000, 2000]);
        series.Table(0).Column("bytes").ToArray().ShouldBe([2, 1]);
        series.Table(1).Column("bytes").ToArray().ShouldBe([10, double.NaN]);
        series.Table(0).Warnings.ShouldBeEmpty();
    }

    [Fact]
    public void Key_DimensionWithoutAValue_IsNotListedAndIsASeriesOfItsOwn()
    {
        Add(1000, null, 1);
        Add(1000, "", 2);
        Add(2000, null, 3);
        var series = _builder.Build();

        series.Count.ShouldBe(2);
        series.Key(0).ShouldBe(SeriesKey.None);
        series.Key(1).Parts.ShouldBe([new("sensor", "")]);
        series.Table(0).Column("bytes").ToArray().ShouldBe([1, 3]);
    }

    [Fact]
    public void Table_MoreRowsThanAChunk_HoldsEach()
    {
        for (var row = 0; row < 200_000; row++)
            Add(row / 2 * 1000, row % 2 == 0 ? "even" : "odd", row);
        var series = _builder.Build();

        series.Rows.ShouldBe(200_000);
        series.Table(1).Rows.ShouldBe(100_000);
        series.Table(1).Column("bytes")[99_999].ShouldBe(199_999);
    }

    /// <summary>What is kept in memory is counted: a short answer must not take a megabyte.</summary>
    [Fact]
    public void Bytes_OfAFewRows_AreFew()
    {
        var builder = new SeriesSetBuilder();
        var metric = builder.ColumnOf("bytes");
        for (var row = 0; row < 100; row++)
        {
            builder.Set(metric, row);
            builder.AddRow(row, null);
        }

        builder.Build().Bytes.ShouldBeInRange(100 * 24, 64 * 1024);
    }

    [Theory]
    [InlineData(0, 3, "a=1: 0 1 2 3 4|b=1: 1 2|c=2: 3")]
    [InlineData(1, 2, "a=1: 1 3 4|b=1: 1|c=2: 3")]
    [InlineData(5, 3, "a=1: 3 4|c=2: 3")]
    public void Join_OfTwoStretchesOfTime_HasTheSeriesOfBoth(long from, long until, string all)
    {
        var earlier = Set((0, "a", "1"), (1, "a", "1"), (1, "b", "1"), (2, "a", "1"), (2, "b", "1"), (3, "a", "1"));
        var later = Set((3, "c", "2"), (3, "a", "1"), (4, "a", "1"));

        var joined = SeriesJoin.Of(earlier, from, until, later).ShouldNotBeNull();

        string.Join('|', joined.ByKey().Select(series =>
        {
            var (table, key) = (joined.Table(series), joined.Key(series));
            return $"{key.ValueOf("host")}={key.ValueOf("site")}: {string.Join(' ', table.Column("bytes").ToArray())}";
        })).ShouldBe(all);
        joined.Rows.ShouldBe(all.Count(static sign => sign == ' '));
    }

    [Fact]
    public void Join_OfOtherDimensions_IsNone()
    {
        var other = new SeriesSetBuilder();
        other.ColumnOf("bytes");
        other.DimensionOf("port");

        SeriesJoin.Of(Set((0, "a", "1")), 0, 1, other.Build()).ShouldBeNull();
    }

    private static SeriesSet Set(params (long Time, string Host, string Site)[] rows)
    {
        var builder = new SeriesSetBuilder();
        var (host, site, metric) = (builder.DimensionOf("host"), builder.DimensionOf("site"), builder.ColumnOf("bytes"));
        foreach (var row in rows)
        {
            builder.SetKey(host, Encoding.UTF8.GetBytes(row.Host));
            builder.SetKey(site, Encoding.UTF8.GetBytes(row.Site));
            builder.Set(metric, row.Time);
            builder.AddRow(row.Time, null);
        }
        return builder.Build();
    }

    [Fact]
    public void ColumnOf_MetricMetLate_IsMissingBefore()
    {
        Add(1000, "a", 1);
        _builder.Set(_builder.ColumnOf("late"), 5);
        Add(2000, "a", 2);

        _builder.Build().Table(0).Column("late").ToArray().ShouldBe([double.NaN, 5]);
    }

    [Fact]
    public void BuildWithoutIdleTexts_EveryRowHasItsOwnTime_IsOneSeriesWithAWarning()
    {
        Add(1000, "up", 1);
        Add(2000, "down", 2);
        var series = _builder.BuildWithoutIdleTexts();

        series.IsSingle.ShouldBeTrue();
        series.SingleTable().Column("bytes").ToArray().ShouldBe([1, 2]);
        series.SingleTable().Warnings.ShouldHaveSingleItem().ShouldContain("sensor");
    }

    [Fact]
    public void BuildWithoutIdleTexts_TimesRepeat_KeepsTheSeries()
    {
        Add(1000, "up", 1);
        Add(1000, "down", 2);

        _builder.BuildWithoutIdleTexts().Count.ShouldBe(2);
    }

    [Fact]
    public void Table_TwoRowsOfOneTime_KeepsTheLastAndWarns()
    {
        Add(1000, "a", 1);
        Add(1000, "a", 2);
        var table = _builder.Build().Table(0);

        table.Column("bytes").ToArray().ShouldBe([2]);
        table.Warnings.ShouldHaveSingleItem().ShouldContain("1 row had the timestamp of another");
    }

    private void Add(long time, string? sensor, double bytes)
    {
        var dimension = _builder.DimensionOf("sensor");
        if (sensor is not null)
            _builder.SetKey(dimension, Encoding.UTF8.GetBytes(sensor));
        _builder.Set(_builder.ColumnOf("bytes"), bytes);
        _builder.AddRow(time, null);
    }
}
