using System.Text.Json;
using AiOutliers.Tests.Shared;

namespace AiOutliers.Service.Tests.Documents;

/// <summary>
/// The descriptions of the interface leave nothing open: whoever generates a client from them gets types, not just names. What answers
/// hold is compared with them elsewhere.
/// </summary>
public sealed class DescriptionShapeTests
{
    public static TheoryData<string> Documents => ["openapi.json", "openapi-v2.json"];

    [Theory]
    [MemberData(nameof(Documents))]
    public void Schemas_Everywhere_SayWhatTheyHold(string name) => Gaps(Document(name), "").ShouldBeEmpty();

    [Fact]
    public void Schemas_OfAnswers_SayWhichMembersAreAlwaysThere() =>
        Document("openapi-v2.json").GetProperty("components").GetProperty("schemas").EnumerateObject()
            .Where(static schema => schema.Value.TryGetProperty("properties", out _) && !schema.Value.TryGetProperty("required", out _))
            .Select(static schema => schema.Name).ShouldBeEmpty();

    [Fact]
    public void Operations_OfVersionTwo_NameTheirRefusals()
    {
        foreach (var (at, operation) in Operations())
        {
            var responses = operation.GetProperty("responses");
            string[] expected = ["401", "403", "429", "500", .. operation.TryGetProperty("requestBody", out _) ? (string[])["400", "408", "413"] : []];
            expected.Where(status => !responses.TryGetProperty(status, out _)).ShouldBeEmpty(at);
            responses.GetProperty("429").GetProperty("headers").TryGetProperty("Retry-After", out _).ShouldBeTrue(at);
            foreach (var response in responses.EnumerateObject().Where(static one => one.Name is not "204"))
                response.Value.TryGetProperty("content", out _).ShouldBeTrue($"{at} {response.Name}");
        }
    }

    [Fact]
    public void Parameters_OfVersionTwo_AreExplained()
    {
        foreach (var (at, operation) in Operations())
        {
            if (!operation.TryGetProperty("parameters", out var parameters))
                continue;
            foreach (var parameter in parameters.EnumerateArray())
                parameter.TryGetProperty("description", out _).ShouldBeTrue($"{at} {parameter.GetProperty("name")}");
        }
    }

    private static IEnumerable<(string At, JsonElement Operation)> Operations() =>
        Document("openapi-v2.json").GetProperty("paths").EnumerateObject().SelectMany(static path =>
            path.Value.EnumerateObject().Select(method => ($"{method.Name} {path.Name}", method.Value)));

    /// <summary>Arrays without items and objects without members, wherever they stand.</summary>
    private static IEnumerable<string> Gaps(JsonElement json, string at)
    {
        if (json.ValueKind == JsonValueKind.Array)
            return json.EnumerateArray().SelectMany((one, i) => Gaps(one, $"{at}/{i}"));
        if (json.ValueKind != JsonValueKind.Object)
            return [];
        string[] lacking =
        [
            .. Is(json, "array") && !json.TryGetProperty("items", out _) ? [$"{at}: items"] : Array.Empty<string>(),
            .. Is(json, "object") && !json.TryGetProperty("properties", out _) && !json.TryGetProperty("additionalProperties", out _)
                ? [$"{at}: properties"]
                : Array.Empty<string>(),
        ];
        return lacking.Concat(json.EnumerateObject().SelectMany(member => Gaps(member.Value, $"{at}/{member.Name}")));
    }

    private static bool Is(JsonElement schema, string type) => schema.TryGetProperty("type", out var own)
        && (own.ValueKind == JsonValueKind.String && own.GetString() == type
            || own.ValueKind == JsonValueKind.Array && own.EnumerateArray().Any(one => one.GetString() == type));

    private static JsonElement Document(string name) =>
        JsonElement.Parse(File.ReadAllBytes(Path.Combine(Golden.Root, "docs", name)));
}
