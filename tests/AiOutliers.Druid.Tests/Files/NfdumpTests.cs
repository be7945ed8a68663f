using AiOutliers.Detection;
using AiOutliers.Detection.Series;
using AiOutliers.Druid.Files;
using AiOutliers.Tests.Shared;

namespace AiOutliers.Druid.Tests.Files;

/// <summary>What nfdump writes, in the forms of its versions.</summary>
public sealed class NfdumpTests : IDisposable
{
    private const string Csv = """
        firstSeen,duration,proto,srcAddr,srcPort,dstAddr,dstPort,packets,bytes,flows
        2024-03-01 00:00:01.500,00:00:01.000,TCP,10.0.0.1,1,10.0.0.2,2,3,100,2
        2024-03-01 00:04:59.900,00:00:01.000,UDP,10.0.0.3,1,10.0.0.2,2,1,50,1
        2024-03-01 00:12:00.000,00:00:01.000,TCP,10.0.0.1,1,10.0.0.2,2,4,10,1
        """;

    private const string Json = """
        [
        {
        	"type" : "FLOW", "first" : "2024-03-01T00:00:01.500", "in_packets" : 3, "in_bytes" : 100, "aggr_flows" : 2, "src4_addr" : "10.0.0.1"
        }, {
        	"type" : "FLOW", "first" : "2024-03-01T00:04:59.900", "in_packets" : 1, "in_bytes" : 50, "aggr_flows" : 1, "src4_addr" : "10.0.0.3"
        }, {
        	"type" : "FLOW", "first" : "2024-03-01T00:12:00.000", "in_packets" : 4, "in_bytes" : 10, "aggr_flows" : 1, "src4_addr" : "10.0.0.1"
        }
        ]
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(Csv)]
    [InlineData(Json)]
    public async Task Read_Flows_AreSummed(string text)
    {
        var table = (await ReadAsync(text)).SingleTable();

        table.Column("bytes").ToArray().ShouldBe([150, 0, 10]);
        table.Column("packets").ToArray().ShouldBe([4, 0, 4]);
        table.Column("flows").ToArray().ShouldBe([3, 0, 1]);
    }

    [Theory]
    [InlineData(Csv, "srcAddr")]
    [InlineData(Json, "src4_addr")]
    public async Task Read_FlowsOfEachSender_HaveZerosWhereItSentNothing(string text, string by)
    {
        var series = await ReadAsync(text, by);

        Enumerable.Range(0, 2).Select(at => $"{series.Key(at)}: {string.Join(' ', series.Table(at).Column("bytes").ToArray())}").Order()
            .ShouldBe([$"{by}=10.0.0.1: 100 0 10", $"{by}=10.0.0.3: 50 0 0"]);
    }

    [Theory]
    [InlineData("Date first seen          Duration Proto      Src IP Addr:Port          Dst IP Addr:Port   Packets    Bytes Flows\n")]
    [InlineData("ts,te,td,pr,val,fl,flP,ipkt,ipktP,ibyt,ibytP,pps,bps,bpp\n2024-03-01 00:00:00,2024-03-01 00:05:00,1.0,any,10.0.0.1,1,2,3,4,5,6,7,8,9\n")]
    public async Task Read_ListOrStatistic_SaysWhatToWriteInstead(string text) =>
        (await Should.ThrowAsync<AiOutliersException>(() => ReadAsync(text))).Message
            .ShouldBe("'x' is a list or a statistic of nfdump, which has no flow in each row; write the flows with nfdump -o csv");

    private async Task<SeriesSet> ReadAsync(string text, string? by = null)
    {
        var path = Path.Combine(_folder.Path, "x");
        await File.WriteAllTextAsync(path, text);
        return (await InputFile.ReadAsync(path, "'x'", new() { By = by is null ? null : [by] }, CancellationToken.None)).Series!;
    }
}
