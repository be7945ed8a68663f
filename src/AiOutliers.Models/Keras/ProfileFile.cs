using System.Globalization;
using AiOutliers.Detection;
using AiOutliers.Detection.Detectors.Deep;
using Microsoft.Extensions.Configuration.Ini;

namespace AiOutliers.Models.Keras;

/// <summary>
/// A model's <c>.ini</c>: <c>[Columns]</c> metrics, timestamp; <c>[General]</c> avg_loss, std_loss, window_size, num_windows; and, in
/// files of our own,
/// <c>[Format]</c> version, weekday_encoding, trained_at, rows, sensor and <c>[Residuals]</c> <c>METRIC@MINUTES = mean, deviation,
/// centre, scale, sustained limit, apart limit</c>, <c>[Leaps]</c> <c>MINUTES = limit</c>, <c>[Comparison]</c> and
/// <c>[Losses]</c>. Keys are case-insensitive.
/// </summary>
public static class ProfileFile
{
    /// <summary>Far beyond any real model; a bound for hostile files.</summary>
    private const int MostColumns = 1000, MostRows = 100_000;

    /// <exception cref="AiOutliersException">The file cannot be used; the message names the key.</exception>
    public static AutoencoderProfile Read(Stream file)
    {
        var keys = Parse(file);
        var metrics = Names(keys, "Columns", "metrics");
        return new AutoencoderProfile
        {
            Metrics = metrics,
            Calendar = Names(keys, "Columns", "timestamp"),
            AverageLoss = Number(keys, "General", "avg_loss"),
            LossDeviation = Number(keys, "General", "std_loss"),
            WindowSize = Count(keys, "General", "window_size", MostRows),
            Windows = Count(keys, "General", "num_windows", MostRows / Count(keys, "General", "window_size", MostRows)),
            TrueWeekdays = Optional(keys, "Format", "weekday_encoding") switch
            {
                null => false,
                "one_hot" => true,
                var other => throw Wrong("Format", "weekday_encoding", $"is '{other}'; one_hot is known"),
            },
            Sensor = Optional(keys, "Format", "sensor"),
            Residuals = ResidualSection.Read(keys, metrics),
            Comparison = ComparisonSection.Read(keys),
        };
    }

    /// <summary>What the file says of the model's training; null in files of the old format.</summary>
    /// <exception cref="AiOutliersException">The file cannot be used; the message names the key.</exception>
    public static TrainingRecord? ReadTraining(Stream file)
    {
        var keys = Parse(file);
        if (Optional(keys, "Format", "trained_at") is not { } trained)
            return null;
        if (!DateTimeOffset.TryParse(trained, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
            throw Wrong("Format", "trained_at", "is not a time");
        if (!int.TryParse(Required(keys, "Format", "rows"), NumberStyles.None, CultureInfo.InvariantCulture, out var rows))
            throw Wrong("Format", "rows", "is not a number");
        return new(time, rows) { Losses = LossSection.Read(keys) };
    }

    private static IDictionary<string, string?> Parse(Stream file)
    {
        try
        {
            return IniStreamConfigurationProvider.Read(file);
        }
        catch (FormatException error)
        {
            var why = error.Message.Length > 200 ? error.Message[..200] + "…" : error.Message;
            throw new AiOutliersException(ErrorKind.UnusableModel, $"the .ini cannot be read: {why}", error);
        }
    }

    private static string[] Names(IDictionary<string, string?> keys, string section, string key)
    {
        var names = Required(keys, section, key).Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (names.Length is 0 or > MostColumns)
            throw Wrong(section, key, $"lists {names.Length} columns; 1 to {MostColumns} are allowed");
        return names.Distinct(StringComparer.Ordinal).Count() == names.Length ? names : throw Wrong(section, key, "names a column twice");
    }

    private static double Number(IDictionary<string, string?> keys, string section, string key) =>
        double.TryParse(Required(keys, section, key), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && double.IsFinite(number) && number >= 0
            ? number
            : throw Wrong(section, key, "is not a number of at least 0");

    private static int Count(IDictionary<string, string?> keys, string section, string key, int most) =>
        int.TryParse(Required(keys, section, key), NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            && 1 <= count && count <= most
            ? count
            : throw Wrong(section, key, $"is not a whole number from 1 to {most}");

    private static string Required(IDictionary<string, string?> keys, string section, string key) =>
        Optional(keys, section, key) ?? throw Wrong(section, key, "is missing");

    private static string? Optional(IDictionary<string, string?> keys, string section, string key) =>
        keys.TryGetValue($"{section}:{key}", out var value) && !string.IsNullOrWhiteSpace(value) ? value.Trim() : null;

    internal static AiOutliersException Wrong(string section, string key, string what) =>
        new(ErrorKind.UnusableModel, $"[{section}] {key} of the .ini {what}");
}
