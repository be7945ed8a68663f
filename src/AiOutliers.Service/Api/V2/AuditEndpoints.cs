using AiOutliers.Detection;
using AiOutliers.Monitoring.Storage;
using AiOutliers.Service.Security;

namespace AiOutliers.Service.Api.V2;

/// <summary>Who changed what: for admins.</summary>
internal static class AuditEndpoints
{
    private static readonly IReadOnlyList<(string Name, string Type, string Words)> Parameters =
    [
        ("actor", "string", "Of one key or user."),
        ("subject", "string",
            "Of one thing (Monitor/edge), or of all of a kind (Monitor, Contact, Route, Incident, Key, Job, Model)."),
        ("from", "string", $"At this time or later: {RequestTime.Words}."),
        ("to", "string", "Before this time."),
        ("limit", "integer", $"The most rows, 50 when missing, at most {AuditQuery.MostRows}."),
        ("after", "integer", "What the page before gave as next."),
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
        query.CheckNames([.. Parameters.Select(static own => own.Name)]);
        return new()
        {
            Actor = query.Text("actor"),
            Subject = query.Text("subject"),
            From = query.Time("from"),
            To = query.Time("to"),
            Before = query.Whole("after", long.MaxValue),
            Limit = (int?)query.Whole("limit", AuditQuery.MostRows) ?? 50,
        };
    }
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
