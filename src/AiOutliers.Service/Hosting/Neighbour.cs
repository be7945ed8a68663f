using AiOutliers.Detection;

namespace AiOutliers.Service.Hosting;

/// <summary>A server that the configuration names.</summary>
/// <param name="Name">As people call it.</param>
/// <param name="Question">Asks it something small; returns what it said, or throws.</param>
internal sealed record Neighbour(string Name, Func<CancellationToken, Task<string>> Question)
{
    /// <summary>Who checks a configuration waits no longer.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    public async Task<(string Name, bool IsWell, string Words)> AskAsync(CancellationToken cancellation)
    {
        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation, patience.Token);
        try
        {
            return (Name, true, await Question(limit.Token).WaitAsync(limit.Token));
        }
        catch (AiOutliersException error)
        {
            return (Name, false, error.Message);
        }
        catch (HttpRequestException error)
        {
            return (Name, false, error.StatusCode is { } status ? $"answered {(int)status}" : "cannot be reached");
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return (Name, false, $"did not answer within {Patience.TotalSeconds:0} s");
        }
    }
}
