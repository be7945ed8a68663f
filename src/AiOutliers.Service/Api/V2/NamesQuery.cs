using AiOutliers.Detection;

namespace AiOutliers.Service.Api.V2;

/// <summary>The query of a page of a list in order of name.</summary>
internal static class NamesQuery
{
    public static (string Name, string Type, string Words)[] Parameters(string rows, int most) =>
    [
        ("q", "string", "A part of the name."),
        ("limit", "integer", $"The most {rows}; {most} when missing, and at most."),
        ("after", "string", "What the page before gave as next."),
    ];

    /// <exception cref="AiOutliersException">A name is not known, or a value is not allowed.</exception>
    public static (string? Text, string? After, int Limit) Read(IQueryCollection query, int most)
    {
        query.CheckNames(["q", "limit", "after"]);
        return (query.Text("q"), query.Text("after"), (int)(query.Whole("limit", most) ?? most));
    }
}
