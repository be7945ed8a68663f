using System.Text.Json;
using System.Text.Json.Serialization;

namespace AiOutliers.Packages.Tests.Chef;

/// <summary>The cookbook, run by Ruby.</summary>
internal static class Cookbook
{
    private static readonly string Folder = Checkout.File("deploy/chef");
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public static ToolResult Try(string action, object properties)
    {
        Tool.Require("ruby", "ruby");
        var input = JsonSerializer.Serialize(new { action, properties, node = new { hostname = "node1", ipaddress = "10.0.0.7" } });
        return Tool.Run("ruby", [Checkout.File("tests/AiOutliers.Packages.Tests/Chef/converge.rb"), Folder], input);
    }

    public static Converged Converge(string action, object properties) => JsonSerializer.Deserialize<Converged>(Try(action, properties).Succeeded(), Json)!;

    /// <summary>The configuration file that <c>add</c> writes.</summary>
    public static string Configuration(object properties) => Converge("add", properties).Resources.Single(resource => resource.Type == "template").Content!;
}

/// <param name="Resources">What the action declares, in order.</param>
/// <param name="ConvergedMessages">What it did itself.</param>
internal sealed record Converged(IReadOnlyList<Declared> Resources, [property: JsonPropertyName("converged")] IReadOnlyList<string> ConvergedMessages);

/// <param name="Type">package, service or template.</param>
/// <param name="Name">Its name.</param>
/// <param name="Said">What its block says, property by property.</param>
/// <param name="Content">What a template renders to.</param>
internal sealed record Declared(string Type, string Name, Dictionary<string, JsonElement> Said, string? Content)
{
    public string Says(string property) => Said[property].ToString();
}
