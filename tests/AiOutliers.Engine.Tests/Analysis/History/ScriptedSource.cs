using System.Globalization;
using System.Text;
using AiOutliers.Detection.Series;
using AiOutliers.Druid;
using AiOutliers.Druid.Query;

namespace AiOutliers.Engine.Tests.Analysis.History;

/// <summary>A data source with one row a minute from its begin on, which remembers what it was asked.</summary>
internal sealed class ScriptedSource : IDruidSource
{
    private readonly Lock _lock = new();

    /// <summary>The intervals of the timeseries queries so far.</summary>
    public List<string> Intervals { get; } = [];

    public List<DruidQuery> Queries { get; } = [];

    public int Boundaries { get; private set; }

    public DateTimeOffset Begin { get; init; } = Time("2024-01-01T00:00Z");

    /// <summary>What a row of this time holds; null where there is no row.</summary>
    public Func<DateTimeOffset, double?> Value { get; set; } = static time => time.Minute + 1;

    /// <summary>Happens before an answer; may throw or wait.</summary>
    public Func<DruidQuery, CancellationToken, Task> Before { get; set; } = static (_, _) => Task.CompletedTask;

    public static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);

    public async Task<MetricTable> QueryAsync(ReadOnlyMemory<byte> query, CancellationToken cancellation = default)
    {
        var parsed = DruidQuery.Parse(query.Span);
        lock (_lock)
        {
            Intervals.Add(string.Join(' ', parsed.Intervals!.Texts()));
            Queries.Add(parsed);
        }
        await Before(parsed, cancellation);
        var builder = new MetricTableBuilder();
        var column = builder.ColumnOf("bytes");
        foreach (var interval in parsed.Intervals!.Texts())
        {
            var (from, until) = (Time(interval.Split('/')[0]), Time(interval.Split('/')[1]));
            for (var time = from > Begin ? from : Begin; time < until; time = time.AddMinutes(1))
            {
                if (Value(time) is not { } value)
                    continue;
                builder.AddRow(time.ToUnixTimeMilliseconds(), null);
                builder.Set(column, value);
            }
        }
        return builder.Build();
    }

    public async Task<SeriesSet> SeriesAsync(ReadOnlyMemory<byte> query, CancellationToken cancellation = default) =>
        SeriesSet.Of(await QueryAsync(query, cancellation));

    public Task<byte[]> AnswerAsync(ReadOnlyMemory<byte> query, CancellationToken cancellation = default)
    {
        Boundaries++;
        return Task.FromResult(Encoding.UTF8.GetBytes($$$"""[{"timestamp":"x","result":{"minTime":"{{{Begin:yyyy-MM-ddTHH:mm:ss.fffZ}}}"}}]"""));
    }
}
