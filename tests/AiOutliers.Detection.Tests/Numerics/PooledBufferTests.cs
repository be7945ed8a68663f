using AiOutliers.Detection.Numerics;

namespace AiOutliers.Detection.Tests.Numerics;

public sealed class PooledBufferTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(131_072)]
    [InlineData(131_073)]
    [InlineData(3_000_000)]
    public void Span_OfAnyLength_HoldsWhatIsWritten(int length)
    {
        using var buffer = new PooledBuffer(length);

        buffer.Span.Fill(length);

        buffer.Span.Length.ShouldBe(length);
        buffer.Span.IndexOfAnyExcept(length).ShouldBe(-1);
    }

    [Fact]
    public void Span_OfALongSeries_TakesNothingFromTheCollector()
    {
        UseOnce();
        var before = GC.GetAllocatedBytesForCurrentThread();

        UseOnce();

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(1000);
    }

    [Fact]
    public void Dispose_OfALongOne_EndsItsUse()
    {
        var buffer = new PooledBuffer(1_000_000);

        buffer.Dispose();
        buffer.Dispose();

        Should.Throw<ObjectDisposedException>(() => buffer.Span.Length);
    }

    private static void UseOnce()
    {
        using var buffer = new PooledBuffer(1_000_000);
        buffer.Span.Clear();
        // The pool would have it again, and its arrays are held weakly.
        GC.Collect();
    }
}
