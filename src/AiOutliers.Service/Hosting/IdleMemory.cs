using System.Globalization;

namespace AiOutliers.Service.Hosting;

/// <summary>
/// Gives memory back to the system after large requests, and while many of them come. The collector runs when something is allocated, and
/// keeps what it frees: after an answer of 200 MB and then silence the process would keep it all.
/// </summary>
/// <param name="glance">The pause between two looks.</param>
/// <param name="time">Measures the pauses.</param>
internal sealed class IdleMemory(TimeSpan glance, TimeProvider time)
{
    /// <summary>Below this the process is as large as its everyday work makes it.</summary>
    private const long Everyday = 48L << 20;

    /// <summary>By so much it grows, or by an eighth, before work is interrupted.</summary>
    private const long Growth = 12L << 20;

    /// <summary>Looking through it delays nobody while so little is allocated between two looks.</summary>
    private const long Resting = 1L << 20;

    /// <summary>Of so much that was allocated most is not in use any more.</summary>
    private const long Little = 8L << 20;

    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(10), Longest = TimeSpan.FromMinutes(5);

    private readonly FilePages _files = new();

    private long _needed = Everyday, _inUse, _allocated, _allocatedThen;
    private TimeSpan _pause = Shortest, _waited;

    /// <summary>
    /// So much of managed memory in use is looked through in some 50 ms, and so whenever the process has grown. What the database and the
    /// libraries take does not count.
    /// </summary>
    public long Quick { get; init; } = 192L << 20;

    public async Task RunAsync(CancellationToken cancellation)
    {
        for (var glances = 1L; ; glances++)
        {
            await Task.Delay(glance, time, cancellation);
            var size = Size();
            var rests = Rests();
            var isDone = rests && _allocated - _allocatedThen > Little;
            _waited += glance;
            var isLarge = size >= Everyday;
            var gives = isLarge && (_waited >= _pause || _inUse < Quick && (isDone || size > _needed + Math.Max(Growth, _needed / 8)));
            if (!isLarge)
                (_needed, _inUse, _pause, _waited) = (Everyday, 0, Shortest, TimeSpan.Zero);
            if (gives)
                Give(size, rests);
            // What only the start needed, too; a second time for what has to be there before.
            if (gives || glances <= 2)
                GiveFiles();
        }
    }

    /// <returns>
    /// Memory that no file holds, in bytes: what is resident but the shared part of it (proc_pid_statm(5), pages). Pages of files come back
    /// when they are read; work that does so has not grown.
    /// </returns>
    private static long Size()
    {
        if (!OperatingSystem.IsLinux())
            return Environment.WorkingSet;
        var pages = File.ReadAllText("/proc/self/statm").Split(' ');
        return (Pages(pages[1]) - Pages(pages[2])) * Environment.SystemPageSize;
    }

    private static long Pages(string text) => long.Parse(text, CultureInfo.InvariantCulture);

    /// <summary>Whether next to nothing was done since the last look.</summary>
    private bool Rests()
    {
        var before = _allocated;
        _allocated = GC.GetTotalAllocatedBytes();
        return _allocated - before < Resting;
    }

    private void GiveFiles()
    {
        _files.GiveBack();
        // Looking at the files is not work.
        _allocated = GC.GetTotalAllocatedBytes();
    }

    private void Give(long before, bool rests)
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        _inUse = GC.GetTotalMemory(forceFullCollection: false);
        var needed = Size();
        (_needed, _waited) = (Math.Max(Everyday, needed), TimeSpan.Zero);
        // What was in use meanwhile is given back once the work is done, however little comes until then.
        if (rests)
            _allocatedThen = _allocated;
        // What is in use is not looked through again and again.
        _pause = before - needed > before / 10 ? Shortest : _pause * 2 < Longest ? _pause * 2 : Longest;
    }
}
