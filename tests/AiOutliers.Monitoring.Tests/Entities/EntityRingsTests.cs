using AiOutliers.Monitoring.Entities;

namespace AiOutliers.Monitoring.Tests.Entities;

public sealed class EntityRingsTests
{
    private static readonly EntityLayout Layout = new(300_000, 4, ["bytes", "flows"], []);

    /// <summary>A preview judges what the data source answered; runs judge what fits into 16 bits.</summary>
    [Theory]
    [InlineData(true, 123_456.789)]
    [InlineData(false, 123_456)]
    public void Read_OfAStateThatKeepsItsValues_IsWhatWasPut(bool isExact, double kept)
    {
        var state = new MonitorEntities(Layout);
        if (isExact)
            state.KeepExact();
        state.Advance(6);
        var place = state.Add("one");
        state.Put(place, 3, [123_456.789, double.NaN]);
        state.Put(place, 4, [0, 1]);
        state.Put(place, 5, [1e9, double.PositiveInfinity]);
        var (shard, slot) = state.At(place);
        Span<double> values = stackalloc double[4], flows = stackalloc double[4];

        shard.Read(slot, 0, 2, values);
        shard.Read(slot, 1, 2, flows);

        values[0].ShouldBe(double.NaN);
        (values[1] == 123_456.789).ShouldBe(isExact);
        values[1].ShouldBe(kept, 32);
        values[2].ShouldBe(0);
        values[3].ShouldBe(1e9, isExact ? 0 : 1e6);
        flows.ToArray().ShouldBe([double.NaN, double.NaN, 1, double.NaN]);
    }
}
