using AiOutliers.Detection;
using Microsoft.Extensions.Logging;

namespace AiOutliers.Monitoring.Storage;

/// <summary>Looks into the database from time to time: whether it answers, its numbers, and what is too old to be kept.</summary>
internal sealed class DatabaseWatch(Database database, Maintenance maintenance, TimeSpan keep, TimeProvider clock)
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(15);

    /// <summary>A minute, and an hour.</summary>
    private const int LooksBetweenWarnings = 4, LooksBetweenDeletions = 240;

    /// <summary>As it was when it was last looked at.</summary>
    public MonitoringCounts Counts { get; private set; } = MonitoringCounts.None;

    private bool? _answers;

    /// <summary>Whether it answers and takes what is written; null when nobody has looked, or it holds nothing yet.</summary>
    public bool? IsUp => database.WriteFailure is null ? _answers : false;

    /// <summary>Others tell once that the database fails; this says each minute that it still does, and that it is over.</summary>
    public async Task RunAsync(ILogger logger, CancellationToken cancellation)
    {
        var failed = 0;
        for (var look = 0; ; look++)
        {
            try
            {
                await LookAsync(look, logger, cancellation);
                if (failed > 0)
                    logger.LogInformation("The database ({Database}) can be used again", database.Address);
                failed = 0;
            }
            catch (AiOutliersException error)
            {
                _answers = false;
                if (failed++ % LooksBetweenWarnings == 0)
                    logger.LogWarning("The database cannot be used: {Reason}", error.Message);
            }
            await Task.Delay(Look, clock, cancellation);
        }
    }

    internal async Task LookAsync(int look, ILogger logger, CancellationToken cancellation)
    {
        Counts = await MonitoringCounts.ReadAsync(database, cancellation);
        _answers = database.MayExist ? true : null;
        await database.TryWriteAsync(cancellation);
        if (look % LooksBetweenDeletions == 0 && _answers == true
            && await maintenance.DeleteOldAsync(keep, cancellation) is > 0 and var count)
            logger.LogInformation("Deleted {Count} rows that were older than {Days} days", count, keep.TotalDays);
    }
}
