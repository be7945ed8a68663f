using System.Xml.Linq;
using AiOutliers.Detection;
using AiOutliers.Detection.Detectors;
using AiOutliers.Detection.Series;
using AiOutliers.Engine.Analysis;
using AiOutliers.Service.Plotting;
using AiOutliers.Tests.Shared;

namespace AiOutliers.Service.Tests.Plotting;

public sealed class PlotFileTests
{
    private const string AnomalyColor = "#D1440C";

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public void Write_Svg_MarksEveryAnomaly(int anomalies)
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "plot.svg");

        PlotFile.Write(path, Report(100, anomalies), dark: false);

        // One dot belongs to the legend.
        XDocument.Load(path).Descendants().Count(element => (string?)element.Attribute("fill") == AnomalyColor
                && element.Name.LocalName is ("circle" or "ellipse"))
            .ShouldBe(anomalies + 1);
        Directory.GetFiles(folder.Path).ShouldBe([path]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5000)]
    public void Write_Png_IsAPictureOfTheSizeSaid(int rows)
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "plot.png");

        PlotFile.Write(path, Report(rows, 0), dark: true);

        using var picture = SkiaSharp.SKBitmap.Decode(path);
        (picture.Width, picture.Height).ShouldBe((2400, 920));
    }

    [Fact]
    public void Write_SeveralMetrics_NamesEachAboveItsPanel()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "plot.svg");
        var report = Report(100, 3);
        var one = report.Reports[0];

        PlotFile.Write(path, report with { Reports = [one, one with { Result = one.Result with { NoVerdict = "too few" } }] }, dark: false);

        var picture = XDocument.Load(path);
        ((double)picture.Root!.Attribute("height")!).ShouldBe(450);
        var texts = picture.Descendants().Where(element => element.Name.LocalName == "text").Select(element => element.Value.Trim()).ToArray();
        texts.Count(text => text == "bytes").ShouldBe(2);
        texts.ShouldContain("no verdict: too few");
    }

    [Fact]
    public void Write_Svg_HasTextsThatAnyFontCanShow()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "plot.svg");
        var one = Report(100, 1).Reports[0];
        var banded = one with { Result = one.Result with { Lower = new double[100], Upper = one.Result.Expected } };
        PlotFile.Write(path, Report(100, 1) with { Reports = [banded] }, dark: false);

        var texts = XDocument.Load(path).Descendants().Where(static element => element.Name.LocalName == "text").ToArray();
        texts.ShouldAllBe(text => !((string)text.Attribute("x")!).Contains(','));
        texts.ShouldAllBe(text => ((string)text.Attribute("font-family")!).EndsWith("sans-serif"));
        var words = texts.Select(static text => text.Value.Trim()).ToArray();
        words.ShouldContain("usual");
        words.ShouldContain("UTC");
        words.ShouldContain("bytes per 1 min");
        words.ShouldNotContain("-0");
    }

    [Fact]
    public void Write_NoVerdict_SaysWhyAcrossThePicture()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "plot.svg");
        var one = Report(100, 0).Reports[0];
        PlotFile.Write(path, Report(100, 0) with { Reports = [one with { Result = one.Result with { NoVerdict = "too few" } }] }, dark: true);

        var words = XDocument.Load(path).Descendants().Where(static element => element.Name.LocalName == "text").Select(static text => text.Value.Trim()).ToArray();
        words.ShouldContain("not judged: too few");
        words.ShouldContain("not judged");
    }

    [Fact]
    public void Write_OtherName_IsBadInput() =>
        Should.Throw<AiOutliersException>(() => PlotFile.Write("plot.gif", Report(5, 0), dark: false)).Kind.ShouldBe(ErrorKind.BadInput);

    [Fact]
    public void Write_NoSuchFolder_SaysSo() =>
        Should.Throw<AiOutliersException>(() => PlotFile.Write("/no/such/folder/plot.png", Report(5, 0), dark: false)).Message.ShouldContain("the folder does not exist");

    private static JointReport Report(int rows, int anomalies)
    {
        var builder = new MetricTableBuilder();
        var bytes = builder.ColumnOf("bytes");
        for (var row = 0; row < rows; row++)
        {
            builder.AddRow(row * 60_000L, $"{row}");
            if (row % 7 != 6)
                builder.Set(bytes, 1000 + 100 * Math.Sin(row / 9.0));
        }
        var table = builder.Build();
        return new([new(table, "bytes", "shallow", null, new DetectionResult
        {
            Scores = new double[rows],
            Anomalies = [.. Enumerable.Range(0, rows).Select(row => row < anomalies)],
            Expected = [.. Enumerable.Repeat(1000.0, rows)],
        }, HistoryReport.None)])
        { Judged = table, Elapsed = TimeSpan.Zero };
    }
}
