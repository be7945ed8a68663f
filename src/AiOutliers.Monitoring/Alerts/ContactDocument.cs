using System.Text.Json.Nodes;

namespace AiOutliers.Monitoring.Alerts;

/// <summary>Somebody who gets messages about incidents.</summary>
/// <param name="Name">Names the contact.</param>
/// <param name="Type">How messages are sent.</param>
/// <param name="Values">What the type needs, as it was written: a secret may be <c>env:NAME</c> or <c>file:PATH</c>.</param>
/// <param name="To">Addresses, of an e-mail.</param>
/// <param name="Template">The text of a message in Liquid; null takes the usual one.</param>
public sealed record ContactDocument(
    string Name, ContactType Type, IReadOnlyDictionary<string, string> Values, IReadOnlyList<string> To, string? Template)
{
    public const string Kind = "Contact";

    /// <summary>What stands for a secret wherever it would be shown.</summary>
    public const string Hidden = "…";

    public required JsonObject Json { get; init; }

    /// <summary>As it may be shown: every secret is hidden, but for where it comes from.</summary>
    public JsonObject Shown
    {
        get
        {
            var shown = Json.DeepClone().AsObject();
            if (shown["spec"]?[Type.Name] is JsonObject values)
            {
                foreach (var key in Type.Secrets.Where(key => Values.TryGetValue(key, out var secret) && !SecretValue.IsReference(secret)))
                    values[key] = Hidden;
            }
            return shown;
        }
    }

    /// <summary>The value, read from where it says; null when there is none.</summary>
    /// <exception cref="Detection.AiOutliersException">A variable or file that it names is not there.</exception>
    internal string? Value(string key) => Values.TryGetValue(key, out var text) ? SecretValue.Read(text, Name, key) : null;

    /// <summary>Somebody else's words, without what they repeat of the contact's secrets.</summary>
    internal string WithoutSecrets(string words) => Type.Secrets.Select(Value).OfType<string>().SelectMany(SecretValue.Parts)
        .OrderByDescending(static part => part.Length)
        .Aggregate(words, static (rest, part) => rest.Replace(part, Hidden, StringComparison.Ordinal));
}
