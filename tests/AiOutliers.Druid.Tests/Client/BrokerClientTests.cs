using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using AiOutliers.Detection;
using AiOutliers.Druid.Client;
using AiOutliers.Tests.Shared.Http;

namespace AiOutliers.Druid.Tests.Client;

public sealed class BrokerClientTests
{
    private const string Answer = """[{"timestamp":"2024-03-01T00:00:00.000Z","result":{"bytes":5}}]""";

    private static readonly BrokerOptions Quick = new() { Pause = TimeSpan.FromMilliseconds(5), Margin = TimeSpan.FromMilliseconds(200) };
    private static readonly byte[] Query = """{"queryType":"timeseries","dataSource":"flows","granularity":"hour","intervals":["2024-03-01/P1D"]}"""u8.ToArray();

    public static TheoryData<string> Errors() => [.. RecordedAnswer.All().Where(answer => answer.Status >= 400).Select(answer => answer.Name)];

    [Theory]
    [MemberData(nameof(Errors))]
    public async Task Query_RecordedError_NamesTheCauseInTheBrokersWords(string name)
    {
        var recorded = RecordedAnswer.Named(name);
        await using var broker = await FakeBroker.StartAsync(recorded.Status, recorded.ContentType, recorded.Body);
        using var client = new BrokerClient(broker.Endpoint, Quick);

        var error = await Should.ThrowAsync<AiOutliersException>(() => client.QueryAsync(Query));

        error.Message.ShouldStartWith($"the broker answered {recorded.Status}: ");
        error.Message.ShouldNotContain("<html", Case.Insensitive);
        foreach (var word in Words(recorded))
            error.Message.ShouldContain(word);
        broker.Requests.ShouldBe(1);
    }

    [Theory]
    [InlineData(502)]
    [InlineData(503)]
    public async Task Query_BadGatewayTwice_IsSentAgain(int status)
    {
        await using var broker = await FakeBroker.StartAsync(async (context, number) =>
        {
            context.Response.StatusCode = number <= 2 ? status : 200;
            context.Response.ContentType = "application/json";
            if (number > 2)
                await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(Answer));
        });
        using var client = new BrokerClient(broker.Endpoint, Quick);

        (await client.QueryAsync(Query)).Column("bytes").ToArray().ShouldBe([5]);
        broker.Requests.ShouldBe(3);
    }

    [Theory]
    [InlineData("error-bad-granularity", ErrorKind.BadInput)]
    [InlineData("error-negative-timeout", ErrorKind.BadInput)]
    [InlineData("error-javascript-disabled", ErrorKind.SourceFailed)]
    [InlineData("timeout-timeseries", ErrorKind.SourceFailed)]
    [InlineData("unknown-path", ErrorKind.SourceFailed)]
    [InlineData("sql-error-not-json", ErrorKind.SourceFailed)]
    public async Task Query_RecordedError_SaysWhoHasToAct(string name, ErrorKind kind)
    {
        var recorded = RecordedAnswer.Named(name);
        await using var broker = await FakeBroker.StartAsync(recorded.Status, recorded.ContentType, recorded.Body);
        using var client = new BrokerClient(broker.Endpoint, Quick);

        (await Should.ThrowAsync<AiOutliersException>(() => client.QueryAsync(Query))).Kind.ShouldBe(kind);
    }

    [Theory]
    [InlineData(500, null, "without saying why")]
    [InlineData(500, "text/html", "with text/html instead of Druid's JSON")]
    [InlineData(302, null, "sends elsewhere")]
    [InlineData(401, "text/html", "wants credentials")]
    [InlineData(429, null, "too many queries")]
    public async Task Query_NoErrorObject_SaysStatusAndMeaning(int status, string? type, string meaning)
    {
        await using var broker = await FakeBroker.StartAsync(status, type, type is null ? [] : "<html><b>inside page</b></html>"u8.ToArray());
        using var client = new BrokerClient(broker.Endpoint, Quick);

        var error = await Should.ThrowAsync<AiOutliersException>(() => client.QueryAsync(Query));

        error.Message.ShouldStartWith($"the broker answered {status}: ");
        error.Message.ShouldContain(meaning);
        error.Message.ShouldNotContain("inside page");
        broker.Requests.ShouldBe(1);
    }

    [Fact]
    public async Task Query_RetriesOff_IsSentOnce()
    {
        await using var broker = await FakeBroker.StartAsync(503, null, []);
        using var client = new BrokerClient(broker.Endpoint, new BrokerOptions { Retries = 0 });

        await Should.ThrowAsync<AiOutliersException>(() => client.QueryAsync(Query));

        broker.Requests.ShouldBe(1);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Query_BrokenGzip_IsAnErrorInWords(bool cutShort)
    {
        using var zipped = new MemoryStream();
        await using (var zip = new GZipStream(zipped, CompressionLevel.Fastest, leaveOpen: true))
            await zip.WriteAsync(Encoding.UTF8.GetBytes(Answer));
        byte[] bytes = cutShort ? zipped.ToArray()[..20] : [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 0xff, 0xff];
        await using var broker = await FakeBroker.StartAsync(async (context, _) =>
        {
            context.Response.ContentType = "application/json";
            context.Response.Headers.ContentEncoding = "gzip";
            await context.Response.Body.WriteAsync(bytes);
        });
        using var client = new BrokerClient(broker.Endpoint, Quick);

        var error = await Should.ThrowAsync<AiOutliersException>(() => client.QueryAsync(Query));

        error.Kind.ShouldBe(ErrorKind.SourceFailed);
        error.Message.ShouldMatch("compression is broken|cannot be used");
    }

    [Fact]
    public async Task Query_ServiceUnavailableForGood_GivesUpAndSaysSo()
    {
        await using var broker = await FakeBroker.StartAsync(503, "text/html", "<html>down</html>"u8.ToArray());
        using var client = new BrokerClient(broker.Endpoint, Quick);

        (await Should.ThrowAsync<AiOutliersException>(() => client.QueryAsync(Query))).Message.ShouldContain("503: no broker stands behind this address");
        broker.Requests.ShouldBe(4);
    }

    [Fact]
    public async Task Query_NobodyListens_NamesTheSetting()
    {
        var port = FreePort();
        using var client = new BrokerClient(new Uri($"http://user:secret@127.0.0.1:{port}/druid/v2/"), Quick);

        var error = await Should.ThrowAsync<AiOutliersException>(() => client.QueryAsync(Query));

        error.Kind.ShouldBe(ErrorKind.SourceFailed);
        error.Message.ShouldContain($"127.0.0.1:{port} cannot be reached");
        error.Message.ShouldContain("druid_endpoint");
        error.Message.ShouldNotContain("secret");
    }

    [Fact]
    public async Task Query_BrokerTooSlow_EndsAfterTheQuerysOwnTimeout()
    {
        await using var broker = await FakeBroker.StartAsync((context, _) => Task.Delay(TimeSpan.FromSeconds(30), context.RequestAborted));
        using var client = new BrokerClient(broker.Endpoint, Quick);

        var error = await Should.ThrowAsync<AiOutliersException>(() => client.QueryAsync("""{"queryType":"timeseries","context":{"timeout":100}}"""u8.ToArray()));

        error.Message.ShouldContain("did not answer within 0.3 s");
    }

    [Fact]
    public async Task Query_CallerGoesAway_IsCancelled()
    {
        await using var broker = await FakeBroker.StartAsync((context, _) => Task.Delay(TimeSpan.FromSeconds(30), context.RequestAborted));
        using var client = new BrokerClient(broker.Endpoint);
        using var caller = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));

        await Should.ThrowAsync<OperationCanceledException>(() => client.QueryAsync(Query, caller.Token));
    }

    [Fact]
    public async Task Query_ConnectionClosedHalfWay_SaysSo()
    {
        await using var broker = await FakeBroker.StartAsync(async (context, _) =>
        {
            context.Response.ContentType = "application/json";
            await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(Answer[..20]));
            await context.Response.Body.FlushAsync();
            context.Abort();
        });
        using var client = new BrokerClient(broker.Endpoint, Quick);

        (await Should.ThrowAsync<AiOutliersException>(() => client.QueryAsync(Query))).Message.ShouldContain("before its answer was complete");
    }

    [Theory]
    [InlineData("text/html", "<html><body>Welcome</body></html>", "text/html instead of Druid's JSON")]
    [InlineData("application/json", "[{\"timestamp\":", "cannot be used: the data is not valid JSON")]
    [InlineData("application/json", "{\"a\":1}", "the broker answered 200: with a JSON object, where a list of rows belongs")]
    public async Task Query_SomethingElseThanAResult_SaysWhat(string type, string body, string expected)
    {
        await using var broker = await FakeBroker.StartAsync(200, type, Encoding.UTF8.GetBytes(body));
        using var client = new BrokerClient(broker.Endpoint, Quick);

        (await Should.ThrowAsync<AiOutliersException>(() => client.QueryAsync(Query))).Message.ShouldContain(expected);
    }

    [Fact]
    public async Task Query_GzipAnswer_IsRead()
    {
        await using var broker = await FakeBroker.StartAsync(async (context, _) =>
        {
            context.Request.Headers.AcceptEncoding.ToString().ShouldContain("gzip");
            context.Response.ContentType = "application/json";
            context.Response.Headers.ContentEncoding = "gzip";
            await using var zip = new GZipStream(context.Response.Body, CompressionLevel.Fastest);
            await zip.WriteAsync(Encoding.UTF8.GetBytes(Answer));
        });
        using var client = new BrokerClient(broker.Endpoint, Quick);

        (await client.QueryAsync(Query)).Timestamps.ShouldBe(["2024-03-01T00:00:00.000Z"]);
    }

    [Theory]
    [InlineData("""{"granularity":"hour","mine":1}""", """{"granularity":"hour","context":{"uncoveredIntervalsLimit":40},"mine":1}""")]
    [InlineData("""{"context":{"timeout":5,"uncoveredIntervalsLimit":0}}""", """{"context":{"timeout":5,"uncoveredIntervalsLimit":0}}""")]
    [InlineData("""{"context":{"timeout":5000}}""", """{"context":{"timeout":5000,"uncoveredIntervalsLimit":40}}""")]
    [InlineData("""{"granularity":"pt5m","mine":1}""", """{"granularity":{"type":"period","period":"PT5M"},"context":{"uncoveredIntervalsLimit":40},"mine":1}""")]
    public async Task Query_Any_IsSentAsDruidTakesItAndAsksForGaps(string query, string expected)
    {
        var sent = "";
        await using var broker = await FakeBroker.StartAsync(async (context, _) =>
        {
            using var reader = new StreamReader(context.Request.Body);
            sent = await reader.ReadToEndAsync();
            context.Response.ContentType = "application/json";
            await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(Answer));
        });
        using var client = new BrokerClient(broker.Endpoint, Quick);

        await client.QueryAsync(Encoding.UTF8.GetBytes(query));

        sent.ShouldBe(expected);
    }

    [Fact]
    public async Task Query_AnswerOverTheLimit_IsRefused()
    {
        await using var broker = await FakeBroker.StartAsync(200, "application/json", new byte[3 << 20]);
        using var client = new BrokerClient(broker.Endpoint, new BrokerOptions { LargestAnswer = 1 << 20 });

        (await Should.ThrowAsync<AiOutliersException>(() => client.QueryAsync(Query))).Message.ShouldContain("larger than 1 MB");
    }

    [Fact]
    public async Task Query_UserInTheUrl_IsSentAsBasicAuthentication()
    {
        string? header = null;
        await using var broker = await FakeBroker.StartAsync(async (context, _) =>
        {
            header = context.Request.Headers.Authorization;
            context.Response.ContentType = "application/json";
            await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(Answer));
        });
        using var client = new BrokerClient(new UriBuilder(broker.Endpoint) { UserName = "me", Password = "s%40cret" }.Uri, Quick);

        await client.QueryAsync(Query);

        header.ShouldBe("Basic " + Convert.ToBase64String("me:s@cret"u8));
    }

    /// <summary>What the broker said: error and errorMessage, up to the first line's end.</summary>
    private static IEnumerable<string> Words(RecordedAnswer recorded)
    {
        if (recorded.Body is not [(byte)'{', ..])
            yield break;
        using var json = JsonDocument.Parse(recorded.Body);
        foreach (var name in new[] { "error", "errorMessage" })
        {
            if (json.RootElement.TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String)
                yield return text.GetString()!.Split('\n')[0];
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
