using AiOutliers.Detection.Detectors;
using AiOutliers.Engine.Evaluation;
using AiOutliers.Service.Evaluation.Report;
using AiOutliers.Tests.Shared;
using AiOutliers.Tests.Shared.Detectors;

namespace AiOutliers.Service.Tests.Evaluation;

public sealed class HtmlReportTests
{
    [Fact]
    public async Task Write_GoldenSeries_DrawsAllWithoutOutsideResources()
    {
        var page = await WriteAsync(Golden.Path("series"));

        Count(page, "<section").ShouldBe(4);
        // The line, and a strip for each of the two scores.
        Count(page, "<svg").ShouldBe(4 * 3);
        Count(page, "class=\"label\" x=").ShouldBe(3 * 3);
        foreach (var outside in new[] { "http:", "https:", "url(", "@import", "<script", "<link", "src=" })
            page.ShouldNotContain(outside);
        page.ShouldNotContain("NaN");
        page.ShouldContain("prefers-color-scheme: dark");
    }

    [Fact]
    public async Task Write_NamesFromFiles_AreEscaped()
    {
        using var folder = new TemporaryFolder();
        Copy(folder, "<b>&.csv");
        (await WriteAsync(folder.Path)).ShouldContain("/&lt;b&gt;&amp;</h3>");
    }

    [Fact]
    public async Task Write_ManySeries_SaysHowManyAreLeftOut()
    {
        using var folder = new TemporaryFolder();
        for (var i = 0; i < 63; i++)
            Copy(folder, $"{i}.csv");

        var page = await WriteAsync(folder.Path);

        Count(page, "<section").ShouldBe(60);
        page.ShouldContain("The worst 60 of 63 series are drawn, 3 are left out.");
    }

    [Fact]
    public async Task Write_LongSeries_IsDrawnInBoundedSize()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllLines(Path.Combine(folder.Path, "long.csv"), Enumerable.Range(0, 100_000)
            .Select(row => $"{row * 7919 % 1000},{(row % 5000 < 3 ? 1 : 0)}").Prepend("Data,Label"));
        (await WriteAsync(folder.Path)).Length.ShouldBeLessThan(100_000);
    }

    [Theory]
    [InlineData("Data,Label\n5,1\n")]
    [InlineData("Data,Label\n5,0\n5,1\n5,0\n")]
    [InlineData("Data,Label\n,0\n,1\n")]
    public async Task Write_OddSeries_Draws(string content)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(Path.Combine(folder.Path, "odd.csv"), content);
        var page = await WriteAsync(folder.Path);
        page.ShouldContain("100 rows are needed");
        page.ShouldNotContain("NaN");
    }

    private static async Task<string> WriteAsync(string data)
    {
        var reader = new LabelledReader(null);
        IDetector[] detectors = [new LabelDetector(1500)];
        var evaluator = new Evaluator(detectors, reader, 10);
        var rows = await evaluator.EvaluateAsync(LabelledFiles.Find([data]).Files, default);
        var page = new StringWriter();
        await new HtmlReport(new(rows, null), evaluator, reader).WriteAsync(page, default);
        return page.ToString();
    }

    private static void Copy(TemporaryFolder folder, string name) => File.Copy(Golden.Path("series/own/office.csv"), Path.Combine(folder.Path, name));

    private static int Count(string text, string part) => text.Split(part).Length - 1;
}
