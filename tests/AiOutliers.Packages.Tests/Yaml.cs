using System.Text.Json;

namespace AiOutliers.Packages.Tests;

/// <summary>Reads YAML with Ruby, which the tests have anyway.</summary>
internal static class Yaml
{
    private const string Convert = "require 'yaml'; require 'json'; puts JSON.generate(YAML.load_stream($stdin.read).compact)";

    /// <summary>The documents of a stream, empty ones left out.</summary>
    public static IReadOnlyList<JsonElement> Read(string text)
    {
        Tool.Require("ruby", "ruby");
        using var json = JsonDocument.Parse(Tool.Run("ruby", ["-e", Convert], text).Succeeded());
        return [.. json.RootElement.EnumerateArray().Select(document => document.Clone())];
    }

    /// <summary>The element under a path of names, <c>spec.template.metadata</c>; numbers count in lists.</summary>
    public static JsonElement At(this JsonElement element, string path)
    {
        foreach (var name in path.Split('.'))
            element = element.ValueKind == JsonValueKind.Array ? element[int.Parse(name)] : element.GetProperty(name);
        return element;
    }

    public static string Text(this JsonElement element, string path) => element.At(path).ToString();
}
