using System.Net;
using System.Net.Sockets;
using System.Text;
using AiOutliers.Tests.Shared;

namespace AiOutliers.Service.Tests.Process;

/// <summary>Long queries of one address to the embedded engine leave room for another's.</summary>
[Trait("tier", "integration")]
public sealed class EngineShareTests
{
    private const string Short = """
        {"queryType":"timeseries","dataSource":"rb_flow","granularity":"hour","intervals":["2024-09-24/P1D"],
         "aggregations":[{"type":"longSum","name":"bytes","fieldName":"sum_bytes"}]}
        """;

    private static readonly CancellationToken Stop = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Query_LongOnesOfOneAddress_WaitWhileAnotherAddressIsAnswered()
    {
        await using var service = await ServiceProcess.StartAsync(ServiceFixture.Command, new Dictionary<string, string>
        {
            ["Druid__druid_endpoint"] = "duckdb:" + Path.Combine(Golden.Root, "samples"),
        });
        using var greedy = ClientFrom("127.0.0.2", service);
        using var other = ClientFrom("127.0.0.3", service);
        using var metrics = ClientFrom("127.0.0.4", service);
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        // More than there is room for, however many processors the machine has.
        var asked = Enumerable.Range(0, Environment.ProcessorCount + 1).Select(_ => AskAsync(greedy, HeavyQuery.Text(), enough.Token)).ToList();
        while (!await IsWaitingAsync(metrics))
            await Task.Delay(50, Stop);

        (await AskAsync(other, Short, Stop)).ShouldBe(HttpStatusCode.OK);

        (await IsWaitingAsync(metrics)).ShouldBeTrue("the long queries were still at it");
        await enough.CancelAsync();
        foreach (var request in asked)
            await Should.ThrowAsync<OperationCanceledException>(request);
    }

    private static async Task<bool> IsWaitingAsync(HttpClient client) =>
        System.Text.RegularExpressions.Regex.IsMatch(
            await client.GetStringAsync("/metrics", Stop), "aioutliers_admission_waiting\\{[^}]*budget=\"engine-clients\"[^}]*\\} [1-9]");

    private static HttpClient ClientFrom(string address, ServiceProcess service) => new(new SocketsHttpHandler
    {
        ConnectCallback = async (_, cancellation) =>
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(IPAddress.Parse(address), 0));
            await socket.ConnectAsync(service.Address.Host, service.Address.Port, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        },
    })
    { BaseAddress = service.Address, Timeout = TimeSpan.FromMinutes(2) };

    private static async Task<HttpStatusCode> AskAsync(HttpClient client, string query, CancellationToken cancellation)
    {
        using var form = new FormUrlEncodedContent([new("query", Convert.ToBase64String(Encoding.UTF8.GetBytes(query)))]);
        using var response = await client.PostAsync("/calculate", form, cancellation);
        return response.StatusCode;
    }
}
