using System.Net;

namespace AiOutliers.Service.Tests.Process;

/// <summary>What every answer of version 2 says beside its body, whether it is one or a refusal.</summary>
[Trait("tier", "integration")]
public sealed class VersionTwoHeaderTests(SamplesService samples)
{
    [Theory]
    [InlineData("GET", "/api/v2/detectors", HttpStatusCode.OK)]
    [InlineData("GET", "/api/v2/incidents", HttpStatusCode.OK)]
    [InlineData("GET", "/api/v2/datasources/nothing", HttpStatusCode.NotFound)]
    [InlineData("GET", "/api/v2/nothing", HttpStatusCode.NotFound)]
    [InlineData("GET", "/api/v2/detect", HttpStatusCode.MethodNotAllowed)]
    [InlineData("POST", "/api/v2/detect", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("POST", "/api/v2/explain", HttpStatusCode.UnsupportedMediaType)]
    public async Task Answer_WhateverItIs_HasAnIdAndIsNotKept(string method, string path, HttpStatusCode status)
    {
        using var request = new HttpRequestMessage(new(method), path);
        using var answer = await samples.Service.Client.SendAsync(request);

        answer.StatusCode.ShouldBe(status);
        answer.Headers.GetValues("X-Request-Id").ShouldHaveSingleItem().ShouldNotBeEmpty();
        answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
        answer.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
    }
}
