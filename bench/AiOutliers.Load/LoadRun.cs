using System.Diagnostics;
using System.Net;

namespace AiOutliers.Load;

/// <param name="Failed">Answers with an unexpected status, and requests that got none.</param>
internal sealed record LoadResult(int Requests, int Failed, double P50, double P99, double PerSecond);

/// <summary>Some clients, each posting as fast as it is answered.</summary>
internal static class LoadRun
{
    /// <param name="bodyOf">The body of the request with this number, and the status that it should get.</param>
    public static async Task<LoadResult> RunAsync(HttpClient client, string path, int clients, int requests, Func<int, (byte[] Form, HttpStatusCode Expected)> bodyOf)
    {
        var milliseconds = new double[requests];
        var (next, failed) = (-1, 0);
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, clients).Select(_ => Task.Run(async () =>
        {
            while (true)
            {
                var request = Interlocked.Increment(ref next);
                if (request >= requests)
                    return;
                var (form, expected) = bodyOf(request);
                var sent = Stopwatch.GetTimestamp();
                if (!await PostAsync(client, path, form, expected))
                    Interlocked.Increment(ref failed);
                milliseconds[request] = Stopwatch.GetElapsedTime(sent).TotalMilliseconds;
            }
        })));
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        Array.Sort(milliseconds);
        return new(requests, failed, milliseconds[requests / 2], milliseconds[requests * 99 / 100], requests / seconds);
    }

    public static async Task<bool> PostAsync(HttpClient client, string path, byte[] form, HttpStatusCode expected)
    {
        try
        {
            using var content = Requests.Content(form);
            using var response = await client.PostAsync(path, content);
            var answer = await response.Content.ReadAsByteArrayAsync();
            return response.StatusCode == expected && answer.Length > 0;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
