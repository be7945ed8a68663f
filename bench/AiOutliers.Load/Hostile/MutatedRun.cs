using System.Collections.Concurrent;
using AiOutliers.Tests.Shared;

namespace AiOutliers.Load.Hostile;

/// <summary>Eight clients that send mutated requests as fast as they are answered.</summary>
internal sealed class MutatedRun(ServiceProcess service)
{
    private const int Clients = 8, Quarters = 4;

    private readonly MutatedRequests _requests = new("k2_traffic_trained");
    private readonly ConcurrentQueue<string> _complaints = new();
    private readonly List<int> _memory = [];
    private int _next = -1;

    /// <summary>MB after each quarter.</summary>
    public IReadOnlyList<int> Memory => _memory;

    /// <summary>Lines of the log about failures that nobody foresaw.</summary>
    public int Unexpected => service.Log.Split("Unexpected failure").Length - 1;

    /// <returns>What was wrong with answers, with the request's number.</returns>
    public async Task<IReadOnlyCollection<string>> RunAsync(int requests)
    {
        for (var quarter = 1; quarter <= Quarters; quarter++)
        {
            var until = (int)((long)requests * quarter / Quarters);
            var clients = Enumerable.Range(0, Clients).Select(client => Task.Run(() => SendAsync($"127.0.0.{2 + client % 4}", until)));
            await Task.WhenAll(clients);
            _next = until - 1;
            if (service.HasExited)
                break;
            _memory.Add(AiOutliers.Load.Memory.PssOf(service.Id));
        }
        return _complaints;
    }

    private async Task SendAsync(string address, int until)
    {
        using var client = new RawClient(service.Address, address);
        while (!service.HasExited && Interlocked.Increment(ref _next) is var number && number < until)
        {
            var request = _requests.Make(number, out var isHttp);
            try
            {
                var complaint = isHttp
                    ? AnswerCheck.Complaint(await client.AskAsync(request))
                    : await ComplaintOfAllAsync(client, request);
                if (complaint is not null)
                    _complaints.Enqueue($"request {number}: {complaint}");
            }
            catch (OperationCanceledException)
            {
                _complaints.Enqueue($"request {number}: no answer within the time");
            }
        }
    }

    /// <summary>
    /// A client that says that it sends no more counts as one that has gone: the service may end the answer. Whoever waits for it gets all.
    /// </summary>
    private static async Task<string?> ComplaintOfAllAsync(RawClient client, byte[] request)
    {
        var complaint = AnswerCheck.ComplaintOfAll(await client.AskToTheEndAsync(request));
        return complaint is null ? null : AnswerCheck.ComplaintOfAll(await client.AskToTheEndAsync(request, TimeSpan.FromSeconds(3)));
    }
}
