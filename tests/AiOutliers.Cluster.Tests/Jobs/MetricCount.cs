using System.Diagnostics.Metrics;

namespace AiOutliers.Cluster.Tests.Jobs;

/// <summary>Adds up what a counter of this process counts from now on, of all tests that run.</summary>
internal sealed class MetricCount : IDisposable
{
    private readonly MeterListener _listener = new();
    private long _total;

    public MetricCount(string name)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == "rb-aioutliers" && instrument.Name == name)
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((_, value, _, _) => Interlocked.Add(ref _total, value));
        _listener.Start();
    }

    public long Total => Interlocked.Read(ref _total);

    public void Dispose() => _listener.Dispose();
}
