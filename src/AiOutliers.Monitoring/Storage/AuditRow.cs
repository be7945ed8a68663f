namespace AiOutliers.Monitoring.Storage;

/// <summary>One change.</summary>
public sealed record AuditRow
{
    public long Id { get; init; }

    /// <summary>Milliseconds since 1970.</summary>
    public long At { get; init; }

    /// <summary>The key's name, the user, or whoever ran the command.</summary>
    public string Actor { get; init; } = "";

    /// <summary>From where.</summary>
    public string Address { get; init; } = "";

    /// <summary>A verb.</summary>
    public string Action { get; init; } = "";

    /// <summary>What was changed: <c>Monitor/edge</c>.</summary>
    public string Subject { get; init; } = "";

    /// <summary>What it was, without secrets; null where there is nothing to tell.</summary>
    public string? BeforeText { get; init; }

    /// <summary>What it is since.</summary>
    public string? AfterText { get; init; }
}
