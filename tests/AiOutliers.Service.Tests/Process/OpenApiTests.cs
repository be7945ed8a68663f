using System.Text.Json;
using AiOutliers.Tests.Shared;

namespace AiOutliers.Service.Tests.Process;

/// <summary>The interface's description in docs/ is the one that the service gives.</summary>
[Trait("tier", "integration")]
public sealed class OpenApiTests(ServiceFixture fixture)
{
    [Fact]
    public async Task Get_OpenApi_IsTheDocumentInTheRepository()
    {
        using var served = JsonDocument.Parse(await fixture.Service.Client.GetStringAsync("/openapi/v1.json"));
        using var kept = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Golden.Path("."), "..", "..", "docs", "openapi.json")));

        JsonElement.DeepEquals(served.RootElement, kept.RootElement).ShouldBeTrue("docs/openapi.json is out of date: save GET /openapi/v1.json of a running service over it");
    }
}
