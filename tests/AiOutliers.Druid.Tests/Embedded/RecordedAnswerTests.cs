using System.Text.Json;
using AiOutliers.Detection;
using AiOutliers.Druid.Embedded;
using AiOutliers.Tests.Shared;

namespace AiOutliers.Druid.Tests.Embedded;

/// <summary>The embedded engine against what a real Druid answered to the same queries over the same data.</summary>
public sealed class RecordedAnswerTests : IDisposable
{
    private const double RelativeTolerance = 1e-9;

    /// <summary>Druid estimates distinct counts; the embedded engine counts.</summary>
    private const double SketchTolerance = 0.03;

    /// <summary>Of twenty values, Druid's estimate is up to one off: 23.1 for 24.</summary>
    private const double SketchOfFew = 1;

    private static readonly string[] Sketches = ["hyperUnique", "cardinality", "thetaSketch", "hll_estimate", "theta_estimate"];

    /// <summary>What the engine does not know, and the words in which it says so.</summary>
    private static readonly Dictionary<string, string> Unsupported = new()
    {
        ["timeseries-by-segment"] = "bySegment",
        ["topn-time-extraction"] = "extraction",
    };

    private readonly EmbeddedEngine _engine = new(Golden.Path("druid/data"));

    public static TheoryData<string> Queries() => [.. RecordedAnswer.All()
        .Where(answer => answer.Status == 200 && answer.QueryType is "timeseries" or "topN" or "groupBy" or "timeBoundary" && answer.Status == 200)
        .Select(answer => answer.Name)];

    [Theory]
    [MemberData(nameof(Queries))]
    public async Task Answer_RecordedQuery_IsDruidsOrNamesWhatIsUnsupported(string name)
    {
        var recorded = RecordedAnswer.Named(name);
        if (Unsupported.TryGetValue(name, out var feature))
        {
            (await Should.ThrowAsync<AiOutliersException>(() => _engine.AnswerAsync(recorded.Request))).Message.ShouldContain(feature);
            return;
        }
        using var actual = JsonDocument.Parse(await _engine.AnswerAsync(recorded.Request));
        using var expected = JsonDocument.Parse(recorded.Body);
        Difference(expected.RootElement, actual.RootElement, "$").ShouldBeNull();
    }

    public void Dispose() => _engine.Dispose();

    private static string? Difference(JsonElement expected, JsonElement actual, string path)
    {
        if (expected.ValueKind != actual.ValueKind)
            return $"{path}: {expected} expected, {actual} came";
        switch (expected.ValueKind)
        {
            case JsonValueKind.Array when expected.GetArrayLength() != actual.GetArrayLength():
                return $"{path}: {expected.GetArrayLength()} items expected, {actual.GetArrayLength()} came";
            case JsonValueKind.Array:
                return expected.EnumerateArray().Zip(actual.EnumerateArray()).Select((pair, index) => Difference(pair.First, pair.Second, $"{path}[{index}]")).FirstOrDefault(found => found is not null);
            case JsonValueKind.Object:
                var names = expected.EnumerateObject().Select(property => property.Name).Order(StringComparer.Ordinal).ToArray();
                var others = actual.EnumerateObject().Select(property => property.Name).Order(StringComparer.Ordinal).ToArray();
                return names.SequenceEqual(others)
                    ? names.Select(name => Difference(expected.GetProperty(name), actual.GetProperty(name), $"{path}.{name}")).FirstOrDefault(found => found is not null)
                    : $"{path}: the names {string.Join(", ", names)} expected, {string.Join(", ", others)} came";
            case JsonValueKind.Number:
                var (a, b) = (expected.GetDouble(), actual.GetDouble());
                var tolerance = Array.Exists(Sketches, path.EndsWith) ? Math.Max(SketchTolerance * Math.Abs(a), a > 10 ? SketchOfFew : 0) : RelativeTolerance * Math.Abs(a);
                return Math.Abs(a - b) <= tolerance ? null : $"{path}: {a} expected, {b} came";
            default:
                return expected.GetRawText() == actual.GetRawText() ? null : $"{path}: {expected} expected, {actual} came";
        }
    }
}
