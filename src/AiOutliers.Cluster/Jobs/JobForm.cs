using System.Reflection;
using Hangfire.Common;

namespace AiOutliers.Cluster.Jobs;

/// <summary>
/// The one form of a job that is run: <see cref="JobRunner.RunAsync"/> with a kind and its payload, or a kind's former
/// type with the payload's fields. The texts of Redis are compared with it; no type, no method and no argument is made
/// from them.
/// </summary>
/// <param name="kinds">The kinds that there are.</param>
internal sealed class JobForm(IReadOnlyList<JobKind> kinds)
{
    /// <summary>Characters of one field of a job; ours have some hundred.</summary>
    public const int LongestField = 8192;

    private static readonly MethodInfo Method = typeof(JobRunner).GetMethod(nameof(JobRunner.RunAsync))!;

    private static readonly ParameterInfo[] Parameters = Method.GetParameters();

    public static Job Of(JobPayload payload) =>
        new(typeof(JobRunner), Method, [payload.Kind.Name, payload.Json, null, CancellationToken.None]);

    /// <exception cref="RefusedJobException">It is any other job; the message says what differs.</exception>
    public Job Read(string? type, string? method, string? parameterTypes, string? arguments)
    {
        var former = kinds.FirstOrDefault(kind => kind.FormerType is { } name && KnownTypes.Is(type, name, typeof(JobRunner).Assembly));
        if (former is null && !KnownTypes.Is(type, typeof(JobRunner)))
            throw new RefusedJobException($"the type '{PrintableText.Of(type)}' is not a job");
        if (method != Method.Name)
            throw new RefusedJobException($"the method '{PrintableText.Of(method)}' is not a job");
        var types = StrictJson.Read<string?[]>(parameterTypes, "the parameter types are not a list of texts");
        if (types.Length != Parameters.Length
            || types.Zip(Parameters).Any(static pair => !KnownTypes.Is(pair.First, pair.Second.ParameterType)))
        {
            throw new RefusedJobException("the parameter types are not those of the job");
        }
        var texts = Texts(arguments);
        return Of(former is null ? PayloadOf(texts[0], texts[1]) : JobPayload.Checked(former, texts));
    }

    /// <summary>The payload of a job that <see cref="Read"/> let pass.</summary>
    /// <exception cref="RefusedJobException">The kind does not exist, or it does not allow this payload.</exception>
    public JobPayload PayloadOf(string? kind, string? json) => kinds.FirstOrDefault(known => known.Name == kind) is { } found
        ? JobPayload.Read(found, json ?? "")
        : throw new RefusedJobException($"'{PrintableText.Of(kind)}' is not a kind of job");

    /// <summary>Each argument is JSON in itself; the last two are given by the worker.</summary>
    private static string?[] Texts(string? arguments) =>
        StrictJson.Read<string?[]>(arguments, "the arguments are not a list of texts") is [var first, var second, null, null]
            ? [Text(first), Text(second)]
            : throw new RefusedJobException("the arguments are not two texts");

    private static string? Text(string? json) => json is null or "null" ? null : StrictJson.Read<string>(json, "an argument is not a text");
}
