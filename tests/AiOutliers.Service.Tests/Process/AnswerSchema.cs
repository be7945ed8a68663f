using System.Text.Json;

namespace AiOutliers.Service.Tests.Process;

/// <summary>
/// Checks a JSON value against a schema of the service's OpenAPI document: types, required members, and that there is no member which
/// the schema does not name.
/// </summary>
internal sealed class AnswerSchema(JsonElement document)
{
    /// <summary>Method and path of each, in order.</summary>
    public IReadOnlyCollection<string> Endpoints => new SortedSet<string>(
        document.GetProperty("paths").EnumerateObject().SelectMany(static path =>
            path.Value.EnumerateObject().Select(method => $"{method.Name} {path.Name}")), StringComparer.Ordinal);

    /// <summary>Whether an answer of this status has no content.</summary>
    public bool HasEmpty(string path, string method, int status) =>
        Responses(path, method).TryGetProperty($"{status}", out var response) && !response.TryGetProperty("content", out _);

    /// <returns>What does not fit, or null.</returns>
    public string? Mismatch(string path, string method, int status, string contentType, JsonElement answer) =>
        Responses(path, method).TryGetProperty($"{status}", out var response)
        && response.TryGetProperty("content", out var contents) && contents.TryGetProperty(contentType, out var content)
            ? Mismatch(content.GetProperty("schema"), answer, "$")
            : $"{path} documents no {contentType} with status {status}";

    private JsonElement Responses(string path, string method) =>
        document.GetProperty("paths").GetProperty(path).GetProperty(method).GetProperty("responses");

    private string? Mismatch(JsonElement schema, JsonElement value, string at)
    {
        if (schema.TryGetProperty("$ref", out var reference))
            return Mismatch(Component(reference.GetString()!.Split('/')[^1]), value, at);
        if (schema.TryGetProperty("oneOf", out var options))
            return options.EnumerateArray().Any(option => Mismatch(option, value, at) is null) ? null : $"{at} fits none of its schemas";
        // Nothing said: anything fits.
        if (!schema.EnumerateObject().Any())
            return null;
        if (!TypesOf(schema).Contains(TypeOf(value)))
            return $"{at} is of type {TypeOf(value)}, not {string.Join(" or ", TypesOf(schema))}";
        if (schema.TryGetProperty("enum", out var words) && !words.EnumerateArray().Any(word => JsonElement.DeepEquals(word, value)))
            return $"{at} is {value}, not one of {words}";
        return value.ValueKind switch
        {
            JsonValueKind.Array => schema.TryGetProperty("items", out var items)
                ? First(value.EnumerateArray().Select((item, i) => Mismatch(items, item, $"{at}[{i}]")))
                : $"{at} is an array whose items are not described",
            JsonValueKind.Object => MissingOf(schema, value, at)
                ?? First(value.EnumerateObject().Select(member => MismatchOfMember(schema, member, at))),
            _ => null,
        };
    }

    private string? MismatchOfMember(JsonElement schema, JsonProperty member, string at)
    {
        if (schema.TryGetProperty("properties", out var properties) && properties.TryGetProperty(member.Name, out var known))
            return Mismatch(known, member.Value, $"{at}.{member.Name}");
        return schema.TryGetProperty("additionalProperties", out var others)
            ? Mismatch(others, member.Value, $"{at}.{member.Name}")
            : $"{at}.{member.Name} is not documented";
    }

    private static string? MissingOf(JsonElement schema, JsonElement value, string at) =>
        schema.TryGetProperty("required", out var required)
            ? First(required.EnumerateArray()
                .Select(name => value.TryGetProperty(name.GetString()!, out _) ? null : $"{at}.{name} is missing"))
            : null;

    private static string? First(IEnumerable<string?> mismatches) => mismatches.FirstOrDefault(static found => found is not null);

    private JsonElement Component(string name) => document.GetProperty("components").GetProperty("schemas").GetProperty(name);

    private static string[] TypesOf(JsonElement schema)
    {
        // Without a type anything fits.
        if (!schema.TryGetProperty("type", out var type))
            return ["null", "boolean", "number", "string", "array", "object"];
        var types = type.ValueKind == JsonValueKind.Array ? type.EnumerateArray() : Enumerable.Repeat(type, 1);
        return [.. types.Select(static one => one.GetString()!).Select(static one => one == "integer" ? "number" : one)];
    }

    private static string TypeOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True or JsonValueKind.False => "boolean",
        _ => value.ValueKind.ToString().ToLowerInvariant(),
    };
}
