using AiOutliers.Detection;
using AiOutliers.Engine.Evaluation;
using AiOutliers.Tests.Shared;

namespace AiOutliers.Engine.Tests.Evaluation;

public sealed class EvaluationSummaryTests
{
    private const string Published = "series,points,anomalous,Good,Bad\na/x,4,1,0.9,0.1\nb/y.csv,4,1,0.8,\nmean,,,0.85,0.1\n";

    private static readonly EvaluationRow[] Rows = [Row("a", "x", 0.5, 0.2), Row("b", "y", 0.3, 0.4), Row("b", "z", double.NaN, 0.9)];

    [Fact]
    public void Groups_Folders_MeansAreOverThoseThatHaveTheFigure()
    {
        var groups = new EvaluationSummary(Rows, null).Groups();
        groups.Select(group => (group.Name, group.Size)).ShouldBe([("a", "1"), ("b", "2, 1 labelled"), ("all", "3, 2 labelled")]);
        groups[^1].Means.ShouldHaveSingleItem().Mean.VusPr.ShouldBe(0.4, 1e-12);
        groups[^1].Means[0].Mean.FalseEventsPerDay.ShouldBe(0.5, 1e-12);
    }

    [Fact]
    public void Ranking_Published_IsOverTheSeriesThatBothHave()
    {
        var summary = new EvaluationSummary(Rows, ReadPublished(Published));
        var ranking = summary.Ranking();
        ranking.Select(entry => entry.Name).ShouldBe(["Good", "d", "Bad"]);
        ranking[0].VusPr.ShouldBe(0.85, 1e-12);
        ranking[1].ShouldSatisfyAllConditions(entry => entry.Ours.ShouldBeTrue(), entry => entry.VusPr.ShouldBe(0.4, 1e-12));
        summary.Groups().Select(group => group.Name).ShouldBe(["a", "b", "published", "not published", "all"]);
        summary.Published!.BestOf(Rows[1].File).ShouldBe((0.8, "Good"));
        summary.Published.BestOf(Rows[2].File).ShouldBeNull();
    }

    [Fact]
    public void WorstFirst_Series_ThoseWithoutALabelAreLast() =>
        new EvaluationSummary(Rows, null).WorstFirst().Select(file => file.Name).ShouldBe(["b/y", "a/x", "b/z"]);

    [Theory]
    [InlineData("name,Good\na,1\n")]
    [InlineData("series,points\na,1\n")]
    public void Read_NoPublishedTable_SaysWhatItNeeds(string content) =>
        Should.Throw<AiOutliersException>(() => ReadPublished(content)).Message.ShouldContain("'series' and one per method");

    [Fact]
    public async Task Write_Csv_HasTheColumnsAndEmptyFieldsForWhatIsUnknown()
    {
        var text = new StringWriter { NewLine = "\n" };
        await ResultsFile.WriteAsync(text, Rows);
        text.ToString().Split('\n').ShouldBe(
        [
            "series,detector,score,n,vus_pr,vus_roc,auc_pr,best_f1,event_recall,false_events_per_day,event_f1,ms_per_1000",
            "a/x,d,score,4,0.5,0.5,0.5,0.5,0.5,0.2,0.5,1.234568",
            "b/y,d,score,4,0.3,0.3,0.3,0.3,0.3,0.4,0.3,1.234568",
            "b/z,d,score,4,,,,,,0.9,,1.234568",
            "",
        ]);
    }

    private static PublishedTable ReadPublished(string content)
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "published.csv");
        File.WriteAllText(path, content);
        return PublishedTable.Read(path);
    }

    private static EvaluationRow Row(string group, string name, double figure, double falseEvents) => new(
        new LabelledFile($"/{group}/{name}.csv", group, $"{group}/{name}", SeriesLayout.Own, []), "d", "score", 4,
        new(figure, figure, figure, figure, figure, falseEvents, figure, 1.2345678), null);
}
