using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace AiOutliers.Service.Tests.Process;

/// <summary>Thousands of mutated requests to the real process: each gets an answer in JSON, none an unexpected failure, and it is healthy after.</summary>
[Trait("tier", "integration")]
public sealed class FuzzTests(ServiceFixture fixture)
{
    private const int Requests = 3000;
    private static readonly string[] Fields = ["data", "query", "model", "payload"];
    private static readonly string[] Paths = ["/calculate", "/api/v1/outliers", "/api/v1/ip_identifier"];

    [Fact]
    public async Task Post_MutatedRequests_AreAnsweredAndTheServiceStaysHealthy()
    {
        var random = new Random(20231012);
        string[] seeds =
        [
            Rows.Day(80),
            """{"queryType":"timeseries","dataSource":"rb_flow","granularity":"pt1m","intervals":["2023-10-12/P1D"],"aggregations":[{"type":"longSum","name":"bytes","fieldName":"sum_bytes"}],"filter":{"type":"selector","dimension":"sensor_name","value":"s"}}""",
            "k2_traffic_trained",
            """{"outliers":[{"timestamp":"2023-10-12T00:00:00.000Z"}],"all_ips_data":{"10.0.0.1":[{"timestamp":"2023-10-12T00:00:00.000Z","result":{"bytes":5}}]}}""",
        ];
        for (var request = 0; request < Requests; request++)
        {
            var path = Paths[random.Next(Paths.Length)];
            using var content = new ByteArrayContent(MutatedForm(random, seeds));
            content.Headers.ContentType = new MediaTypeHeaderValue("application/x-www-form-urlencoded");
            var answer = await ServiceFixture.PostAsync(fixture.Service, path, content);
            ((int)answer.Status).ShouldBeOneOf((int)HttpStatusCode.OK, (int)HttpStatusCode.BadRequest, (int)HttpStatusCode.InternalServerError);
        }
        fixture.Service.Log.Split('\n').SkipWhile(line => !line.Contains("Unexpected failure", StringComparison.Ordinal)).Take(8).ShouldBeEmpty();
        (await fixture.Service.Client.GetAsync("/health/ready")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await ServiceFixture.PostAsync(fixture.Service, "/calculate", ("data", Rows.Day(100)))).Status.ShouldBe(HttpStatusCode.OK);
    }

    /// <summary>One or two fields; the JSON in them mutated, or the form around them.</summary>
    private static byte[] MutatedForm(Random random, string[] seeds)
    {
        var form = new StringBuilder();
        for (var field = random.Next(1, 3); field > 0; field--)
        {
            var text = Encoding.UTF8.GetBytes(seeds[random.Next(seeds.Length)]);
            if (random.Next(8) > 0)
                text = Mutated(random, text);
            var name = Fields[random.Next(Fields.Length)];
            form.Append(form.Length == 0 ? "" : "&").Append(name).Append('=')
                .Append(Uri.EscapeDataString(name == "payload" ? Encoding.UTF8.GetString(text) : Convert.ToBase64String(text)));
        }
        var bytes = Encoding.UTF8.GetBytes(form.ToString());
        return random.Next(4) == 0 ? Mutated(random, bytes) : bytes;
    }

    private static byte[] Mutated(Random random, byte[] bytes)
    {
        var result = bytes.ToList();
        for (var change = random.Next(1, 6); change > 0 && result.Count > 1; change--)
        {
            var at = random.Next(result.Count);
            switch (random.Next(5))
            {
                case 0: result[at] = (byte)random.Next(256); break;
                case 1: result.RemoveRange(at, random.Next(1, Math.Min(40, result.Count - at) + 1)); break;
                case 2: result.Insert(at, (byte)"[]{}\",:0-.eEn%&="[random.Next(16)]); break;
                case 3: result.InsertRange(at, result.GetRange(at, random.Next(1, Math.Min(40, result.Count - at) + 1))); break;
                default: result.InsertRange(at, Encoding.UTF8.GetBytes(Words[random.Next(Words.Length)])); break;
            }
        }
        return [.. result];
    }

    private static readonly string[] Words = ["null", "\"NaN\"", "1e999", "-1", "99999999999999999999", "\"\\ud800\"", "true", "{}", "[]", "0.1e-400", "\\u0000", "9999-12-31T23:59:59Z", "../"];
}
