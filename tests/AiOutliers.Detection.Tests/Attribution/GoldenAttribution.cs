using System.Globalization;
using System.Text.Json;
using AiOutliers.Detection.Attribution;
using AiOutliers.Detection.Incidents;
using AiOutliers.Tests.Shared;

namespace AiOutliers.Detection.Tests.Attribution;

/// <summary>A case of <c>tests/Golden/attribution/cases.json</c>: its cells, its options and the recorded answer.</summary>
internal sealed class GoldenAttribution
{
    private static readonly JsonDocument All = JsonDocument.Parse(File.ReadAllBytes(Golden.Path("attribution/cases.json")));

    private readonly JsonElement _case;

    private GoldenAttribution(JsonElement one) => _case = one;

    public static IEnumerable<string> Names => All.RootElement.EnumerateArray().Select(static one => one.GetProperty("name").GetString()!);

    public JsonElement Answer => _case.GetProperty("answer");

    public JsonElement Trace => _case.GetProperty("trace");

    public static GoldenAttribution Of(string name) =>
        new(All.RootElement.EnumerateArray().Single(one => one.GetProperty("name").GetString() == name));

    public CellTable Cells()
    {
        var count = _case.GetProperty("dimensions").GetArrayLength();
        var folded = _case.GetProperty("options").TryGetProperty("other", out var other) ? Text(other[0].GetInt32()) : null;
        var builder = new CellTableBuilder([.. Enumerable.Range(0, count).Select(Name)], folded);
        foreach (var row in _case.GetProperty("cells").EnumerateArray())
        {
            var values = Enumerable.Range(0, count).Select(at => Text(row[at].GetInt32())).ToArray();
            builder.Add(values, row[count].GetDouble(), row[count + 1].GetDouble());
        }
        return builder.Build();
    }

    public AttributionOptions Options()
    {
        var options = _case.GetProperty("options");
        return new()
        {
            Regime = options.GetProperty("regime").GetString() switch
            {
                "count" => AttributionRegime.Count,
                "dense" => AttributionRegime.Dense,
                _ => null,
            },
            Unit = options.TryGetProperty("unit", out var unit) ? unit.GetDouble() : null,
            LeastShare = options.TryGetProperty("min_share", out var share) ? share.GetDouble() : new AttributionOptions().LeastShare,
            Direction = options.TryGetProperty("direction", out var direction)
                ? direction.GetInt32() > 0 ? Direction.Up : Direction.Down
                : Direction.Both,
        };
    }

    /// <summary>The recorded <c>[[dimension, value], …]</c> in our words.</summary>
    public static ElementPart[] Where(JsonElement element) =>
        [.. element.EnumerateArray().Select(static part => new ElementPart(Name(part[0].GetInt32()), Text(part[1].GetInt32())))];

    public static string Name(int dimension) => string.Create(CultureInfo.InvariantCulture, $"d{dimension}");

    /// <summary>Their order as texts is that of the numbers.</summary>
    public static string Text(int value) => value.ToString("D4", CultureInfo.InvariantCulture);
}
