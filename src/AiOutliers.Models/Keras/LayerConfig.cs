using System.Text.Json;
using AiOutliers.Detection;
using AiOutliers.Detection.Neural;

namespace AiOutliers.Models.Keras;

/// <summary>
/// One layer of <c>config.json</c>. Options are read one by one; <see cref="Finish"/> refuses those that nobody read and that are switched
/// on, so that a model never runs as something else than it was.
/// </summary>
internal sealed class LayerConfig
{
    /// <summary>Options that do not change what a layer computes: names, hints to TensorFlow, and what only training looks at.</summary>
    private static readonly HashSet<string> Ignored = new(StringComparer.Ordinal)
    {
        "name", "trainable", "dtype", "seed", "unroll", "implementation",
        "unit_forget_bias", "noise_shape", "synchronized", "renorm_momentum",
        "activity_regularizer", "dropout", "recurrent_dropout", "momentum",
        "batch_input_shape", "quantization_config", "zero_output_for_mask",
    };

    private static readonly string[] IgnoredEndings = ["_initializer", "_regularizer", "_constraint"];

    private readonly JsonElement _options;
    private readonly HashSet<string> _read = new(StringComparer.Ordinal);

    public LayerConfig(JsonElement layer)
    {
        Class = Text(layer, "class_name");
        _options = Object(layer, "config");
        Name = Text(_options, "name");
        CheckPrecision();
    }

    public string Class { get; }

    public string Name { get; }

    public int Integer(string option) =>
        Value(option) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt32(out var number)
            ? number
            : throw Wrong(option, "a whole number");

    public double Number(string option, double missing) => Value(option) switch
    {
        { ValueKind: JsonValueKind.Undefined } => missing,
        { ValueKind: JsonValueKind.Number } value => value.GetDouble(),
        _ => throw Wrong(option, "a number"),
    };

    public bool Flag(string option, bool missing) => Value(option).ValueKind switch
    {
        JsonValueKind.Undefined => missing,
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw Wrong(option, "true or false"),
    };

    public string Word(string option, string missing) => Value(option) switch
    {
        { ValueKind: JsonValueKind.Undefined } => missing,
        { ValueKind: JsonValueKind.String } value => value.GetString()!,
        _ => throw Wrong(option, "a word"),
    };

    /// <summary>A list of whole numbers; a single one counts as a list.</summary>
    public int[] Integers(string option)
    {
        var value = Value(option);
        if (value.ValueKind == JsonValueKind.Number)
            return [Integer(option)];
        return value.ValueKind == JsonValueKind.Array
            && value.EnumerateArray().All(static item => item.ValueKind == JsonValueKind.Number && item.TryGetInt32(out _))
            ? [.. value.EnumerateArray().Select(static item => item.GetInt32())]
            : throw Wrong(option, "a list of whole numbers");
    }

    /// <summary>The shape of one example: the batch, which comes first, is left out.</summary>
    public Shape ExampleShape()
    {
        var option = Value("batch_shape").ValueKind == JsonValueKind.Array ? "batch_shape" : "batch_input_shape";
        var shape = Value(option);
        if (shape.ValueKind != JsonValueKind.Array || shape.GetArrayLength() < 2)
            throw Wrong(option, "the batch and at least one dimension");
        var sizes = shape.EnumerateArray().Skip(1).Select(size => size.ValueKind == JsonValueKind.Number && size.TryGetInt32(out var number)
            ? number
            : throw Wrong(option, "fixed sizes after the batch")).ToArray();
        return new(sizes);
    }

    public ActivationFunction Activation(string option, string missing)
    {
        var word = Word(option, missing);
        return Enum.TryParse<ActivationFunction>(word, ignoreCase: true, out var function) && char.IsAsciiLetter(word[0])
            ? function
            : throw Unsupported($"the activation '{word}'");
    }

    /// <summary>The layer that a wrapper holds.</summary>
    public LayerConfig Inner(string option) =>
        new(Value(option) is { ValueKind: JsonValueKind.Object } value ? value : throw Wrong(option, "a layer"));

    /// <summary>The raw value of an option, null when it is missing or null.</summary>
    public JsonElement? Optional(string option) =>
        Value(option) is { ValueKind: not JsonValueKind.Undefined and not JsonValueKind.Null } value ? value : null;

    /// <exception cref="AiOutliersException">An option that nobody read has another value than null, false or empty.</exception>
    public void Finish()
    {
        foreach (var option in _options.EnumerateObject())
        {
            var known = _read.Contains(option.Name) || Ignored.Contains(option.Name)
                || IgnoredEndings.Any(ending => option.Name.EndsWith(ending, StringComparison.Ordinal));
            if (!known && option.Value.ValueKind is not (JsonValueKind.Null or JsonValueKind.False))
                throw Unsupported($"the option '{option.Name}' with the value {Shortened(option.Value)}");
        }
    }

    public AiOutliersException Unsupported(string what) =>
        new(ErrorKind.UnusableModel, $"{what} of the layer '{Name}' ({Class}) is not supported");

    private void CheckPrecision()
    {
        if (!_options.TryGetProperty("dtype", out var dtype) || dtype.ValueKind == JsonValueKind.Null)
            return;
        var policy = dtype.ValueKind == JsonValueKind.Object
            ? Text(Object(dtype, "config"), "name")
            : dtype.ValueKind == JsonValueKind.String ? dtype.GetString() : "";
        if (policy is not ("float32" or "mixed_float16"))
            throw Unsupported($"the dtype '{policy}'");
    }

    private JsonElement Value(string option)
    {
        _read.Add(option);
        return _options.TryGetProperty(option, out var value) ? value : default;
    }

    private AiOutliersException Wrong(string option, string expected) =>
        new(ErrorKind.UnusableModel, $"the option '{option}' of the layer '{Name}' ({Class}) is missing or not {expected}");

    private static string Shortened(JsonElement value) =>
        value.GetRawText() is { Length: > 60 } text ? text[..60] + "…" : value.GetRawText();

    internal static string Text(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()!
            : throw new AiOutliersException(ErrorKind.UnusableModel, $"the configuration lacks '{name}' where it is needed");

    internal static JsonElement Object(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Object
            ? value
            : throw new AiOutliersException(ErrorKind.UnusableModel, $"the configuration lacks '{name}' where it is needed");
}
