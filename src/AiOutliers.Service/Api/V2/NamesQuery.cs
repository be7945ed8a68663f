using AiOutliers.Detection;
using Microsoft.OpenApi;

namespace AiOutliers.Service.Api.V2;

/// <summary>The query of a page of a list in order of name.</summary>
internal static class NamesQuery
{
    public static (string Name, JsonSchemaType Type, string Words)[] Parameters(string rows, int most) =>
    [
        ("q", JsonSchemaType.String, "A part of the name."),
        ("limit", JsonSchemaType.Integer, $"The most {rows}; {most} when missing, and at most."),
        ("after", JsonSchemaType.String, "What the page before gave as next."),
    ];

    /// <exception cref="AiOutliersException">A name is not known, or a value is not allowed.</exception>
    public static (string? Text, string? After, int Limit) Read(IQueryCollection query, int most)
    {
        query.CheckNames(["q", "limit", "after"]);
        return (query.Text("q"), query.Text("after"), (int)(query.Whole("limit", most) ?? most));
    }
}
