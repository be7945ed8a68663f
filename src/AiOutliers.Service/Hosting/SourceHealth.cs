using AiOutliers.Detection;
using AiOutliers.Druid;
using AiOutliers.Druid.Query;

namespace AiOutliers.Service.Hosting;

/// <summary>
/// Whether the data source answers, as requests see it; while it does not, it is asked by itself, so that its return is noticed.
/// </summary>
/// <param name="grace">Not ready after failing for so long; zero: ready all the same.</param>
/// <param name="dataSource">What it is asked for.</param>
/// <param name="time">The clock.</param>
internal sealed class SourceHealth(TimeSpan grace, string dataSource, TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private DateTimeOffset? _failingSince;
    private bool? _isUp;

    /// <summary>Null as long as nobody has asked.</summary>
    public bool? IsUp
    {
        get
        {
            lock (_lock)
                return _isUp;
        }
    }

    /// <summary>When it began to fail; null when it does not.</summary>
    public DateTimeOffset? FailingSince
    {
        get
        {
            lock (_lock)
                return _failingSince;
        }
    }

    public bool IsReady => grace == TimeSpan.Zero || FailingSince is not { } since || time.GetUtcNow() - since < grace;

    public void Succeeded()
    {
        lock (_lock)
            (_isUp, _failingSince) = (true, null);
    }

    public void Failed(ErrorKind kind)
    {
        if (kind != ErrorKind.SourceFailed)
            return;
        lock (_lock)
            (_isUp, _failingSince) = (false, _failingSince ?? time.GetUtcNow());
    }

    public async Task RunAsync(IDruidSource source, CancellationToken cancellation)
    {
        while (true)
        {
            if (IsUp == false || IsUp is null && grace > TimeSpan.Zero)
                await AskAsync(source, cancellation);
            await Task.Delay(Pause, time, cancellation);
        }
    }

    private async Task AskAsync(IDruidSource source, CancellationToken cancellation)
    {
        try
        {
            await source.AnswerAsync(Probe(), cancellation);
            Succeeded();
        }
        catch (AiOutliersException error) when (error.Kind == ErrorKind.BadInput)
        {
            // It does not know the question, but it answers.
            Succeeded();
        }
        catch (AiOutliersException error)
        {
            Failed(error.Kind);
        }
    }

    /// <summary>Short, and known to every source; a data source that does not exist is answered, too.</summary>
    private byte[] Probe() => (DruidQuery.Parse("""{"queryType":"timeBoundary","context":{"timeout":4000}}"""u8) with
    {
        DataSource = DataSourceSpec.Table(dataSource),
    }).ToUtf8Json();
}
