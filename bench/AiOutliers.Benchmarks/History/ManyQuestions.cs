using static AiOutliers.Benchmarks.History.Figures;

namespace AiOutliers.Benchmarks.History;

/// <summary>
/// Different questions with history, four clients. Each is about a series of its own (the rate is divided by another constant), so that
/// rows in memory come to their limit and old ones go.
/// </summary>
internal static class ManyQuestions
{
    private const int Clients = 4, Rounds = 4, WarmUp = 20, Seed = 4;

    /// <summary>[Outliers] history_cache_megabytes, its default, in the same MB as the process' memory is told.</summary>
    private const double CacheMegabytes = 128 * 1.048576;

    private const double Room = 150;

    public static async Task<IEnumerable<HistoryRow>> MeasureAsync(int questions)
    {
        await using var service = await AskedService.OnSamplesAsync();
        await AskAsync(service, WarmUp, 1);
        List<int> memory = [service.Memory];
        var failed = 0;
        for (var round = 0; round < Rounds; round++)
        {
            var first = questions * round / Rounds;
            failed += await AskAsync(service, questions * (round + 1) / Rounds - first, 1000 + first);
            memory.Add(service.Memory);
        }
        var after = string.Join(", ", memory.Skip(1));
        var bound = Math.Round(CacheMegabytes + Room);
        return
        [
            new(Text($"{questions:N0} different questions with history, four clients"), "0 failed", $"{failed} failed", failed == 0),
            new("memory (PSS) meanwhile", $"flat, <= {bound} MB (cache limit + {Room} MB)",
                $"MB: {memory[0]} after {WarmUp} others, then after each quarter {after}", memory.Max() <= bound),
        ];
    }

    /// <returns>Questions without an answer, without history, or with a warning.</returns>
    private static async Task<int> AskAsync(AskedService service, int questions, int firstSeries)
    {
        var failed = 0;
        var queries = SampleHours.Ordinary(Seed).Take(questions)
            .Select((hour, number) => SampleQuestion.Hour(hour.Sensor, hour.From, firstSeries + number));
        await Parallel.ForEachAsync(queries, new ParallelOptions { MaxDegreeOfParallelism = Clients }, async (query, _) =>
        {
            if (!await IsAnsweredAsync(service, query))
                Interlocked.Increment(ref failed);
        });
        return failed;
    }

    private static async Task<bool> IsAnsweredAsync(AskedService service, string query)
    {
        try
        {
            return await service.AskAsync(query) is { HistoryRows: > 0, Warning: null, Expected.Count: > 0 };
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
