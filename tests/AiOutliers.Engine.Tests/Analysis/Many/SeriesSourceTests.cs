using System.Globalization;
using System.Text;
using AiOutliers.Detection;
using AiOutliers.Druid.Embedded;
using AiOutliers.Druid.Query;
using AiOutliers.Engine.Analysis.History;
using AiOutliers.Engine.Analysis.Many;
using AiOutliers.Engine.Tests.Analysis.History;
using AiOutliers.Tests.Shared;

namespace AiOutliers.Engine.Tests.Analysis.Many;

/// <summary>A dimension with more values than can be judged at once.</summary>
public sealed class SeriesSourceTests : IDisposable
{
    private static readonly DruidQuery Query = DruidQuery.Parse("""
        {"queryType":"groupBy","dataSource":"d","granularity":"PT5M","intervals":["2024-03-01/2024-03-02"],"dimensions":["host"],
         "aggregations":[{"type":"longSum","name":"bytes","fieldName":"bytes"}],"context":{"skipEmptyBuckets":true} }
        """u8);

    private readonly TemporaryFolder _folder = new();
    private readonly EmbeddedEngine _engine;

    public SeriesSourceTests()
    {
        var rows = new StringBuilder("timestamp,host,bytes\n");
        for (var host = 0; host <= SeriesSource.MostSeries; host++)
            rows.Append(CultureInfo.InvariantCulture, $"2024-03-01T00:00:00Z,h{host},{host}\n");
        File.WriteAllText(Path.Combine(_folder.Path, "d.csv"), rows.ToString());
        _engine = new EmbeddedEngine(_folder.Path);
    }

    public void Dispose()
    {
        _engine.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Fetch_MoreSeriesThanAreJudged_SaysWhatToAskForInstead()
    {
        var error = await Should.ThrowAsync<AiOutliersException>(() => FetchAsync(top: null));

        error.Kind.ShouldBe(ErrorKind.BadInput);
        error.Message.ShouldStartWith("the answer has more than 100,000 series, and at most 100,000 are judged at once; ask for those with the most");
    }

    [Fact]
    public async Task Fetch_TopNOfMoreThanAreJudged_IsRefusedBeforeAnybodyIsAsked()
    {
        var source = new RecordingSource(_engine);
        var query = DruidQuery.Parse("""
            {"queryType":"topN","dataSource":"d","granularity":"PT5M","intervals":["2024-03-01/2024-03-02"],"dimension":"host","metric":"bytes",
             "threshold":100001,"aggregations":[{"type":"longSum","name":"bytes","fieldName":"bytes"}]}
            """u8);
        var many = new SeriesSource(source, new EngineSettings(), TimeProvider.System);

        var error = await Should.ThrowAsync<AiOutliersException>(() => many.FetchAsync(new(query), default));

        error.Message.ShouldStartWith("the threshold 100,001 asks for as many series");
        source.Many.ShouldBeEmpty();
    }

    [Fact]
    public async Task Fetch_TheLargestOfTwoDimensions_ReadsNoOthers()
    {
        var fetched = await FetchAsync(top: 400, Query with { Dimensions = [.. Query.Dimensions!, .. Query.Dimensions!.Select(Bytes)] });

        (fetched.Order!.Count, fetched.Series.Count).ShouldBe((400, 400));
    }

    private static DimensionSpec Bytes(DimensionSpec _) => DimensionSpec.From(System.Text.Json.JsonSerializer.SerializeToElement("bytes"));

    [Fact]
    public async Task Fetch_TheLargest_AreThose()
    {
        var fetched = await FetchAsync(top: 2);

        fetched.Order!.Select(fetched.Series.Key).Select(static key => key.ToString()).ShouldBe(["host=h100000", "host=h99999"]);
        fetched.Warnings.ShouldContain(static warning => warning.StartsWith("There are more series: the 2 with the most bytes"));
    }

    private Task<FetchedSeries> FetchAsync(int? top, DruidQuery? query = null) =>
        new SeriesSource(_engine, new EngineSettings(), TimeProvider.System).FetchAsync(new(query ?? Query) { Top = top }, default);
}
