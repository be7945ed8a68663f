using AiOutliers.Detection.Series;
using AiOutliers.Engine.SelfTest;

namespace AiOutliers.Engine.Tests.SelfTest;

public sealed class TrafficDisturbanceTests
{
    private static readonly Injection Spike = new(InjectionKind.Spike, 1, 2, 3);

    [Fact]
    public void Apply_Together_KeepsRatiosAndDoublesTheRest()
    {
        var disturbed = TrafficDisturbance.Apply(Table(), Spike, "bytes", together: true, rowsPerDay: 8, new());

        Factors(disturbed, "bytes").ShouldBe([1, 1, 2, 2, 2, 1, 1, 1]);
        Factors(disturbed, "bps").ShouldBe([1, 1, 2, 2, 2, 1, 1, 1]);
        Factors(disturbed, "pkts").ShouldBe([1, 1, 2, 2, 2, 1, 1, 1]);
        Factors(disturbed, "clients").ShouldBe([1, 1, 2, 2, 2, 1, 1, 1]);
        Factors(disturbed, "bytes_per_client").ShouldAllBe(static factor => factor == 1);
    }

    [Theory]
    [InlineData("bytes")]
    [InlineData("bps")]
    public void Apply_Alone_ChangesWhatIsComputedFromItToo(string metric)
    {
        var disturbed = TrafficDisturbance.Apply(Table(), Spike, metric, together: false, rowsPerDay: 8, new());

        Factors(disturbed, "bytes").ShouldBe([1, 1, 2, 2, 2, 1, 1, 1]);
        Factors(disturbed, "bps").ShouldBe([1, 1, 2, 2, 2, 1, 1, 1]);
        Factors(disturbed, "bytes_per_client").ShouldBe([1, 1, 2, 2, 2, 1, 1, 1]);
        Factors(disturbed, "pkts").ShouldAllBe(static factor => factor == 1);
        Factors(disturbed, "clients").ShouldAllBe(static factor => factor == 1);
    }

    [Fact]
    public void Apply_Outage_LeavesNothingAnywhere()
    {
        var outage = new Injection(InjectionKind.Outage, 2, 3, 2);

        var disturbed = TrafficDisturbance.Apply(Table(), outage, "bytes", together: true, rowsPerDay: 8, new());

        foreach (var metric in disturbed.Metrics)
            disturbed.Column(metric).ToArray().Count(static value => value == 0).ShouldBe(2, metric);
    }

    private static double[] Factors(MetricTable disturbed, string metric) =>
        [.. disturbed.Column(metric).ToArray().Zip(Table().Column(metric).ToArray(), static (after, before) => after / before)];

    private static MetricTable Table()
    {
        var builder = new MetricTableBuilder();
        for (var row = 0; row < 8; row++)
        {
            builder.AddRow(row * 300_000L, $"{row}");
            double bytes = 1024 * (row + 1), clients = row < 4 ? 4 : 8;
            foreach (var (metric, value) in new[] { ("bytes", bytes), ("bps", bytes / 64), ("pkts", 16.0 + row), ("clients", clients), ("bytes_per_client", bytes / clients) })
                builder.Set(builder.ColumnOf(metric), value);
        }
        return builder.Build();
    }
}
