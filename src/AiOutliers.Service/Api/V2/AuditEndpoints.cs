using System.Globalization;
using AiOutliers.Detection;
using AiOutliers.Monitoring.Storage;
using AiOutliers.Service.Security;
using Microsoft.OpenApi;

namespace AiOutliers.Service.Api.V2;

/// <summary>Who changed what: for admins.</summary>
internal static class AuditEndpoints
{
    private static readonly IReadOnlyList<(string Name, JsonSchemaType Type, string Words)> Parameters =
    [
        ("actor", JsonSchemaType.String, "Of one key or user."),
        ("subject", JsonSchemaType.String,
            "Of one thing (Monitor/edge), or of all of a kind (Monitor, Contact, Route, Incident, Key, Job)."),
        ("from", JsonSchemaType.Integer, "At this time or later: milliseconds since 1970."),
        ("to", JsonSchemaType.Integer, "Before this time."),
        ("limit", JsonSchemaType.Integer, $"The most rows, 50 when missing, at most {AuditQuery.MostRows}."),
        ("after", JsonSchemaType.Integer, "What the page before gave as next."),
    ];

    public static void MapAudit(this IEndpointRouteBuilder routes) => routes
        .MapGet("/api/v2/audit", static (HttpContext context, CancellationToken _) => PageAsync(context))
        .WithName("audit").WithTags("audit").WithSummary("What people changed, the newest first.")
        .TakesQuery(Parameters)
        .Produces<AuditAnswer>().FailsWith(400, 401, 403, 429, 500, 503).RequireRole(Role.Admin);

    private static Task<IResult> PageAsync(HttpContext context) => MonitoringAnswers.AnswerAsync(context, async runtime =>
    {
        var query = Read(context.Request.Query);
        var rows = await runtime.Audit.PageAsync(query, context.RequestAborted);
        return TypedResults.Ok(new AuditAnswer(
            [.. rows.Select(AuditChange.Of)], rows.Count == query.Limit ? rows[^1].Id : null));
    });

    /// <exception cref="AiOutliersException">A name is not known, or a value is not allowed.</exception>
    private static AuditQuery Read(IQueryCollection query)
    {
        if (query.Keys.FirstOrDefault(static key => Parameters.All(own => own.Name != key)) is { } unknown)
            throw Wrong($"'{unknown}' is not known; known are {string.Join(", ", Parameters.Select(static own => own.Name))}");
        return new()
        {
            Actor = Text(query, "actor"),
            Subject = Text(query, "subject"),
            From = Number(query, "from", long.MaxValue),
            To = Number(query, "to", long.MaxValue),
            Before = Number(query, "after", long.MaxValue),
            Limit = (int?)Number(query, "limit", AuditQuery.MostRows) ?? 50,
        };
    }

    private static string? Text(IQueryCollection query, string name) => query[name].ToString() is { Length: > 0 } text ? text : null;

    private static long? Number(IQueryCollection query, string name, long most)
    {
        if (Text(query, name) is not { } text)
            return null;
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1 && number <= most
            ? number
            : throw Wrong(string.Create(CultureInfo.InvariantCulture, $"{name} '{text}' is not a whole number from 1 to {most}"));
    }

    private static AiOutliersException Wrong(string message) => new(ErrorKind.BadInput, message);
}

/// <param name="Changes">The newest first.</param>
/// <param name="Next">As <c>after</c> it gives the next page; null on the last.</param>
internal sealed record AuditAnswer(IReadOnlyList<AuditChange> Changes, long? Next);

/// <param name="At">Milliseconds since 1970.</param>
/// <param name="Actor">The key's name, the user, or whoever ran the command.</param>
/// <param name="Address">From where.</param>
/// <param name="Action">A verb.</param>
/// <param name="Subject">What was changed: its kind and its name.</param>
/// <param name="Before">What it was, without secrets.</param>
/// <param name="After">What it is since.</param>
internal sealed record AuditChange(
    long At, string Actor, string Address, string Action, string Subject, string? Before, string? After)
{
    public static AuditChange Of(AuditRow row) =>
        new(row.At, row.Actor, row.Address, row.Action, row.Subject, row.BeforeText, row.AfterText);
}
