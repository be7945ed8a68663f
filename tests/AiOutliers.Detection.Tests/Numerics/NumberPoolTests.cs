using System.Runtime.CompilerServices;
using AiOutliers.Detection.Numerics;

namespace AiOutliers.Detection.Tests.Numerics;

[Collection("collected memory")]
public sealed class NumberPoolTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(8192)]
    [InlineData(8193)]
    [InlineData(16384)]
    [InlineData(16385)]
    [InlineData(3_000_000)]
    public void Rent_AnyLength_HasRoomForIt(int length)
    {
        var array = NumberPool.Rent(length);

        array.Length.ShouldBeGreaterThanOrEqualTo(length);
        NumberPool.Return(array);
    }

    [Fact]
    public void Rent_TwoAtOnce_AreDifferent()
    {
        var (one, other) = (NumberPool.Rent(50_000), NumberPool.Rent(50_000));

        ReferenceEquals(one, other).ShouldBeFalse();
        NumberPool.Return(one);
        NumberPool.Return(other);
    }

    [Fact]
    public void Return_ALargeOne_IsCollectedWhenNobodyNeedsIt()
    {
        var returned = RentAndReturn(5_000_000);

        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);

        returned.IsAlive.ShouldBeFalse();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference RentAndReturn(int length)
    {
        var array = NumberPool.Rent(length);
        NumberPool.Return(array);
        return new(array);
    }
}
