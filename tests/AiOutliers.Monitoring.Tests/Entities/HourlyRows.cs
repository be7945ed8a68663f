using System.Text;
using AiOutliers.Detection.Series;
using AiOutliers.Druid;
using AiOutliers.Druid.Query;
using AiOutliers.Monitoring.Runs;

namespace AiOutliers.Monitoring.Tests.Entities;

/// <summary>Hosts with a row an hour, asked for by their time. An answer takes a second.</summary>
internal sealed class HourlyRows(long begin, int hours, IReadOnlyList<string> hosts) : IDruidSource
{
    private const long Hour = 3_600_000;

    public DruidQuery Query { get; } = new()
    {
        QueryType = "groupBy",
        Aggregations = [new() { Type = "longSum", Name = "bytes" }, new() { Type = "count", Name = MonitorQuery.RowCount }],
    };

    /// <summary>The intervals that were asked for.</summary>
    public List<string> Asked { get; } = [];

    public AnswerClock Clock { get; } = new();

    public Task<SeriesSet> SeriesAsync(ReadOnlyMemory<byte> query, CancellationToken cancellation = default)
    {
        var interval = DruidQuery.Parse(query.Span).Intervals!.Texts()[0];
        Asked.Add(interval);
        Clock.Answers++;
        var times = interval.Split('/').Select(static text => DateTimeOffset.Parse(text).ToUnixTimeMilliseconds()).ToArray();
        var rows = new SeriesSetBuilder();
        var (column, count, dimension) = (rows.ColumnOf("bytes"), rows.ColumnOf(MonitorQuery.RowCount), rows.DimensionOf("host"));
        for (var hour = 0; hour < hours; hour++)
        {
            for (var host = 0; host < hosts.Count && begin + hour * Hour >= times[0] && begin + hour * Hour < times[1]; host++)
            {
                rows.SetKey(dimension, Encoding.UTF8.GetBytes(hosts[host]));
                rows.Set(column, (host + 1) * (100 + hour % 24));
                rows.Set(count, 1);
                rows.AddRow(begin + hour * Hour, null);
            }
        }
        return Task.FromResult(rows.Build());
    }

    public Task<MetricTable> QueryAsync(ReadOnlyMemory<byte> query, CancellationToken cancellation = default) =>
        throw new NotSupportedException();

    public Task<byte[]> AnswerAsync(ReadOnlyMemory<byte> query, CancellationToken cancellation = default) =>
        throw new NotSupportedException();

    internal sealed class AnswerClock : TimeProvider
    {
        public int Answers { get; set; }

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => Answers;
    }
}
