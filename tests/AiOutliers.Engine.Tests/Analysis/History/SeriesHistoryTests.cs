using System.Globalization;
using System.Text;
using AiOutliers.Druid.Embedded;
using AiOutliers.Druid.Query;
using AiOutliers.Engine.Analysis.History;
using AiOutliers.Tests.Shared;

namespace AiOutliers.Engine.Tests.Analysis.History;

/// <summary>Many series with the hours before them: of three hosts one falls silent and one comes late.</summary>
public sealed class SeriesHistoryTests : IDisposable
{
    private const string First = "2024-06-20T10:00:00.000Z/2024-06-20T11:00:00.000Z";
    private const string Second = "2024-06-20T10:01:00.000Z/2024-06-20T11:01:00.000Z";
    private const string SecondWithHistory = "2024-06-20T04:01:00.000Z/2024-06-20T11:01:00.000Z";

    private static readonly HistorySettings Settings = new() { Span = new(TimeSpan.FromHours(6)) };

    private readonly TemporaryFolder _folder = new();
    private readonly EmbeddedEngine _engine;
    private readonly RecordingSource _source;
    private readonly SettableClock _clock = new(ScriptedSource.Time("2024-06-20T11:00Z"));

    public SeriesHistoryTests()
    {
        File.WriteAllText(Path.Combine(_folder.Path, "d.csv"), Rows());
        _engine = new EmbeddedEngine(_folder.Path);
        _source = new(_engine);
    }

    public void Dispose()
    {
        _engine.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Query_TheSameAMinuteLater_AsksForTheShortTimeAndGivesTheSameRows()
    {
        var history = History(1 << 20);
        (await AskAsync(history, First)).IsCached.ShouldBeFalse();
        _clock.Now = _clock.Now.AddMinutes(1);

        var cached = await AskAsync(history, Second);

        cached.IsCached.ShouldBeTrue();
        _source.Many[^1].ShouldBe(Second);
        _source.One[^1].ShouldBe(Second);
        Text(cached).ShouldBe(Text(await AskAsync(History(0), Second)));
        _source.Many[^1].ShouldBe(SecondWithHistory);
    }

    [Fact]
    public async Task Query_ManyMinutesInARow_StaysTheSameAsWithoutMemory()
    {
        var history = History(1 << 20, delay: TimeSpan.FromMinutes(3));
        for (var minute = 0; minute < 9; minute++)
        {
            var interval = $"2024-06-20T10:{10 + minute}:00Z/2024-06-20T10:{40 + minute}:00Z";
            _clock.Now = ScriptedSource.Time($"2024-06-20T10:{40 + minute}:30Z");
            Text(await AskAsync(history, interval)).ShouldBe(Text(await AskAsync(History(0), interval)), interval);
        }
    }

    [Fact]
    public async Task Query_AfterTenMinutes_AsksForAllOfItAgain()
    {
        var history = History(1 << 20);
        await AskAsync(history, First);
        _clock.Now = _clock.Now.AddMinutes(11);

        (await AskAsync(history, Second)).IsCached.ShouldBeFalse();

        _source.Many[^1].ShouldBe(SecondWithHistory);
    }

    [Theory]
    [InlineData(0, false, "d")]
    [InlineData(1000, false, "d")]
    [InlineData(1 << 20, true, "d")]
    [InlineData(1 << 20, false, "D")]
    public async Task Query_WithoutRoomOrAnewOrAnotherFilter_AsksForAllOfIt(int bytes, bool anew, string part)
    {
        var history = History(bytes);
        await AskAsync(history, First);

        var again = await history.QueryAsync(Query(Second, part), null, default, fill: true, anew: anew);

        again.IsCached.ShouldBeFalse();
        _source.Many[^1].ShouldBe(SecondWithHistory);
    }

    [Fact]
    public async Task Query_FilledAndNot_AreKeptApart()
    {
        var history = History(1 << 20);
        await AskAsync(history, First);

        (await history.QueryAsync(Query(Second, "d"), null, default)).IsCached.ShouldBeFalse();
    }

    private SeriesHistory History(long bytes, TimeSpan delay = default) =>
        new(_source, Settings, _clock, new HistoryCache(bytes, _clock), delay);

    private static Task<FetchedSeries> AskAsync(SeriesHistory history, string interval) =>
        history.QueryAsync(Query(interval, "d"), null, default, fill: true);

    /// <summary>The filter lets all rows through, whatever the part.</summary>
    private static DruidQuery Query(string interval, string part) => DruidQuery.Parse(Encoding.UTF8.GetBytes($$"""
        {"queryType":"groupBy","dataSource":"d","granularity":"PT1M","intervals":["{{interval}}"],"dimensions":["host","site"],
         "filter":{"type":"not","field":{"type":"selector","dimension":"host","value":"{{part}}"} },
         "aggregations":[{"type":"longSum","name":"bytes","fieldName":"bytes"},{"type":"count","name":"n"}]}
        """));

    private static string Text(FetchedSeries fetched)
    {
        var text = new StringBuilder();
        foreach (var series in fetched.Series.ByKey())
        {
            var rows = fetched.Rows(series);
            text.Append(CultureInfo.InvariantCulture, $"{fetched.Series.Key(series)} from {rows.First} of {rows.Count}:");
            for (var row = 0; row < rows.Table.Rows; row++)
            {
                var (bytes, count) = (rows.Table.Column("bytes")[row], rows.Table.Column("n")[row]);
                text.Append(CultureInfo.InvariantCulture, $" {rows.Table.Times[row]}={bytes}/{count}");
            }
            text.AppendLine();
        }
        return text.ToString();
    }

    private static string Rows()
    {
        var (text, begin) = (new StringBuilder("timestamp,host,site,bytes\n"), ScriptedSource.Time("2024-06-20T00:00Z"));
        for (var minute = 0; minute < 720; minute++)
        {
            var time = begin.AddMinutes(minute).ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
            text.AppendLine(CultureInfo.InvariantCulture, $"{time},steady,madrid,{1000 + minute % 7}");
            if (minute < 590)
                text.AppendLine(CultureInfo.InvariantCulture, $"{time},silent,,{minute}");
            if (minute > 655)
                text.AppendLine(CultureInfo.InvariantCulture, $"{time},late,rome,{minute}");
        }
        return text.ToString();
    }
}
