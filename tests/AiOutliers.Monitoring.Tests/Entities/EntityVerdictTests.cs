using System.Runtime.InteropServices;
using AiOutliers.Detection.Detectors.Seasonal;
using AiOutliers.Detection.Detectors.Seasonal.Newest;
using AiOutliers.Detection.Series;
using AiOutliers.Engine.Analysis;
using AiOutliers.Monitoring.Entities;
using AiOutliers.Monitoring.Runs;
using AiOutliers.Samples.Suite;

namespace AiOutliers.Monitoring.Tests.Entities;

/// <summary>Verdicts by the state beside those of a judgement of the whole history at the same moment.</summary>
public sealed class EntityVerdictTests
{
    private const long Step = 300_000, Week = 7 * 86_400_000L;
    private const int History = 14 * 288, Judged = 120;

    private static readonly long Start = DateTimeOffset.Parse("2024-09-02T00:00:00Z").ToUnixTimeMilliseconds();
    private static readonly EntityLayout Layout = new(Step, History, ["bytes"], ["host"]);
    private static readonly OutlierAnalyzer Analyzer = OutlierAnalyzer.OfRows(new());

    [Theory]
    [InlineData(nameof(SuiteType.Clean), 11)]
    [InlineData(nameof(SuiteType.Outage), 12)]
    [InlineData(nameof(SuiteType.Ddos), 13)]
    public void Verdicts_ByTheState_AreThoseOfTheWholeHistory(string type, int seed)
    {
        var (values, state, place) = Make(Enum.Parse<SuiteType>(type), seed);
        var (alike, found) = (0, 0);
        for (var bucket = History; bucket < History + Judged; bucket++)
        {
            var verdict = Judge(state, place, values, bucket);
            var expected = Whole(values, bucket);
            alike += verdict.Findings.Count > 0 == expected > 0 ? 1 : 0;
            found += verdict.Findings.Count > 0 ? 1 : 0;
        }

        alike.ShouldBeGreaterThanOrEqualTo(Judged - 1);
        (found > 0).ShouldBe(type != nameof(SuiteType.Clean));
    }

    [Fact]
    public void CleanSeries_IsHardlyEverJudgedWhole()
    {
        var (values, state, place) = Make(SuiteType.Clean, 11);
        Judge(state, place, values, History);

        Enumerable.Range(History + 1, Judged - 1).Sum(bucket => Judge(state, place, values, bucket).Whole).ShouldBeLessThan(Judged / 6);
    }

    [Fact]
    public void Judge_ThatMayNotSkip_JudgesAll()
    {
        var (values, state, place) = Make(SuiteType.Clean, 11);

        Enumerable.Range(History, 24).Sum(bucket => Judge(state, place, values, bucket, skips: false).Whole).ShouldBe(24);
    }

    [Theory]
    [InlineData(1_984, false)]
    [InlineData(1_985, true)]
    public void Skipping_IsForManyValuesOnly(int entities, bool isOn)
    {
        var state = new MonitorEntities(Layout);
        for (var entity = 0; entity < entities; entity++)
            state.Add($"{entity}");

        EntityJudge.HasManyValues(state).ShouldBe(isOn);
    }

    [Fact]
    public void LateRow_IsJudgedWithItsWindow()
    {
        var (values, state, place) = Make(SuiteType.Clean, 11);
        for (var bucket = History; bucket < History + 12; bucket++)
            Judge(state, place, values, bucket).Findings.ShouldBeEmpty();

        values[History + 3] *= 20;
        var incident = Judge(state, place, values, History + 3).Findings.ShouldHaveSingleItem().Incident;
        var late = Start + (History + 3) * Step;
        (incident.Start <= late, incident.End > late).ShouldBe((true, true));
    }

    [Fact]
    public void Entity_ThatIsSilent_IsAnOutage_AndForgottenAfterTwoWeeks()
    {
        var (values, state, place) = Make(SuiteType.Clean, 11);
        Array.Fill(values, double.NaN, History, values.Length - History);
        Judge(state, place, values, History);

        Judge(state, place, values, History + 4).Findings.ShouldHaveSingleItem().Incident.Start.ShouldBe(Start + History * Step);
        state.Drop(Layout.BucketOf(Start) + History - 1).ShouldBe(0);
        state.Drop(Layout.BucketOf(Start) + History).ShouldBe(1);
        state.Count.ShouldBe(0);
        state.Add("other").ShouldBe(place);
    }

    /// <summary>Their rows are not asked for any more: they would look like an outage.</summary>
    [Fact]
    public void Entity_ThatIsNotAmongTheLargestAnyMore_IsForgotten()
    {
        var (_, state, place) = Make(SuiteType.Clean, 11);
        state.Add("other");

        state.Keep(new HashSet<string> { "other" });

        (state.Count, state.TryFind("other", out _)).ShouldBe((1, true));
        state.At(place).Shard.Keys[place].ShouldBeNull();
    }

    /// <summary>It is looked at once half of a half hour is there; the other half may lift it over its threshold.</summary>
    [Fact]
    public void Level_ThatIsNear_IsLookedAtInEachBucketOfHalfAnHour()
    {
        var (values, state, place) = Make(SuiteType.Clean, 11);
        for (var point = History - 72; point < History; point++)
            values[point] *= 1.3;
        state.Load(place, Table(values, 0, History));
        var (shard, slot) = state.At(place);
        var midnight = state.End;
        var newest = ((SeasonalScanDetector)Request(WindowOf(History)).Detector!).Newest;
        new EntitySeries(state, shard, slot, 0, midnight - 1, midnight).Learn(newest);

        LookAt(midnight - 3, until: 0).ShouldBe(midnight + 3);
        LookAt(midnight - 2, until: 0).ShouldBe(0u);
        LookAt(midnight, until: 0).ShouldBe(0u);
        LookAt(midnight, until: midnight).ShouldBe(midnight + 6);
        LookAt(midnight, until: midnight - 1).ShouldBe(midnight - 1);

        uint LookAt(uint end, uint until)
        {
            shard.Summary(slot, 0).CloselyUntil = until;
            new EntitySeries(state, shard, slot, 0, end - 1, end).IsOrdinary(newest, spread: 0);
            return shard.Summary(slot, 0).CloselyUntil;
        }
    }

    /// <summary>Weekends hid what lasts when it was learned; now they are like other days, and at its turn that is learned.</summary>
    [Fact]
    public void Known_WhereWeekendsDecide_IsLearnedAnewInItsHalfHour()
    {
        var (values, state, place) = Make(SuiteType.Clean, 11);
        double[] before = [.. values.Select(static (value, point) => point / 288 % 7 > 4 ? value / 4 : value)];
        var (shard, slot) = state.At(place);
        var end = state.End;
        var newest = ((SeasonalScanDetector)Request(WindowOf(History)).Detector!).Newest;
        var series = new EntitySeries(state, shard, slot, 0, end - 1, end);
        state.Load(place, Table(before, 0, History));
        series.Learn(newest);
        for (var point = History - 130; point < History; point++)
            values[point] *= 1.5;
        state.Load(place, Table(values, 0, History));
        ref var summary = ref shard.Summary(slot, 0);
        summary.CloselyUntil = end;

        var stale = BytesOf(summary.Known);
        var known = summary.Known;
        Enumerable.Range(0, 6).Count(spread => Learns(spread)).ShouldBe(1);

        bool Learns(int spread)
        {
            shard.Summary(slot, 0).Known = known;
            series.IsOrdinary(newest, (uint)spread);
            return !BytesOf(shard.Summary(slot, 0).Known).SequenceEqual(stale);
        }

        static byte[] BytesOf(NewestMemory memory) => MemoryMarshal.AsBytes(new ReadOnlySpan<NewestMemory>(in memory)).ToArray();
    }

    /// <summary>A level that is about to end passes its threshold more than once.</summary>
    [Fact]
    public void Level_AfterAFinding_IsLookedAtForADay()
    {
        var (values, state, place) = Make(SuiteType.Clean, 11);
        values[History] *= 20;

        Judge(state, place, values, History).Findings.ShouldHaveSingleItem();

        var (shard, slot) = state.At(place);
        var summary = shard.Summary(slot, 0);
        (summary.CloselyUntil - summary.HotUntil).ShouldBe(288u);
        summary.HotUntil.ShouldBeGreaterThan(state.End);
    }

    /// <summary>The state of a node that takes over knows nothing of what was found elsewhere.</summary>
    [Fact]
    public void TakeOver_WhatWasFoundElsewhere_IsJudgedWholeAsIfItHadBeenFoundHere()
    {
        var (_, state, place) = Make(SuiteType.Clean, 11);
        var ended = Start + (History - 2) * Step;
        EntityWindow Open(int bucket) => new(Analyzer, null!, null!, null!, state, WindowOf(bucket), new SeriesSetBuilder().Build());

        Open(History).TakeOver(
        [
            new() { EntityKey = "{\"host\":\"11\"}", Metric = "bytes", EndedAt = ended },
            new() { EntityKey = "{\"host\":\"gone\"}", Metric = "bytes", EndedAt = ended + Step },
            new() { EntityKey = "{\"host\":\"11\"}", Metric = "flows", EndedAt = ended + Step },
            new() { EntityKey = "{}", Metric = "bytes", EndedAt = ended + Step },
        ]);

        var (shard, slot) = state.At(place);
        shard.Summary(slot, 0).HotUntil.ShouldBe(Layout.BucketOf(ended) + 12);
        (Open(History).IsTakenOver, Open(History + 1).IsTakenOver).ShouldBe((false, true));
    }

    /// <summary>
    /// Something is found in the windows 0 to 2 and 30 to 32. Those of a gap are judged by another node: what is told of the later ones must
    /// not depend on it, neither with a state that lacks what was found meanwhile nor with one that still has what is over.
    /// </summary>
    [Theory]
    [InlineData(0, 2)]
    [InlineData(1, 31)]
    [InlineData(2, 30)]
    [InlineData(10, 32)]
    [InlineData(31, 32)]
    public void Since_AfterWindowsThatWereJudgedElsewhere_IsThatOfOneNode(int gap, int back)
    {
        var expected = SinceOf(gap: -1, back: -1);
        expected.ShouldContain(static since => since == null);
        expected[32].ShouldBe(Start + (History + 30) * Step);

        SinceOf(gap, back).Skip(back).ShouldBe(expected.Skip(back));
    }

    private static IReadOnlyList<long?> SinceOf(int gap, int back)
    {
        var (values, state, place) = Make(SuiteType.Clean, 11);
        foreach (var at in new[] { 0, 1, 2, 30, 31, 32 })
            values[History + at] *= 20;
        var told = new List<long?>();
        for (var at = 0; at < 33; at++)
        {
            var isElsewhere = at >= gap && at < back;
            var verdict = isElsewhere ? null : Judge(
                state, place, values, History + at, skips: false, from: at == back ? Layout.BucketOf(Start) + (uint)(History + gap) : null);
            if (isElsewhere)
                Put(state, place, values, History + at);
            told.Add(verdict?.Findings.Count > 0 ? verdict.Findings.Min(static finding => finding.Since) : null);
        }
        return told;
    }

    private static (double[] Values, MonitorEntities State, int Place) Make(SuiteType type, int seed)
    {
        var series = SuiteGenerator.Make(type, seed, 23);
        // What was disturbed begins an hour after the history; where nothing is, weekends stay weekends.
        var monday = (Start - series.Start.ToUnixTimeMilliseconds()) % Week / Step;
        var shift = series.Disturbances.Count > 0 ? series.Disturbances[0].Start - History - 12 : (int)((monday + Week / Step) % (Week / Step));
        var length = series.Values.Length;
        double[] values = [.. Enumerable.Range(0, History + Judged).Select(point => series.Values[(point + shift + length) % length])];
        var state = new MonitorEntities(Layout);
        state.Advance(Layout.BucketOf(Start) + History);
        var place = state.Add(EntityKeys.Of(new([new("host", $"{seed}")]), Layout.By));
        state.Load(place, Table(values, 0, History));
        return (values, state, place);
    }

    private static EntityVerdict Judge(
        MonitorEntities state, int place, double[] values, int bucket, bool skips = true, uint? from = null)
    {
        Put(state, place, values, bucket);
        var window = WindowOf(bucket);
        return new EntityJudge(Analyzer, Request(window), state, window, skips, from).Judge(place, default)!;
    }

    private static void Put(MonitorEntities state, int place, double[] values, int bucket)
    {
        var window = WindowOf(bucket);
        state.Advance(Layout.BucketOf(window.To));
        if (!double.IsNaN(values[bucket]))
            state.Put(place, Layout.BucketOf(window.From), [values[bucket]]);
    }

    private static int Whole(double[] values, int bucket)
    {
        var window = WindowOf(bucket);
        var table = Table(values, bucket + 1 - History, bucket + 1).Covering(new(Step, Start, window.To));
        var report = Analyzer.JudgeRows(Request(window) with { Table = table, AskedFrom = window.From }, default);
        return report.Reports[0].Result.Incidents.Count;
    }

    private static AnalysisRequest Request(Window window) => new()
    {
        Detector = new SeasonalScanDetector(new() { IgnoreGaps = false }),
        ModelOfSensor = false,
        Metrics = "bytes",
        CompleteUntil = DateTimeOffset.FromUnixTimeMilliseconds(window.To),
    };

    private static Window WindowOf(int bucket) => new(Start + bucket * Step, Start + (bucket + 1) * Step);

    private static MetricTable Table(double[] values, int from, int until)
    {
        var builder = new MetricTableBuilder();
        var column = builder.ColumnOf("bytes");
        for (var point = from; point < until; point++)
        {
            builder.AddRow(Start + point * Step, null);
            builder.Set(column, values[point]);
        }
        return builder.Build();
    }
}
