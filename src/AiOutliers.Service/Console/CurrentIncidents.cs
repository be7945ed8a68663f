using AiOutliers.Detection;
using AiOutliers.Monitoring;
using AiOutliers.Monitoring.Incidents;

namespace AiOutliers.Service.Console;

/// <summary>What is going on: the menu of every page says how much, and Overview shows it first.</summary>
internal sealed class CurrentIncidents(TimeProvider time, MonitoringRuntime? monitoring = null)
{
    private const int Most = 100;

    /// <summary>A database that does not answer must not hold up pages that do not need it.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);

    private readonly Remembered<IReadOnlyList<StoredIncident>> _open = new(TimeSpan.FromSeconds(3), 1, time);

    /// <summary>The newest that are not closed, at most a hundred; null where no monitors run, or their database does not answer.</summary>
    public async Task<IReadOnlyList<StoredIncident>?> ListAsync(CancellationToken cancellation)
    {
        if (monitoring is null)
            return null;
        try
        {
            return await _open.GetAsync(
                "",
                stop => monitoring.Incidents.PageAsync(new() { State = IncidentFilterQuery.NotClosed, Limit = Most }, stop),
                cancellation).WaitAsync(Patience, time, cancellation);
        }
        catch (Exception error) when (error is AiOutliersException or TimeoutException)
        {
            // The page of the incidents says what is wrong with the database.
            return null;
        }
    }

    /// <summary><c>3</c>, <c>99+</c>; null where there are none.</summary>
    public static string? Words(IReadOnlyList<StoredIncident>? open) => open?.Count switch
    {
        null or 0 => null,
        >= Most => "99+",
        var count => Console.Words.Count(count.Value),
    };
}
