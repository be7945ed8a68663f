using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace AiOutliers.Service.Tests.Process;

/// <summary>Every kind of bad input gets an answer that names what is wrong, and the service goes on.</summary>
[Trait("tier", "integration")]
public sealed class BadInputTests(ServiceFixture fixture)
{
    public static TheoryData<string, string, string> BadData => new()
    {
        { "text", "not JSON at all", "No data provided or requested: " },
        { "half JSON", """[{"timestamp":"2023-10-12T00:00:00.000Z","result":{"by""", "No data provided or requested: " },
        { "an object", """{"rows":[]}""", "No data provided or requested: " },
        { "a number", "42", "No data provided or requested: " },
        { "rows that are not objects", "[1,2,3]", "No data provided or requested: " },
        { "a row without result", """[{"timestamp":"2023-10-12T00:00:00.000Z"}]""", "No data provided or requested: " },
        { "a row without timestamp", """[{"result":{"bytes":1}}]""", "No data provided or requested: " },
        { "a timestamp that is none", """[{"timestamp":"yesterday","result":{"bytes":1}}]""", "the timestamp of row 1" },
        { "an empty array", "[]", "no rows" },
        { "strings where numbers belong", """[{"timestamp":"2023-10-12T00:00:00.000Z","result":{"bytes":"many"}}]""", "bytes" },
        { "deep nesting", new string('[', 5000), "No data provided or requested: " },
    };

    [Theory]
    [MemberData(nameof(BadData))]
    public async Task Post_BadData_SaysWhatIsWrong(string what, string data, string expected)
    {
        var answer = await ServiceFixture.PostAsync(fixture.Service, "/api/v1/outliers", ("data", data));

        answer.Status.ShouldBe(HttpStatusCode.InternalServerError, what);
        answer.Json.GetProperty("status").GetString().ShouldBe("error");
        answer.Message.ShouldNotBeNull().ShouldContain(expected);
        answer.Message.ShouldNotContain("Exception");
        await ShouldBeHealthyAsync();
    }

    public static TheoryData<string, string> GoodEnoughData => new()
    {
        { "unordered timestamps", $"[{Rows.Row(Rows.Stamp(2), "3")},{Rows.Row(Rows.Stamp(0), "1")},{Rows.Row(Rows.Stamp(1), "2")}]" },
        { "duplicate timestamps", $"[{Rows.Row(Rows.Stamp(0), "1")},{Rows.Row(Rows.Stamp(0), "2")},{Rows.Row(Rows.Stamp(1), "3")}]" },
        { "other offsets", $"[{Rows.Row("2023-10-12T02:00:00.000+02:00", "1")},{Rows.Row("2023-10-11T19:01:00-05:00", "2")}]" },
        { "null, NaN and infinities between numbers", Rows.Response(60, row => (row % 6) switch { 0 => "null", 1 => "\"NaN\"", 2 => "\"Infinity\"", 3 => "\"-Infinity\"", _ => "5" }) },
        { "nothing that is a number", Rows.Response(30, _ => "null") },
        { "negative and huge values", Rows.Response(60, row => (row % 3) switch { 0 => "-1e18", 1 => "1e300", _ => "0" }) },
    };

    [Theory]
    [MemberData(nameof(GoodEnoughData))]
    public async Task Post_OddData_IsAnswered(string what, string data)
    {
        var answer = await ServiceFixture.PostAsync(fixture.Service, "/calculate", ("data", data));
        answer.Status.ShouldBe(HttpStatusCode.OK, what + ": " + answer.Json.GetRawText());
    }

    [Fact]
    public async Task Post_MissingValue_IsNeitherForecastAsZeroNorAnomalous()
    {
        var answer = await ServiceFixture.PostAsync(fixture.Service, "/calculate", ("data", Rows.Response(200, row => row is >= 90 and < 100 ? "null" : (1000 + row % 7).ToString())));

        answer.Json.GetProperty("anomalies").EnumerateArray().Select(row => row.GetProperty("timestamp").GetString())
            .ShouldNotContain(stamp => Enumerable.Range(90, 10).Select(Rows.Stamp).Contains(stamp));
        answer.Json.GetProperty("prediction").EnumerateArray().ShouldAllBe(row => row.GetProperty("forecast").GetDouble() > 900);
    }

    [Fact]
    public async Task Post_ChunkWithoutASize_IsMalformed()
    {
        using var client = new System.Net.Sockets.TcpClient();
        await client.ConnectAsync(fixture.Service.Address.Host, fixture.Service.Address.Port);
        await client.GetStream().WriteAsync("POST /calculate HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFF\r\n"u8.ToArray());

        using var answer = new StreamReader(client.GetStream());
        (await answer.ReadLineAsync()).ShouldBe("HTTP/1.1 400 Bad Request");
    }

    /// <summary>Clients that wait must not shut the others out, health checks least of all.</summary>
    [Fact]
    public async Task Connect_ThousandsThatSayNothing_LeaveRoomForOthers()
    {
        var idle = new List<System.Net.Sockets.Socket>();
        try
        {
            for (var i = 0; i < 1500; i++)
            {
                var socket = new System.Net.Sockets.Socket(System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Tcp);
                idle.Add(socket);
                await socket.ConnectAsync(fixture.Service.Address.Host, fixture.Service.Address.Port);
            }
            using var another = new HttpClient { BaseAddress = fixture.Service.Address };
            (await another.GetAsync("/health/live")).StatusCode.ShouldBe(HttpStatusCode.OK);
        }
        finally
        {
            idle.ForEach(static socket => socket.Dispose());
        }
    }

    [Theory]
    [InlineData("", "neither a field 'query'")]
    [InlineData("data=", "neither a field 'query'")]
    [InlineData("data=&query=", "neither a field 'query'")]
    [InlineData("colour=blue", "neither a field 'query'")]
    [InlineData("data=***", "not valid base64")]
    [InlineData("query=%%%", "not valid base64")]
    [InlineData("data=WyJ4Il0=&model=***", "'model' is not valid base64")]
    public async Task Post_BadForm_SaysWhichFieldIsWrong(string form, string expected)
    {
        var answer = await ServiceFixture.PostAsync(fixture.Service, "/calculate", Form(form));
        answer.Status.ShouldBe(HttpStatusCode.InternalServerError);
        answer.Message.ShouldNotBeNull().ShouldStartWith("No data provided or requested: ");
        answer.Message.ShouldContain(expected);
    }

    [Theory]
    [InlineData("no JSON")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("{}")]
    public async Task Post_BadQuery_IsAQueryError(string query)
    {
        var answer = await ServiceFixture.PostAsync(fixture.Service, "/calculate", ("query", query));
        answer.Status.ShouldBe(HttpStatusCode.InternalServerError);
        answer.Message.ShouldNotBeNull().ShouldStartWith("Could not execute druid query: ");
    }

    [Fact]
    public async Task Post_JsonInsteadOfAForm_SaysSo()
    {
        using var content = new StringContent("""{"data":[]}""", Encoding.UTF8, "application/json");
        var answer = await ServiceFixture.PostAsync(fixture.Service, "/calculate", content);
        answer.Message.ShouldNotBeNull().ShouldContain("application/x-www-form-urlencoded");
    }

    /// <summary>Unpacked it could have any size; and its bytes are neither a form nor JSON.</summary>
    [Theory]
    [InlineData("/calculate", "gzip", true)]
    [InlineData("/api/v1/ip_identifier", "zstd", true)]
    [InlineData("/api/v2/detect", "br", true)]
    [InlineData("/calculate", "utf-8", false)]
    public async Task Post_CompressedBody_Is415AndSaysSo(string path, string coding, bool expected)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = Form("data=W10=") };
        request.Content.Headers.ContentEncoding.Add(coding);
        if (path.Contains("v2", StringComparison.Ordinal))
            request.Content.Headers.ContentType = new("application/json");
        using var response = await fixture.Service.Client.SendAsync(request);

        (response.StatusCode == HttpStatusCode.UnsupportedMediaType).ShouldBe(expected);
        (await response.Content.ReadAsStringAsync()).Contains("send it as it is", StringComparison.Ordinal).ShouldBe(expected);
    }

    [Fact]
    public async Task Post_BodyOverTheLimit_Is413()
    {
        // The service refuses by the announced length and closes: a client that asks first never writes into a closed connection.
        using var request = new HttpRequestMessage(HttpMethod.Post, "/calculate") { Content = Form("data=" + new string('A', 3 * 1024 * 1024)) };
        request.Headers.ExpectContinue = true;
        using var response = await fixture.Service.Client.SendAsync(request);

        response.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        (await response.Content.ReadAsStringAsync()).ShouldContain("larger than the service accepts");
        await ShouldBeHealthyAsync();
    }

    private static ByteArrayContent Form(string text)
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(text));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/x-www-form-urlencoded");
        return content;
    }

    private async Task ShouldBeHealthyAsync() => (await fixture.Service.Client.GetAsync("/health/ready")).StatusCode.ShouldBe(HttpStatusCode.OK);
}
