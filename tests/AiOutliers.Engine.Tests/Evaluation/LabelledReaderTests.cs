using AiOutliers.Detection;
using AiOutliers.Engine.Evaluation;
using AiOutliers.Tests.Shared;

namespace AiOutliers.Engine.Tests.Evaluation;

public sealed class LabelledReaderTests
{
    private const long HalfHour = 30 * 60_000;

    [Fact]
    public void Read_Own_KeepsMissingValuesAndRows()
    {
        var series = Read("own/office.csv");
        series.Table.Rows.ShouldBe(191);
        double.IsNaN(series.Table.Column("value")[20]).ShouldBeTrue();
        Labelled(series).ShouldBe([99, 100, 101, 102]);
        series.Table.Metrics.ShouldBe(["value"]);
        series.RowsPerDay.ShouldBe(48);
        series.Days.ShouldBe(191 / 48.0);
    }

    [Fact]
    public void Read_Nab_LeavesOutTheFirstRowAndLabelsAfterTheStart()
    {
        var series = Read("nab/realInvented/requests.csv");
        series.Table.Rows.ShouldBe(191);
        series.Table.Timestamps[0].ShouldBe("2024-03-04 00:30:00");
        // In the file the window lasts from row 119 to row 126.
        Labelled(series).ShouldBe([119, 120, 121, 122, 123, 124, 125]);
    }

    [Fact]
    public void Read_NabWithAnHourUnderOneTime_KeepsItsRowsAStepApart()
    {
        var series = Read("nab/realInvented/requests.csv");
        (series.Table.Times[60] - series.Table.Times[59]).ShouldBe(HalfHour);
        series.Table.Timestamps[60].ShouldBe(series.Table.Timestamps[59]);
        series.Table.StepMilliseconds.ShouldBe(HalfHour);
    }

    [Fact]
    public void Read_TsbAd_HasNoCalendarUnlessTold()
    {
        var series = Read("tsb-ad/001_invented.csv");
        series.Table.Rows.ShouldBe(160);
        Labelled(series).ShouldBe([70, 71]);
        series.RowsPerDay.ShouldBeNull();
        double.IsNaN(series.Days).ShouldBeTrue();
        series.Table.Times.ToArray().Select(time => DateTimeOffset.FromUnixTimeMilliseconds(time)).ShouldAllBe(time => time.DayOfWeek == DayOfWeek.Monday && time.Hour == 0);
    }

    [Fact]
    public void Read_TsbAdWithPointsPerDay_IsSpacedAccordingly()
    {
        var series = Read("tsb-ad/001_invented.csv", 48);
        series.Table.StepMilliseconds.ShouldBe(HalfHour);
        series.Days.ShouldBe(160 / 48.0);
    }

    [Fact]
    public void Read_OwnOutOfOrderAndTwice_SortsAndKeepsTheLast()
    {
        var series = ReadText("time,value,Label\n2024-01-01T02:00Z,3,1\n2024-01-01T00:00Z,1,0\n\n2024-01-01T00:00Z,2,1\n");
        series.Table.Column("value").ToArray().ShouldBe([2, 3]);
        series.Labels.ShouldBe([true, true]);
    }

    [Theory]
    [InlineData("timestamp,value,label\n2024-01-01,1\n", "line 2", "2 fields")]
    [InlineData("timestamp,value,label\n2024-01-01,1,0\n2024-01-02,x,0\n", "line 3", "'x' is not a number")]
    [InlineData("timestamp,value,label\n2024-01-01,1,yes\n", "line 2", "'yes' is not a number")]
    [InlineData("timestamp,value,label\nnoon,1,0\n", "line 2", "'noon' is not an ISO 8601 time")]
    [InlineData("Data,Label\n1;0\n", "line 2", "1 field,")]
    [InlineData("Data,Label\n", "series.csv", "has no rows")]
    public void Read_Damaged_SaysWhereAndWhat(string content, string where, string what)
    {
        var error = Should.Throw<AiOutliersException>(() => ReadText(content));
        error.Kind.ShouldBe(ErrorKind.BadInput);
        error.Message.ShouldContain(where);
        error.Message.ShouldContain(what);
    }

    private static IEnumerable<int> Labelled(LabelledSeries series) => series.Labels.Index().Where(row => row.Item).Select(row => row.Index);

    private static LabelledSeries Read(string name, double? rowsPerDay = null) =>
        new LabelledReader(rowsPerDay).Read(LabelledFiles.Find([Golden.Path("series/" + name)]).Files.Single());

    private static LabelledSeries ReadText(string content)
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "series.csv");
        File.WriteAllText(path, content);
        return new LabelledReader(null).Read(LabelledFiles.Find([path]).Files.Single());
    }
}
