using System.Runtime.ExceptionServices;

namespace AiOutliers.Detection.Neural.Training;

/// <summary>
/// The same work for the parts 0, 1, … of a batch, on several threads, again and again without garbage. Which thread does which part is
/// left to chance; parts must not touch what another one writes.
/// </summary>
/// <param name="work">The work for one part.</param>
/// <param name="threads">At most so many run at once, the caller's included.</param>
internal sealed class ParallelPhase(Action<int> work, int threads) : IThreadPoolWorkItem
{
    // The number of parts in the upper half, the next part in the lower: a helper that comes late, in a later run, sees both of the same
    // run.
    private long _state;
    private int _done;
    private Exception? _error;

    /// <summary>Returns when all parts are done.</summary>
    public void Run(int parts)
    {
        if (threads == 1 || parts == 1)
        {
            for (var part = 0; part < parts; part++)
                work(part);
            return;
        }
        _error = null;
        _done = 0;
        Volatile.Write(ref _state, (long)parts << 32);
        for (var helper = 1; helper < Math.Min(threads, parts); helper++)
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        ((IThreadPoolWorkItem)this).Execute();
        // What is still running takes less time than a sleep.
        for (var spin = new SpinWait(); Volatile.Read(ref _done) < parts;)
            spin.SpinOnce(sleep1Threshold: -1);
        if (_error is not null)
            ExceptionDispatchInfo.Throw(_error);
    }

    void IThreadPoolWorkItem.Execute()
    {
        while (true)
        {
            var state = Interlocked.Increment(ref _state) - 1;
            var (parts, part) = ((int)(state >> 32), (int)state);
            if (part >= parts)
                return;
            try
            {
                work(part);
            }
            catch (Exception error)
            {
                // An exception on a thread of the pool would end the process; the caller throws it again.
                _error = error;
            }
            Interlocked.Increment(ref _done);
        }
    }
}
