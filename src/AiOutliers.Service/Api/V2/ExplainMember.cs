namespace AiOutliers.Service.Api.V2;

/// <summary>The member <c>explain</c> of a detect request, and what explain requests have in common with it.</summary>
/// <param name="Dimensions">The dimensions to look into; empty takes the configured ones.</param>
/// <param name="Top">The most elements.</param>
internal sealed record ExplainMember(IReadOnlyList<string> Dimensions, int Top)
{
    private const int UsualTop = 3, MostTop = 10;

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
        if (dimensions.Count > Engine.Explanation.Explainer.MostDimensions)
            members.Errors.Add(members.Pointer("dimensions"), $"takes at most {Engine.Explanation.Explainer.MostDimensions} dimensions");
        return new(dimensions, members.Integer("top", 1, MostTop) ?? UsualTop);
    }
}
