using AiOutliers.Engine.Explanation;

namespace AiOutliers.Service.Api.V2;

/// <summary>The member <c>explain</c> of a detect request, and what explain requests have in common with it.</summary>
/// <param name="Dimensions">The dimensions to look into; empty takes the configured ones.</param>
/// <param name="Top">The most elements.</param>
internal sealed record ExplainMember(IReadOnlyList<string> Dimensions, int Top)
{
    private const int MostTop = 10;

    /// <returns>Null where there is none.</returns>
    public static ExplainMember? Read(JsonMembers? members)
    {
        if (members is null)
            return null;
        var explain = Of(members);
        members.End();
        return explain;
    }

    public static ExplainMember Of(JsonMembers members)
    {
        var dimensions = members.Texts("dimensions") ?? [];
        if (dimensions.Count > Explainer.MostDimensions)
            members.Errors.Add(members.Pointer("dimensions"), $"takes at most {Explainer.MostDimensions} dimensions");
        return new(dimensions, members.Integer("top", 1, MostTop) ?? ExplanationRequest.UsualTop);
    }
}
