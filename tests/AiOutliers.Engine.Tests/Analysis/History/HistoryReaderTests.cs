using System.Text;
using AiOutliers.Detection;
using AiOutliers.Druid.Query;
using AiOutliers.Engine.Analysis.History;

namespace AiOutliers.Engine.Tests.Analysis.History;

public sealed class HistoryReaderTests
{
    private const string Hour = "2024-06-20T10:00:00.000Z/2024-06-20T11:00:00.000Z";
    private const string WithTwoWeeks = "2024-06-06T10:00:00.000Z/2024-06-20T11:00:00.000Z";

    private readonly ScriptedSource _source = new();
    private readonly SettableClock _clock = new(ScriptedSource.Time("2024-06-20T11:00Z"));

    [Fact]
    public async Task Query_AnHourAtOneMinute_IsAskedWithTwoWeeksBefore()
    {
        var rows = await AskAsync(Reader(), Hour);

        _source.Intervals.ShouldBe([WithTwoWeeks]);
        (rows.First, rows.Count, rows.Cached, rows.Warning).ShouldBe((20_160, 60, false, null));
        rows.Table.Timestamps[rows.First].ShouldBe("2024-06-20T10:00:00.000Z");
        rows.Table.Coverage.From.ShouldBe(rows.Table.Times[0]);
    }

    [Fact]
    public async Task Query_TheSameAMinuteLater_AsksForTheNewHourOnly()
    {
        var reader = Reader();
        await AskAsync(reader, Hour);
        _clock.Now = _clock.Now.AddMinutes(1);

        var rows = await AskAsync(reader, "2024-06-20T10:01:00Z/2024-06-20T11:01:00Z");

        _source.Intervals.Skip(1).ShouldBe(["2024-06-20T10:01:00.000Z/2024-06-20T11:01:00.000Z"]);
        (rows.First, rows.Count, rows.Cached).ShouldBe((20_160, 60, true));
        rows.Table.Times[0].ShouldBe(ScriptedSource.Time("2024-06-06T10:01Z").ToUnixTimeMilliseconds());
        _source.Boundaries.ShouldBe(1);
    }

    [Fact]
    public async Task Query_LaterBySoMuchThatRowsBetweenAreMissing_AsksForThemToo()
    {
        var reader = Reader();
        await AskAsync(reader, Hour);
        _clock.Now = _clock.Now.AddMinutes(9);

        var rows = await AskAsync(reader, "2024-06-20T11:05:00Z/2024-06-20T11:09:00Z");

        _source.Intervals[1].ShouldBe("2024-06-20T11:00:00.000Z/2024-06-20T11:09:00.000Z");
        (rows.First, rows.Count).ShouldBe((20_160, 4));

        await AskAsync(reader, "2024-06-20T11:06:00Z/2024-06-20T11:09:00Z");

        _source.Intervals[2].ShouldBe("2024-06-20T11:06:00.000Z/2024-06-20T11:09:00.000Z");
    }

    [Fact]
    public async Task Query_BucketThatStillGrows_IsNotKept()
    {
        var reader = Reader(delay: TimeSpan.FromMinutes(5));
        await AskAsync(reader, Hour);
        _clock.Now = _clock.Now.AddMinutes(2);
        _source.Value = static _ => 7;

        var rows = await AskAsync(reader, "2024-06-20T11:00:00Z/2024-06-20T11:02:00Z");

        _source.Intervals[1].ShouldBe("2024-06-20T10:55:00.000Z/2024-06-20T11:02:00.000Z");
        rows.Table.Column("bytes")[rows.First - 1].ShouldBe(7);
        rows.Table.Column("bytes")[rows.First - 6].ShouldBe(55);
    }

    [Fact]
    public async Task Query_LateRowsInTheAskedHour_AreSeenAtOnce()
    {
        var reader = Reader();
        await AskAsync(reader, Hour);
        _source.Value = static _ => 1000;

        var rows = await AskAsync(reader, Hour);

        rows.Table.Column("bytes")[rows.First].ShouldBe(1000);
        rows.Table.Column("bytes")[rows.First - 1].ShouldBe(60);
    }

    [Theory]
    [InlineData(10, false, 1)]
    [InlineData(11, false, 2)]
    [InlineData(0, true, 2)]
    public async Task Query_OldRowsAfterAReindex_AreAskedForAgain(int minutes, bool anew, int longQueries)
    {
        var reader = Reader();
        await AskAsync(reader, Hour);
        _clock.Now = _clock.Now.AddMinutes(minutes);

        await AskAsync(reader, Hour, anew: anew);

        _source.Intervals.Count(WithTwoWeeks.Equals).ShouldBe(longQueries);
    }

    [Fact]
    public async Task Query_EachMinuteForAnHour_RefreshesAllEveryTenMinutes()
    {
        var reader = Reader();
        for (var minute = 0; minute < 60; minute++)
        {
            await AskAsync(reader, $"{_clock.Now.AddHours(-1):yyyy-MM-ddTHH:mm:ssZ}/{_clock.Now:yyyy-MM-ddTHH:mm:ssZ}");
            _clock.Now = _clock.Now.AddMinutes(1);
        }

        _source.Intervals.Count(interval => interval.StartsWith("2024-06-06", StringComparison.Ordinal)).ShouldBeInRange(5, 6);
    }

    [Fact]
    public async Task Query_DataBeginsAnHourBefore_TakesWhatThereIs()
    {
        var source = new ScriptedSource { Begin = ScriptedSource.Time("2024-06-20T09:00:30Z") };

        var rows = await AskAsync(Reader(source), Hour);

        // The first bucket is cut by the begin: the first whole one is a minute later.
        source.Intervals.ShouldBe(["2024-06-20T09:01:00.000Z/2024-06-20T11:00:00.000Z"]);
        rows.First.ShouldBe(59);
    }

    [Theory]
    [InlineData("2024-06-20T10:00:00Z/2024-06-20T10:00:00Z")]
    [InlineData("2025-01-01/2025-01-02")]
    public async Task Query_NoLengthOrFuture_IsAskedAsItCame(string interval)
    {
        var rows = await AskAsync(Reader(), interval);

        _source.Intervals.ShouldBe([interval]);
        rows.First.ShouldBe(0);
    }

    [Fact]
    public async Task Query_SeveralIntervalsThatOverlap_ExtendsTheFirst()
    {
        var rows = await AskAsync(Reader(), "2024-06-20T10:30:00Z/2024-06-20T11:00:00Z", more: ["2024-06-20T10:00:00Z/2024-06-20T10:40:00Z", "2024-06-19T10:00:00Z/2024-06-19T10:10:00Z"]);

        _source.Intervals.ShouldBe(["2024-06-05T10:00:00.000Z/2024-06-19T10:10:00.000Z 2024-06-20T10:00:00.000Z/2024-06-20T11:00:00.000Z"]);
        (rows.First, rows.Count).ShouldBe((20_160, 70));
    }

    [Theory]
    [InlineData("\"limit\":10", 0, 10)]
    [InlineData("\"limit\":10,\"descending\":true", 50, 10)]
    [InlineData("\"descending\":true,\"context\":{\"grandTotal\":true}", 0, 60)]
    public async Task Query_CutAnswer_IsCutByUs(string cut, int firstAfterBegin, int count)
    {
        var rows = await AskAsync(Reader(), Hour, extra: cut);

        _source.Queries[0].Limit.ShouldBeNull();
        _source.Queries[0].Descending.ShouldBeNull();
        _source.Queries[0].ContextFlag("grandTotal").ShouldBeFalse();
        (rows.First, rows.Count).ShouldBe((20_160 + firstAfterBegin, count));
    }

    [Theory]
    [InlineData("\"all\"")]
    [InlineData("\"none\"")]
    [InlineData("{\"type\":\"period\",\"period\":\"P1D\",\"timeZone\":\"Nowhere/Atlantis\"}")]
    public async Task Query_GranularityWithoutBuckets_IsAskedAsItCame(string granularity)
    {
        await AskAsync(Reader(), Hour, granularity: granularity);
        _source.Intervals.ShouldBe([Hour]);
    }

    [Theory]
    [InlineData("{\"type\":\"period\",\"period\":\"P1D\",\"timeZone\":\"Europe/Madrid\"}", "2024-06-19T22:00:00Z/2024-06-20T10:00:00Z", "2023-05-16T22:00:00.000Z")]
    [InlineData("{\"type\":\"period\",\"period\":\"PT6H\",\"timeZone\":\"Europe/Madrid\"}", "2024-04-01T10:00:00Z/2024-04-01T16:00:00Z", "2024-02-19T05:00:00.000Z")]
    [InlineData("{\"type\":\"duration\",\"duration\":420000,\"origin\":\"2024-01-01T00:01:00Z\"}", "2024-06-20T10:00:00Z/2024-06-20T11:00:00Z", "2024-05-23T09:55:00.000Z")]
    [InlineData("\"PT15M\"", "2024-06-20T10:10:00Z/2024-06-20T11:00:00Z", "2024-05-09T10:00:00.000Z")]
    [InlineData("\"pt5m\"", "2024-06-20T10:00:00Z/2024-06-20T11:00:00Z", "2024-05-23T10:00:00.000Z")]
    public async Task Query_ChangeOfTheClockOrAnOriginOfItsOwn_BeginsWithAWholeBucket(string granularity, string interval, string begin)
    {
        await AskAsync(Reader(new ScriptedSource { Begin = ScriptedSource.Time("2020-01-01T00:00Z") }, out var source), interval, granularity: granularity);
        source.Intervals.ShouldHaveSingleItem().ShouldStartWith(begin);
    }

    [Theory]
    [InlineData("off", 0)]
    [InlineData("PT2H", 120)]
    [InlineData("P90D", 20_160)]
    public async Task Query_HistoryAsTold_IsKeptTo(string history, int rows)
    {
        HistorySpan.TryParse(history, out var span).ShouldBeTrue();
        (await AskAsync(Reader(), Hour, span: span)).First.ShouldBe(rows);
    }

    [Fact]
    public async Task Query_AWeekIsMissingBefore_LeavesItMissing()
    {
        _source.Value = static time => time.Day is >= 10 and < 17 ? null : time.Minute + 1;

        var rows = await AskAsync(Reader(), Hour);

        (rows.First, rows.Count).ShouldBe((20_160 - 7 * 1440, 60));
    }

    [Fact]
    public async Task Query_ZerosBeforeTheSensorsFirstRow_AreNoHistory()
    {
        var begin = ScriptedSource.Time("2024-06-19T10:00Z");
        _source.Value = time => time < begin ? 0 : 5;

        var rows = await AskAsync(Reader(), Hour);

        rows.First.ShouldBe(1440);
        rows.Table.Coverage.From.ShouldBeNull();
    }

    [Theory]
    [InlineData(ErrorKind.SourceFailed, "the broker answered 504: Query timeout")]
    [InlineData(ErrorKind.BadInput, "the broker answered 400: Resource limit exceeded")]
    [InlineData(ErrorKind.SourceFailed, "the broker's answer cannot be used: the data is not valid JSON")]
    public async Task Query_TheLongerOneFails_AnswersTheShortOneWithAWarningAndWaitsAMinute(ErrorKind kind, string words)
    {
        var reader = Reader();
        _source.Before = (query, _) => query.Intervals!.Texts()[0] == WithTwoWeeks ? throw new AiOutliersException(kind, words) : Task.CompletedTask;

        var rows = await AskAsync(reader, Hour);
        await AskAsync(reader, Hour);

        (rows.First, rows.Count).ShouldBe((0, 60));
        rows.Warning.ShouldNotBeNull().ShouldContain(words);
        _source.Intervals.ShouldBe([WithTwoWeeks, Hour, Hour]);
        _clock.Now = _clock.Now.AddMinutes(2);
        await AskAsync(reader, Hour);
        _source.Intervals.Count(WithTwoWeeks.Equals).ShouldBe(2);
    }

    [Fact]
    public async Task Query_TheLongerOne_MayTakeAThirdOfTheTime()
    {
        await AskAsync(Reader(), Hour, extra: "\"context\":{\"timeout\":9000,\"queryId\":\"x\"}");
        _source.Queries[0].Context!["timeout"].GetDouble().ShouldBe(3000);
    }

    [Fact]
    public async Task Query_BothFail_TellsOfTheShortOne()
    {
        var reader = Reader();
        _source.Before = static (query, _) => throw new AiOutliersException(ErrorKind.BadInput, query.Intervals!.Texts()[0]);
        (await Should.ThrowAsync<AiOutliersException>(() => AskAsync(reader, Hour))).Message.ShouldBe(Hour);
    }

    [Fact]
    public async Task Query_NoConnection_IsNotTriedTwice()
    {
        var reader = Reader();
        _source.Before = static (_, _) => throw new AiOutliersException(ErrorKind.SourceFailed, "cannot be reached", new HttpRequestException());
        await Should.ThrowAsync<AiOutliersException>(() => AskAsync(reader, Hour));
        _source.Intervals.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Query_TwoAtOnceAndOneLeaves_AsksOnceAndTheOtherGetsItsAnswer()
    {
        var reader = Reader();
        var go = new TaskCompletionSource();
        _source.Before = (_, cancellation) => go.Task.WaitAsync(cancellation);
        using var leaves = new CancellationTokenSource();
        var first = AskAsync(reader, Hour, cancellation: leaves.Token);
        var second = AskAsync(reader, Hour, extra: "\"context\":{\"queryId\":\"another\"}");

        await leaves.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => first);
        go.SetResult();

        (await second).First.ShouldBe(20_160);
        _source.Intervals.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Query_EverybodyLeaves_StopsTheQuery()
    {
        var reader = Reader();
        var stopped = new TaskCompletionSource();
        _source.Before = async (_, cancellation) =>
        {
            await using var registration = cancellation.Register(stopped.SetResult);
            await Task.Delay(Timeout.Infinite, cancellation);
        };
        using var leaves = new CancellationTokenSource();
        var asking = AskAsync(reader, Hour, cancellation: leaves.Token);

        await leaves.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => asking);
        await stopped.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Query_ManyDifferentQuestions_KeepTheLimit()
    {
        const int Megabyte = 1024 * 1024;
        var reader = Reader(megabytes: 1);
        for (var i = 0; i < 20; i++)
        {
            await AskAsync(reader, Hour, dimension: $"sensor {i}");
            reader.Cache.Bytes.ShouldBeInRange(1, Megabyte);
        }

        // Two weeks of counts take a tenth of a megabyte: the last ones are still there.
        await AskAsync(reader, Hour, dimension: "sensor 19");
        await AskAsync(reader, Hour, dimension: "sensor 0");
        _source.Intervals.TakeLast(2).ShouldBe([Hour, WithTwoWeeks]);
    }

    [Fact]
    public async Task Query_AnEarlierHourThanTheOneInMemory_KeepsBoth()
    {
        var reader = Reader();
        const string SixHours = "2024-06-20T05:00:00.000Z/2024-06-20T11:00:00.000Z";
        await AskAsync(reader, SixHours);
        await AskAsync(reader, Hour);

        (await AskAsync(reader, SixHours)).Cached.ShouldBeTrue();

        _source.Intervals.Skip(1).ShouldBe([Hour, SixHours]);
    }

    private HistoryReader Reader(TimeSpan delay = default, int megabytes = 128) => Reader(_source, delay, megabytes);

    private HistoryReader Reader(ScriptedSource source, out ScriptedSource asked)
    {
        asked = source;
        return Reader(source);
    }

    private HistoryReader Reader(ScriptedSource source, TimeSpan delay = default, int megabytes = 128) =>
        new(source, new() { CacheBytes = (long)megabytes << 20 }, delay, _clock);

    private static Task<FetchedRows> AskAsync(
        HistoryReader reader, string interval, string[]? more = null, string granularity = "\"minute\"", string? extra = null, HistorySpan? span = null,
        bool anew = false, string dimension = "headquarters", CancellationToken cancellation = default)
    {
        var intervals = string.Join(',', new[] { interval }.Concat(more ?? []).Select(static text => $"\"{text}\""));
        var text = $$"""
            {"queryType":"timeseries","dataSource":"rb_flow","granularity":{{granularity}},"intervals":[{{intervals}}],
             "filter":{"type":"selector","dimension":"sensor_name","value":"{{dimension}}"}{{(extra is null ? "" : "," + extra)}},
             "aggregations":[{"type":"longSum","name":"bytes","fieldName":"sum_bytes"}]}
            """;
        return reader.QueryAsync(DruidQuery.Parse(Encoding.UTF8.GetBytes(text)), new(span ?? HistorySpan.Auto, 20_160, anew), cancellation);
    }
}
