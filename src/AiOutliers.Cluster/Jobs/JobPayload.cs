using System.Text.Json;

namespace AiOutliers.Cluster.Jobs;

/// <summary>What one job is to do: texts that its kind allows, and nothing else.</summary>
public sealed class JobPayload
{
    private readonly IReadOnlyList<string?> _values;

    private JobPayload(JobKind kind, IReadOnlyList<string?> values) => (Kind, _values) = (kind, values);

    public JobKind Kind { get; }

    /// <summary>What the job is about.</summary>
    public string Subject => _values[0]!;

    /// <summary>Names the subject among those of all kinds.</summary>
    internal string Key => $"{Kind.Fields[0].Name}:{Subject}";

    /// <summary>The fields that are there, in their order.</summary>
    public IEnumerable<KeyValuePair<string, string>> Fields =>
        Kind.Fields.Zip(_values)
            .Where(static pair => pair.Second is not null)
            .Select(static pair => KeyValuePair.Create(pair.First.Name, pair.Second!));

    /// <param name="kind">The kind.</param>
    /// <param name="values">A text for each of its fields; null for one that is left out.</param>
    /// <exception cref="ArgumentException">The kind does not allow it.</exception>
    public static JobPayload Of(JobKind kind, params IReadOnlyList<string?> values)
    {
        try
        {
            return Checked(kind, values);
        }
        catch (RefusedJobException refusal)
        {
            throw new ArgumentException(refusal.Message, nameof(values), refusal);
        }
    }

    /// <summary>The field's text; null when it was left out.</summary>
    public string? Value(string field) => Fields.Where(pair => pair.Key == field).Select(static pair => pair.Value).FirstOrDefault();

    internal string Json => JsonSerializer.Serialize(Fields.ToDictionary());

    /// <exception cref="RefusedJobException">The kind does not allow it.</exception>
    internal static JobPayload Read(JobKind kind, string json)
    {
        var texts = StrictJson.Read<Dictionary<string, string?>>(json, "the payload is not an object of texts");
        var unknown = texts.Keys.FirstOrDefault(name => kind.Fields.All(field => field.Name != name));
        return unknown is null
            ? Checked(kind, [.. kind.Fields.Select(field => texts.GetValueOrDefault(field.Name))])
            : throw new RefusedJobException($"'{PrintableText.Of(unknown)}' is not a field of '{kind.Name}'");
    }

    /// <exception cref="RefusedJobException">The kind does not allow it.</exception>
    internal static JobPayload Checked(JobKind kind, IReadOnlyList<string?> values)
    {
        if (values.Count != kind.Fields.Count)
            throw new RefusedJobException($"'{kind.Name}' takes {kind.Fields.Count} texts");
        foreach (var (field, value) in kind.Fields.Zip(values))
        {
            if (!field.Allows(value))
            {
                throw new RefusedJobException(
                    value is null ? $"'{field.Name}' is missing" : $"the {field.Name} '{PrintableText.Of(value)}' is not allowed");
            }
        }
        return new(kind, values);
    }
}
