using System.Net;
using System.Text;
using AiOutliers.Tests.Shared;

namespace AiOutliers.Service.Tests.Process;

/// <summary>Version 1 takes a form in parts as it takes one in a line.</summary>
[Trait("tier", "integration")]
public sealed class MultipartTests(ServiceFixture fixture)
{
    [Fact]
    public async Task Post_FormInParts_GetsTheSameAnswer()
    {
        var rows = File.ReadAllText(Golden.Path("cases/c11_python_nan.json"));
        var expected = await ServiceFixture.PostAsync(fixture.Service, "/calculate", ("data", rows));

        using var parts = new MultipartFormDataContent { { new StringContent(Convert.ToBase64String(Encoding.UTF8.GetBytes(rows))), "data" } };
        var answer = await ServiceFixture.PostAsync(fixture.Service, "/calculate", parts);

        answer.Status.ShouldBe(HttpStatusCode.OK);
        answer.Json.GetRawText().ShouldBe(expected.Json.GetRawText());
    }

    [Fact]
    public async Task Post_FormInPartsWithoutAnEnd_IsRefusedInTheWordsOfVersionOne()
    {
        using var content = new StringContent("--b\r\nContent-Disposition: form-data; name=data\r\n\r\nW10=");
        content.Headers.ContentType = new("multipart/form-data") { Parameters = { new("boundary", "b") } };

        var answer = await ServiceFixture.PostAsync(fixture.Service, "/calculate", content);

        answer.Json.GetProperty("msg").GetString()
            .ShouldBe("No data provided or requested: the multipart form cannot be read: it ends in the middle");
    }
}
