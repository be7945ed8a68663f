using System.Net;
using System.Net.Sockets;
using System.Text;
using AiOutliers.Detection;
using AiOutliers.Druid.Client;
using AiOutliers.Tests.Shared.Http;

namespace AiOutliers.Druid.Tests.Client;

/// <summary>A broker that says that its answer lacks rows.</summary>
public sealed class PartialAnswerTests
{
    private const string Answer = """
        [{"timestamp":"2024-03-01T00:00:00.000Z","result":{"bytes":5}},
        {"timestamp":"2024-03-01T01:00:00.000Z","result":{"bytes":0}},
        {"timestamp":"2024-03-01T02:00:00.000Z","result":{"bytes":7}}]
        """;

    private static readonly byte[] Query = """
        {"queryType":"timeseries","dataSource":"flows","granularity":"hour","intervals":["2024-03-01/P1D"],
        "aggregations":[{"type":"longSum","name":"bytes","fieldName":"bytes"}]}
        """u8.ToArray();

    [Theory]
    [InlineData("""{"missingSegments":[{"itvl":"2024-03-01T01:30:00.000Z/2024-03-01T02:00:00.000Z","ver":"1","part":0}]}""")]
    [InlineData("""{"uncoveredIntervals":["2024-03-01T01:00:00.000Z/2024-03-01T01:10:00.000Z"],"uncoveredIntervalsOverflowed":false}""")]
    public async Task Query_IntervalsThatAreNotWhole_AreMissingWithAWarning(string context)
    {
        await using var broker = await StartAsync(context);
        using var client = new BrokerClient(broker.Endpoint);

        var table = await client.QueryAsync(Query);
        table.Column("bytes").ToArray().ShouldBe([5, double.NaN, 7]);
        table.IsPartial.ShouldBeTrue();
        table.Warnings.ShouldHaveSingleItem().ShouldStartWith("Druid has only a part of 2024-03-01T01:");

        var series = await client.SeriesAsync(Query);
        series.Table(0).Column("bytes").ToArray().ShouldBe([5, double.NaN, 7]);
        series.Warnings.ShouldBe(table.Warnings);
    }

    [Fact]
    public async Task Query_AnswerThatDidNotComeToItsEnd_SaysSo()
    {
        await using var broker = new BrokenBroker(Answer.ReplaceLineEndings(""));
        using var client = new BrokerClient(broker.Endpoint);

        (await client.QueryAsync(Query)).Warnings.ShouldHaveSingleItem().ShouldContain("did not come to its end (Query timeout)");
        (await client.SeriesAsync(Query)).Warnings.ShouldHaveSingleItem().ShouldContain("did not come to its end (Query timeout)");
    }

    [Fact]
    public async Task Query_AnswerThatIsCut_HasTheBrokersReason()
    {
        await using var broker = new BrokenBroker(Answer[..60]);
        using var client = new BrokerClient(broker.Endpoint);

        var error = await Should.ThrowAsync<AiOutliersException>(() => client.QueryAsync(Query));
        error.Message.ShouldBe("the broker gave up in the middle of its answer: Query timeout");
    }

    private static Task<FakeBroker> StartAsync(string context) => FakeBroker.StartAsync(async (http, _) =>
    {
        http.Response.ContentType = "application/json";
        http.Response.Headers["X-Druid-Response-Context"] = context;
        await http.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(Answer));
    });

    /// <summary>A broker that says behind each of its answers that it is not complete, which the server of the tests cannot.</summary>
    private sealed class BrokenBroker : IAsyncDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly byte[] _response;

        public BrokenBroker(string body)
        {
            _response = Encoding.ASCII.GetBytes("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
                + $"{body.Length:x}\r\n{body}\r\n0\r\nX-Error-Message: Query timeout\r\nX-Druid-Response-Complete: false\r\n\r\n");
            _listener.Start();
            _ = ServeAsync();
        }

        public Uri Endpoint => new($"http://{_listener.LocalEndpoint}/druid/v2/");

        public ValueTask DisposeAsync()
        {
            _listener.Dispose();
            return ValueTask.CompletedTask;
        }

        private async Task ServeAsync()
        {
            try
            {
                while (true)
                {
                    using var client = await _listener.AcceptTcpClientAsync();
                    var stream = client.GetStream();
                    var request = new byte[64 * 1024];
                    for (var length = 0; !Encoding.ASCII.GetString(request, 0, length).Contains("fieldName", StringComparison.Ordinal);)
                        length += await stream.ReadAsync(request.AsMemory(length));
                    await stream.WriteAsync(_response);
                }
            }
            catch (Exception error) when (error is SocketException or ObjectDisposedException or IOException)
            {
                // The test is over.
            }
        }
    }
}
