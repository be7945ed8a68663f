using AiOutliers.Detection.Detectors;
using AiOutliers.Detection.Detectors.Seasonal;
using AiOutliers.Engine.Evaluation;
using AiOutliers.Tests.Shared;
using AiOutliers.Tests.Shared.Detectors;

namespace AiOutliers.Engine.Tests.Evaluation;

public sealed class EvaluatorTests
{
    private const double Rounding = 1e-12;

    /// <summary>The seeds of the forests that the expected means were taken over are unknown.</summary>
    private const double Seeds = 0.015;

    [Fact]
    public async Task Evaluate_SeveralScores_HaveARowEach()
    {
        var rows = await EvaluateAsync(2000, Golden.Path("series/own"));

        rows.Select(row => row.Score).ShouldBe(["height", "age"]);
        rows[0].Judge.ShouldBe("label height");
        rows[0].Rows.ShouldBe(191);
        // The labelled rows are the 1st, 2nd, 3rd and 5th highest.
        rows[0].Figures.AveragePrecision.ShouldBe(0.95, Rounding);
        rows[1].Figures.AveragePrecision.ShouldBeLessThan(0.1);
        // The verdict is the same for both.
        rows.ShouldAllBe(row => row.Figures.EventRecall == 1 && row.Figures.FalseEventsPerDay == 0 && row.Figures.EventF1 == 1);
        rows[0].Figures.MillisecondsPerThousand.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Evaluate_NoLabel_CountsFalseEventsOnly()
    {
        // Every day's peak exceeds 1,500.
        var figures = (await EvaluateAsync(1500, Golden.Path("series/nab/artificialCalm")))[0].Figures;

        double.IsNaN(figures.VusPr).ShouldBeTrue();
        double.IsNaN(figures.EventRecall).ShouldBeTrue();
        double.IsNaN(figures.EventF1).ShouldBeTrue();
        figures.FalseEventsPerDay.ShouldBe(4 / (191 / 48.0), Rounding);
    }

    [Fact]
    public async Task Evaluate_NoTimestamps_KnowsNoDay() =>
        double.IsNaN((await EvaluateAsync(1500, Golden.Path("series/tsb-ad")))[0].Figures.FalseEventsPerDay).ShouldBeTrue();

    [Fact]
    public async Task Evaluate_DetectorRefuses_SaysWhyAndGoesOn()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(Path.Combine(folder.Path, "short.csv"), "Data,Label\n1,0\n2,1\n");

        var rows = await EvaluateAsync(1500, folder.Path, Golden.Path("series/own"));

        rows.Count.ShouldBe(3);
        var refused = rows.Single(row => row.Note is not null);
        (refused.Score, refused.Note).ShouldBe(("", "100 rows are needed"));
        refused.Figures.ShouldBe(EvaluationFigures.None);
        new EvaluationSummary(rows, null).Judges.ShouldBe(["label height", "label age"]);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(10, 1)]
    [InlineData(90, 0)]
    public async Task Evaluate_FlagBesideTheEvent_CountsWithinTheTolerance(double minutes, int falseEvents)
    {
        using var folder = new TemporaryFolder();
        var time = new DateTimeOffset(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);
        File.WriteAllLines(Path.Combine(folder.Path, "x.csv"), Enumerable.Range(0, 96)
            .Select(row => $"{time.AddMinutes(30 * row):O},{(row == 52 ? 9000 : 1)},{(row == 50 ? 1 : 0)}").Prepend("timestamp,value,label")
            .Concat(Enumerable.Range(96, 10).Select(row => $"{time.AddMinutes(30 * row):O},1,0")));

        var figures = (await EvaluateAsync(1500, minutes, folder.Path))[0].Figures;

        figures.FalseEventsPerDay.ShouldBe(falseEvents / (106 / 48.0), Rounding);
        figures.EventRecall.ShouldBe(1 - falseEvents);
    }

    [Theory]
    [InlineData("own", false)]
    [InlineData("nab/artificialCalm", false)]
    [InlineData("tsb-ad", true)]
    public async Task Evaluate_TimesOfAFile_AreHeldBackAsThoseOfARequest(string data, bool isComplete)
    {
        var detector = new RecordingDetector(1500);

        await new Evaluator([detector], new(null), 10).EvaluateAsync(LabelledFiles.Find([Golden.Path($"series/{data}")]).Files, default);

        detector.Tables.ShouldAllBe(table => table.Coverage.Until == DateTimeOffset.MaxValue.ToUnixTimeMilliseconds() == isComplete);
        detector.Tables.All(static table => table.Coverage.Until >= table.Times[^1]).ShouldBeTrue();
    }

    [Fact]
    public async Task Evaluate_ShallowOnNab_ReachesWhatItIsKnownFor()
    {
        Assert.SkipWhen(NabData.Missing is not null, NabData.Missing ?? "");
        var published = PublishedTable.Read(NabData.Path("published_vus_pr.csv"));
        var files = LabelledFiles.Find([NabData.Path(".")]).Files;

        var rows = await new Evaluator([new ShallowDetector(new())], new(null), 10).EvaluateAsync(files, default);

        var groups = new EvaluationSummary(rows, published).Groups().ToDictionary(group => group.Name);
        (groups["published"].Labelled, groups["not published"].Labelled).ShouldBe((14, 38));
        groups["published"].Means[0].Mean.VusPr.ShouldBe(0.241, Seeds);
        groups["not published"].Means[0].Mean.VusPr.ShouldBe(0.299, Seeds);
        rows.Where(row => published.PointsOf(row.File) > 0).ShouldAllBe(row => published.PointsOf(row.File) == row.Rows);
    }

    [Fact]
    public async Task Evaluate_SeasonalScanOnNabInOrder_StaysAboveEveryPublishedMethod()
    {
        Assert.SkipWhen(NabData.Missing is not null, NabData.Missing ?? "");
        var published = PublishedTable.Read(NabData.Path("published_vus_pr.csv"));
        var files = LabelledFiles.Find([NabData.Path(".")]).Files;

        var rows = await new Evaluator([new SeasonalScanDetector(new())], new(null, inOrder: true), 10).EvaluateAsync(files, default);

        var groups = new EvaluationSummary(rows, published).Groups().ToDictionary(group => group.Name);
        VusPr("published", "range").ShouldBeGreaterThan(0.57);
        VusPr("not published", "range").ShouldBeGreaterThan(0.48);
        VusPr("published", "wide").ShouldBeGreaterThan(0.66);
        VusPr("not published", "wide").ShouldBeGreaterThan(0.53);

        double VusPr(string group, string score) => groups[group].Means.Single(mean => mean.Judge == $"seasonal-scan {score}").Mean.VusPr;
    }

    internal static Task<IReadOnlyList<EvaluationRow>> EvaluateAsync(double limit, params string[] data) => EvaluateAsync(limit, 10, data);

    private static Task<IReadOnlyList<EvaluationRow>> EvaluateAsync(double limit, double minutes, params string[] data) =>
        new Evaluator([new LabelDetector(limit)], new(null), minutes).EvaluateAsync(LabelledFiles.Find(data).Files, default);
}
