using AiOutliers.Detection;

namespace AiOutliers.Monitoring.Storage;

/// <summary>A lease that is renewed until it is given back: whoever dies loses it within <see cref="Span"/>.</summary>
internal sealed class HeldLease : IAsyncDisposable
{
    public static readonly TimeSpan Span = TimeSpan.FromSeconds(20);

    private readonly Leases _leases;
    private readonly string _name;
    private readonly TimeProvider _clock;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _renewing;

    private HeldLease(Leases leases, string name, TimeProvider clock)
    {
        (_leases, _name, _clock) = (leases, name, clock);
        _renewing = RenewAsync();
    }

    /// <summary>Null where another has it.</summary>
    public static async Task<HeldLease?> TakeAsync(Leases leases, string name, TimeProvider clock, CancellationToken cancellation) =>
        await leases.TryTakeAsync(name, Span, cancellation) ? new(leases, name, clock) : null;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _renewing;
        _stop.Dispose();
        try
        {
            await _leases.ReleaseAsync(_name, CancellationToken.None);
        }
        catch (AiOutliersException)
        {
            // The database is away; the lease ends by itself.
        }
    }

    private async Task RenewAsync()
    {
        while (true)
        {
            try
            {
                await Task.Delay(Span / 4, _clock, _stop.Token);
                await _leases.TryTakeAsync(_name, Span, _stop.Token);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (AiOutliersException)
            {
                // The database is away. If another takes the lease meanwhile, its constraints keep the work from being done twice.
            }
        }
    }
}
