using System.Text.Json;

namespace AiOutliers.Service.Api.V2;

/// <summary>Reads the members of a JSON object one by one; what is wrong is collected by JSON pointer. Null counts as not there.</summary>
internal sealed class JsonMembers
{
    private readonly IReadOnlyDictionary<string, JsonElement> _members;
    private readonly string _pointer;
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    public JsonMembers(IReadOnlyDictionary<string, JsonElement> members, string pointer, RequestErrors errors) =>
        (_members, _pointer, Errors) = (members, pointer, errors);

    public RequestErrors Errors { get; }

    /// <summary>The members that are there and not null.</summary>
    public IEnumerable<string> Names =>
        _members.Where(static member => member.Value.ValueKind != JsonValueKind.Null).Select(static member => member.Key);

    public string Pointer(string name) =>
        $"{_pointer}/{name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}";

    public JsonElement? Value(string name)
    {
        _known.Add(name);
        return _members.TryGetValue(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
    }

    public string? Text(string name)
    {
        if (Value(name) is not { } value)
            return null;
        if (value.ValueKind == JsonValueKind.String && TextOf(value) is { } text)
            return text;
        Errors.Add(Pointer(name), "takes a text");
        return null;
    }

    public string? Choice(string name, IReadOnlyCollection<string> allowed)
    {
        if (Text(name) is not { } text)
            return null;
        if (allowed.Contains(text))
            return text;
        Errors.Add(Pointer(name), $"'{text}' is not allowed; it takes {string.Join(", ", allowed)}");
        return null;
    }

    public int? Integer(string name, int minimum, int maximum)
    {
        if (Value(name) is not { } value)
            return null;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number >= minimum && number <= maximum)
            return number;
        Errors.Add(Pointer(name), $"takes a whole number from {minimum} to {maximum}");
        return null;
    }

    /// <summary>A list of texts, or one text.</summary>
    public IReadOnlyList<string>? Texts(string name)
    {
        if (Value(name) is not { } value)
            return null;
        string?[] texts = value.ValueKind switch
        {
            JsonValueKind.String => [TextOf(value)],
            JsonValueKind.Array =>
                [.. value.EnumerateArray().Select(static item => item.ValueKind == JsonValueKind.String ? TextOf(item) : null)],
            _ => [null],
        };
        if (texts.All(static text => !string.IsNullOrEmpty(text)))
            return texts!;
        Errors.Add(Pointer(name), "takes a list of texts");
        return null;
    }

    /// <summary>Null where it is not there, or not an object.</summary>
    public JsonMembers? Object(string name)
    {
        if (Value(name) is not { } value)
            return null;
        if (value.ValueKind == JsonValueKind.Object)
            return new(Members(value), Pointer(name), Errors);
        Errors.Add(Pointer(name), "takes an object");
        return null;
    }

    /// <summary>Whatever nobody asked for is a mistake: a misspelt member must not be passed over.</summary>
    public void End()
    {
        foreach (var name in _members.Keys.Where(name => !_known.Contains(name)))
            Errors.Add(Pointer(name), $"is not known; there are: {string.Join(", ", _known)}");
    }

    private static Dictionary<string, JsonElement> Members(JsonElement value)
    {
        var members = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var member in value.EnumerateObject())
            members[member.Name] = member.Value;
        return members;
    }

    /// <summary>Half of a surrogate pair is valid JSON and not a text.</summary>
    private static string? TextOf(JsonElement value)
    {
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
