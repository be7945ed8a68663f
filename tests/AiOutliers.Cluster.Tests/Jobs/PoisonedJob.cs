using System.Text.Json;
using StackExchange.Redis;

namespace AiOutliers.Cluster.Tests.Jobs;

/// <summary>A job as somebody who can write to Redis would put it there; what is null is left out.</summary>
/// <param name="Shape">What is wrong with it.</param>
/// <param name="Type">The type's name.</param>
/// <param name="Method">The method's name.</param>
/// <param name="ParameterTypes">JSON.</param>
/// <param name="Arguments">JSON.</param>
internal sealed record PoisonedJob(string Shape, string? Type, string? Method, string? ParameterTypes, string? Arguments)
{
    public const string Prefix = "{rb-aioutliers}:";

    /// <summary>As older versions wrote it: a model and a sensor as arguments.</summary>
    public const string Ours = "AiOutliers.Cluster.Jobs.TrainingRunner, AiOutliers.Cluster";

    public const string Runner = "AiOutliers.Cluster.Jobs.JobRunner, AiOutliers.Cluster";

    public static readonly string OurTypes = Json(
        "System.String, System.Private.CoreLib", "System.String, System.Private.CoreLib", "Hangfire.Server.PerformContext, Hangfire.Core",
        "System.Threading.CancellationToken, System.Private.CoreLib");

    public string Id { get; init; } = Guid.NewGuid().ToString();

    public string? State { get; init; } = "Enqueued";

    public string? CreatedAt { get; init; } = "1717200000000";

    public IReadOnlyList<(string Name, string Value)> More { get; init; } = [];

    public static PoisonedJob OfOurs(string shape, string? arguments) => new(shape, Ours, "RunAsync", OurTypes, arguments);

    /// <summary>A kind and its payload, as they are written now.</summary>
    public static PoisonedJob OfKind(string shape, string? kind, string? payload) => new(
        shape, Runner, "RunAsync", OurTypes, Json(kind is null ? null : JsonSerializer.Serialize(kind), payload is null ? null : JsonSerializer.Serialize(payload), null, null));

    public static PoisonedJob Static(string shape, string type, string method, string[] types, params object[] arguments) => new(
        shape, type, method, Json([.. types.Select(static name => $"System.{name}, System.Private.CoreLib")]),
        Json([.. arguments.Select(static value => JsonSerializer.Serialize(value))]));

    public static string Json(params string?[] values) => JsonSerializer.Serialize(values);

    public Task WriteAsync(IDatabase redis)
    {
        var fields = new (string Name, string? Value)[]
        {
            ("Type", Type), ("Method", Method), ("ParameterTypes", ParameterTypes), ("Arguments", Arguments), ("State", State), ("CreatedAt", CreatedAt),
        };
        var all = fields.Where(static field => field.Value is not null).Concat(More.Select(static field => (field.Name, Value: (string?)field.Value)));
        return redis.HashSetAsync($"{Prefix}job:{Id}", [.. all.Select(static field => new HashEntry(field.Name, field.Value))]);
    }
}
