using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace AiOutliers.Service.Tests.Process;

/// <summary>Version 1's routes fail in version 1's words; everything else in ProblemDetails.</summary>
[Trait("tier", "integration")]
public sealed class FailureWordsTests(ServiceFixture fixture)
{
    [Theory]
    [InlineData("GET", "/nowhere", HttpStatusCode.NotFound, "see /openapi/v1.json")]
    [InlineData("POST", "/nowhere", HttpStatusCode.NotFound, "see /openapi/v1.json")]
    [InlineData("GET", "/calculate", HttpStatusCode.MethodNotAllowed, "use POST")]
    [InlineData("DELETE", "/health/live", HttpStatusCode.MethodNotAllowed, "use GET")]
    public async Task Send_WhatNoRouteTakes_IsAProblem(string method, string path, HttpStatusCode status, string expected)
    {
        using var request = new HttpRequestMessage(new(method), path);
        using var response = await fixture.Service.Client.SendAsync(request);

        response.StatusCode.ShouldBe(status);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        using var problem = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync());
        problem.RootElement.GetProperty("status").GetInt32().ShouldBe((int)status);
        problem.RootElement.GetProperty("title").GetString().ShouldNotBeNullOrEmpty();
        problem.RootElement.GetProperty("detail").GetString().ShouldNotBeNull().ShouldContain(expected);
    }

    [Theory]
    [InlineData("/calculate")]
    [InlineData("/api/v1/outliers")]
    [InlineData("/api/v1/ip_identifier")]
    public async Task Post_BodyOverTheLimitToVersionOne_IsRefusedInItsWords(string path)
    {
        using var content = Typed(new string('A', 3 << 20), "application/x-www-form-urlencoded");
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
        request.Headers.ExpectContinue = true;
        using var response = await fixture.Service.Client.SendAsync(request);

        response.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/json");
        (await response.Content.ReadAsStringAsync())
            .ShouldStartWith("""{"status":"error","msg":"No data provided or requested: the body is larger""");
    }

    [Theory]
    [InlineData("multipart/form-data; boundary=b", "--b\r\nContent-Disposition: form-data; name=\"payload\"\r\n\r\n{}")]
    [InlineData("multipart/form-data; boundary=b", "--b\r\nContent-Disposition: form-data; name=\"payload\r\n\r\n{}\r\n--b--\r\n")]
    [InlineData("multipart/form-data", "payload")]
    [InlineData("application/x-www-form-urlencoded; charset=utf-7", "payload=%7B%7D")]
    [InlineData("application/x-www-form-urlencoded; charset=no-such-thing", "payload=%7B%7D")]
    [InlineData("application/x-www-form-urlencoded; charset=utf-7", "payload")]
    public async Task Post_IpIdentifierWithAFormThatCannotBeRead_Is400(string type, string body)
    {
        using var content = Typed(body, type);
        var answer = await ServiceFixture.PostAsync(fixture.Service, "/api/v1/ip_identifier", content);
        answer.Status.ShouldBe(HttpStatusCode.BadRequest);
        answer.Json.GetRawText().ShouldBe("""{"error":"Invalid data format"}""");
    }

    private static ByteArrayContent Typed(string text, string type)
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(text));
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        return content;
    }
}
