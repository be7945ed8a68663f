using System.Net;

namespace AiOutliers.Load;

/// <summary>Some clients, each posting as fast as it is answered.</summary>
internal static class LoadRun
{
    /// <param name="bodyOf">The body of the request with this number, and the status that it should get.</param>
    /// <returns>Answers with another status, and requests that got none.</returns>
    public static async Task<int> CountFailedAsync(
        HttpClient client, string path, int clients, int requests, Func<int, (byte[] Form, HttpStatusCode Expected)> bodyOf)
    {
        var (next, failed) = (-1, 0);
        await Task.WhenAll(Enumerable.Range(0, clients).Select(_ => Task.Run(async () =>
        {
            while (Interlocked.Increment(ref next) is var request && request < requests)
            {
                var (form, expected) = bodyOf(request);
                if (!await PostAsync(client, path, form, expected))
                    Interlocked.Increment(ref failed);
            }
        })));
        return failed;
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
