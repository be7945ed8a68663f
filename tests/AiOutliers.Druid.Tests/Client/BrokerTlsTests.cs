using System.Text;
using AiOutliers.Detection;
using AiOutliers.Druid.Client;
using AiOutliers.Tests.Shared.Http;
using Microsoft.AspNetCore.Http;

namespace AiOutliers.Druid.Tests.Client;

/// <summary>A broker behind TLS: only the one that the authority vouches for, by its name.</summary>
public sealed class BrokerTlsTests
{
    private const string Host = "127.0.0.1";

    private static readonly byte[] Query =
        """{"queryType":"timeseries","dataSource":"flows","granularity":"hour","intervals":["2024-03-01/P1D"]}"""u8.ToArray();

    [Fact]
    public async Task Query_CertificateOfTheAuthority_IsAnsweredOnManyConnectionsAtOnce()
    {
        using var authority = new TestAuthority(Host);
        await using var broker = await FakeBroker.StartAsync(AnswerAsync, authority);
        using var client = Client(broker, authority);

        var tables = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => client.QueryAsync(Query)));

        tables.Select(static table => table.Column("bytes").ToArray().Single()).Distinct().ShouldBe([5.0]);
    }

    [Fact]
    public async Task Query_CertificateOfAnotherAuthority_NamesTheKeyAndSendsNothing()
    {
        using var authority = new TestAuthority(Host);
        using var other = new TestAuthority(Host);
        await using var broker = await FakeBroker.StartAsync(AnswerAsync, authority);
        using var client = Client(broker, other);

        var error = await Should.ThrowAsync<AiOutliersException>(() => client.QueryAsync(Query));

        error.Message.ShouldContain("[Druid] druid_ca_file");
        broker.Requests.ShouldBe(0);
    }

    [Fact]
    public async Task Query_CertificateForAnotherName_IsNotAsked()
    {
        using var authority = new TestAuthority("broker.example");
        await using var broker = await FakeBroker.StartAsync(AnswerAsync, authority);
        using var client = Client(broker, authority);

        (await Should.ThrowAsync<AiOutliersException>(() => client.QueryAsync(Query))).Message.ShouldContain("for another name");
    }

    private static BrokerClient Client(FakeBroker broker, TestAuthority trusted) =>
        new(broker.Endpoint, new() { Retries = 0, Trust = trusted.Trust() });

    private static async Task AnswerAsync(HttpContext context, int number)
    {
        context.Response.ContentType = "application/json";
        var rows = """[{"timestamp":"2024-03-01T00:00:00.000Z","result":{"bytes":5}}]""";
        await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(rows));
    }
}
