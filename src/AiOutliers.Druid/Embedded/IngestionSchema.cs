using System.Text.Json;
using System.Text.Json.Serialization;
using AiOutliers.Detection;

namespace AiOutliers.Druid.Embedded;

/// <summary>
/// <c>NAME.schema.json</c> beside the data: how Druid would have ingested the file, in the words of an ingestion spec (timestampSpec,
/// dimensionsSpec, metricsSpec). Without it every column is as it is in the file.
/// </summary>
internal sealed record IngestionSchema
{
    public TimestampSpec? TimestampSpec { get; init; }
    public DimensionsSpec? DimensionsSpec { get; init; }
    public IReadOnlyList<MetricSpec>? MetricsSpec { get; init; }

    /// <summary>Null when the file does not exist.</summary>
    public static IngestionSchema? Read(string path, string name)
    {
        if (!File.Exists(path))
            return null;
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(path), IngestionSchemaJson.Default.IngestionSchema);
        }
        catch (JsonException error)
        {
            var message = $"{name} cannot be read as an ingestion spec: line {error.LineNumber + 1}";
            throw new AiOutliersException(ErrorKind.BadConfiguration, message, error);
        }
    }
}

/// <param name="Column">The column that holds the time.</param>
internal sealed record TimestampSpec(string? Column);

/// <param name="Dimensions">Names, or objects with type and name.</param>
internal sealed record DimensionsSpec(IReadOnlyList<JsonElement>? Dimensions);

/// <param name="Type">count, longSum, doubleSum, …, hyperUnique, thetaSketch.</param>
/// <param name="Name">The column that queries see.</param>
/// <param name="FieldName">The column in the file.</param>
internal sealed record MetricSpec(string Type, string Name, string? FieldName);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(IngestionSchema))]
internal sealed partial class IngestionSchemaJson : JsonSerializerContext;
