using System.Text.Json;
using AiOutliers.Detection.Attribution;

namespace AiOutliers.Detection.Tests.Attribution;

/// <summary>Compares with the numbers of the prototype. They were written with nine digits, refinements with four decimals.</summary>
public sealed class GoldenAttributionTests
{
    private const double Tolerance = 1e-9;

    public static TheoryData<string> Names => [.. GoldenAttribution.Names];

    [Fact]
    public void Names_AllCases_Are28() => GoldenAttribution.Names.Count().ShouldBe(28);

    [Theory]
    [MemberData(nameof(Names))]
    public void Attribute_GoldenCase_FindsTheRecordedElements(string name)
    {
        var golden = GoldenAttribution.Of(name);
        var answer = golden.Answer;

        var result = Attributor.Attribute(golden.Cells(), golden.Options());

        Verdict(result).ShouldBe(answer.GetProperty("verdict").GetString());
        ShouldAgree(result.OutsideShare, answer.GetProperty("outside_share"));
        ShouldAgree(result.Explained, answer.GetProperty("explained"));
        if (golden.Trace.TryGetProperty("regime", out var regime))
            result.Regime.ToString().ShouldBe(regime.GetString(), StringCompareShould.IgnoreCase);
        var elements = answer.GetProperty("elements").EnumerateArray().ToArray();
        result.Elements.Count.ShouldBe(elements.Length);
        foreach (var (found, recorded) in result.Elements.Zip(elements))
            ShouldAgree(found, recorded);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Attribute_GoldenCase_ListsTheRecordedAlternatives(string name)
    {
        var golden = GoldenAttribution.Of(name);
        var recorded = golden.Answer.GetProperty("alternatives").EnumerateArray().ToArray();

        var alternatives = Attributor.Attribute(golden.Cells(), golden.Options()).Alternatives;

        alternatives.Select(static one => string.Join(',', one.Where.AsEnumerable()))
            .ShouldBe(recorded.Select(static one => string.Join(',', GoldenAttribution.Where(one[0]).AsEnumerable())));
        foreach (var (found, one) in alternatives.Zip(recorded))
            ShouldAgree(found.Score, one[1]);
    }

    private static void ShouldAgree(AttributedElement found, JsonElement recorded)
    {
        found.Where.ShouldBe(GoldenAttribution.Where(recorded.GetProperty("el")));
        ShouldAgree(found.Score, recorded.GetProperty("score"));
        ShouldAgree(found.Actual, recorded.GetProperty("actual"));
        ShouldAgree(found.Expected, recorded.GetProperty("expected"));
        ShouldAgree(found.Share, recorded.GetProperty("share"));
        if (!recorded.TryGetProperty("refine", out var refinements))
            return;
        found.Refinements.Select(static one => new ElementRefinement(one.Dimension, one.Value, Math.Round(one.Share, 4)))
            .ShouldBe(refinements.EnumerateArray().Select(static one => new ElementRefinement(
                GoldenAttribution.Name(one[0].GetInt32()), GoldenAttribution.Text(one[1].GetInt32()), one[2].GetDouble())));
    }

    /// <summary>Within the tolerance, and half of the ninth digit.</summary>
    private static void ShouldAgree(double found, JsonElement recorded)
    {
        var number = recorded.GetDouble();
        var digit = number == 0 ? 0 : Math.Pow(10, Math.Floor(Math.Log10(Math.Abs(number))) - 8);
        found.ShouldBe(number, Tolerance * Math.Max(1, Math.Abs(number)) + 0.5 * digit);
    }

    private static string Verdict(AttributionResult result) => result.Verdict switch
    {
        AttributionVerdict.NoData => "no-data",
        var other => other.ToString().ToLowerInvariant(),
    };
}
