using System.Text.Json;
using AiOutliers.Detection;
using AiOutliers.Druid;
using AiOutliers.Druid.Query;
using AiOutliers.Engine.Analysis.Many;

namespace AiOutliers.Engine.Explanation;

/// <summary>Asks the data source, and counts how often.</summary>
internal sealed class CountedSource(IDruidSource source, CancellationToken cancellation)
{
    /// <summary>So many queries run at once.</summary>
    private const int AtOnce = 4;

    private int _queries;

    public int Queries => _queries;

    /// <exception cref="AiOutliersException">The query failed, or its answer has another shape.</exception>
    public async Task<T> AskAsync<T>(DruidQuery query, Func<JsonElement, T> read) => Read(query, await AnswerAsync(query), read);

    /// <summary>The same for a question that the source may refuse: then there is no answer, but its words.</summary>
    /// <exception cref="AiOutliersException">The answer has another shape.</exception>
    public async Task<(T? Answer, string? Refusal)> TryAskAsync<T>(DruidQuery query, Func<JsonElement, T?> read) where T : class
    {
        byte[] answer;
        try
        {
            answer = await AnswerAsync(query);
        }
        catch (AiOutliersException error)
        {
            return (null, error.Message);
        }
        return (Read(query, answer, read), null);
    }

    /// <exception cref="AiOutliersException">One of these dimensions, of which no row has a value, does not exist.</exception>
    public Task CheckAsync(DruidQuery query, IReadOnlyCollection<string> empty) =>
        MissingDimensions.CheckAsync(source, query, empty, cancellation);

    /// <summary>Several, some at once, in their order.</summary>
    public async Task<T[]> AskAllAsync<TKey, T>(IReadOnlyList<TKey> keys, Func<TKey, Task<T>> ask)
    {
        var answers = new T[keys.Count];
        await Parallel.ForAsync(
            0, keys.Count, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation },
            async (at, _) => answers[at] = await ask(keys[at]));
        return answers;
    }

    private Task<byte[]> AnswerAsync(DruidQuery query)
    {
        Interlocked.Increment(ref _queries);
        return source.AnswerAsync(query.ToUtf8Json(), cancellation);
    }

    private static T Read<T>(DruidQuery query, byte[] answer, Func<JsonElement, T> read)
    {
        try
        {
            using var json = JsonDocument.Parse(answer);
            return read(json.RootElement);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            throw new AiOutliersException(
                ErrorKind.SourceFailed, $"the data source's answer to a {query.QueryType} query has another shape than Druid's", error);
        }
    }
}
