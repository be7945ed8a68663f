using System.Runtime.InteropServices;

namespace AiOutliers.Detection.Numerics;

/// <summary>
/// Numbers that the collector does not keep: they come from the system and go back to it with <see cref="SafeHandle.Dispose()"/>. What is
/// in them at first is undefined.
/// </summary>
internal sealed unsafe partial class SystemMemory : SafeHandle
{
    /// <summary>M_MMAP_THRESHOLD of the C library.</summary>
    private const int LeastMapped = -3;

    private readonly int _length;

    /// <summary>
    /// The GNU C library would move its threshold up to the largest block that was freed, and keep up to twice as much from then on; a
    /// threshold that is set stays where it is. Other C libraries give large blocks back anyway.
    /// </summary>
    static SystemMemory()
    {
        try
        {
            _ = SetOption(LeastMapped, 1 << 20);
        }
        catch (Exception error) when (error is EntryPointNotFoundException or DllNotFoundException)
        {
        }
    }

    public SystemMemory(int length) : base(0, ownsHandle: true)
    {
        _length = length;
        SetHandle((nint)NativeMemory.Alloc((nuint)length, sizeof(double)));
    }

    public override bool IsInvalid => handle == 0;

    /// <exception cref="ObjectDisposedException">It has gone back.</exception>
    public Span<double> Numbers
    {
        get
        {
            ObjectDisposedException.ThrowIf(IsClosed, this);
            return new((void*)handle, _length);
        }
    }

    protected override bool ReleaseHandle()
    {
        NativeMemory.Free((void*)handle);
        return true;
    }

    [LibraryImport("libc", EntryPoint = "mallopt")]
    private static partial int SetOption(int option, int value);
}
