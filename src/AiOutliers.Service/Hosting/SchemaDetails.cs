using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace AiOutliers.Service.Hosting;

/// <summary>
/// What the framework's schemas leave out: what an array or object holds that holds anything, which values may be null, which words are
/// allowed, and that an answer from the database has all of its members.
/// </summary>
internal static class SchemaDetails
{
    private static readonly NullabilityInfoContext Nullability = new();

    /// <summary>What holds anything stands where it is used; as a component it would have a name and say nothing.</summary>
    public static string? NameOf(JsonTypeInfo type) =>
        type.Type == typeof(JsonElement) ? null : OpenApiOptions.CreateDefaultSchemaReferenceId(type);

    public static async Task AddAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellation)
    {
        var type = schema.Type ?? default;
        if (type.HasFlag(JsonSchemaType.Array))
            schema.Items ??= new OpenApiSchema();
        if (type.HasFlag(JsonSchemaType.Object) && schema.Properties is null or { Count: 0 })
            schema.AdditionalProperties ??= new OpenApiSchema();
        if (IsStored(context.JsonTypeInfo.Type) && schema.Properties is { Count: > 0 } members)
            schema.Required ??= members.Keys.ToHashSet(StringComparer.Ordinal);
        if (context.JsonPropertyInfo?.AttributeProvider is not PropertyInfo property)
            return;
        if (schema.AdditionalProperties is OpenApiSchema values && HasNulls(property))
            values.Type |= JsonSchemaType.Null;
        if (property.GetCustomAttribute<AllowedValuesAttribute>() is { } words)
            Allow(schema, words.Values);
        if (property.GetCustomAttribute<HoldsAttribute>() is { } holds)
            Describe(schema, await context.GetOrCreateSchemaAsync(holds.Type, null, cancellation));
    }

    /// <summary>The words of a member, or of the members of a list.</summary>
    private static void Allow(OpenApiSchema schema, object?[] words)
    {
        var one = schema.Items as OpenApiSchema ?? schema;
        one.Enum = [.. words.Select(static word => JsonValue.Create((string)word!))];
        if (one.Type?.HasFlag(JsonSchemaType.Null) == true)
            one.Enum.Add(JsonNullSentinel.JsonNull);
    }

    private static void Describe(OpenApiSchema schema, OpenApiSchema content)
    {
        if (schema.Type?.HasFlag(JsonSchemaType.Array) == true)
            schema.Items = content;
        else
            (schema.Type, schema.Properties, schema.Required) = (content.Type, content.Properties, content.Required);
    }

    private static bool HasNulls(PropertyInfo property)
    {
        lock (Nullability)
        {
            return Nullability.Create(property).GenericTypeArguments is [_, { ReadState: NullabilityState.Nullable }]
                && !property.PropertyType.GenericTypeArguments[1].IsValueType;
        }
    }

    private static bool IsStored(Type type) => type.Namespace?.StartsWith("AiOutliers.Monitoring", StringComparison.Ordinal) == true;
}
