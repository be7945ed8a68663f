using System.Globalization;
using AiOutliers.Detection;
using AiOutliers.Detection.Detectors.Autoencoder;
using Microsoft.Extensions.Configuration.Ini;

namespace AiOutliers.Keras;

/// <summary>
/// A model's <c>.ini</c>: <c>[Columns]</c> metrics, timestamp; <c>[General]</c> avg_loss, std_loss, window_size, num_windows; and, in files of our own,
/// <c>[Format]</c> version, weekday_encoding, trained_at, rows, sensor and <c>[Residuals]</c> <c>METRIC@MINUTES = mean, deviation, centre, scale,
/// sustained limit</c>. Keys are case-insensitive.
/// </summary>
public static class ProfileFile
{
    /// <summary>Far beyond any real model; a bound for hostile files.</summary>
    private const int MostColumns = 1000, MostRows = 100_000;

    private const string ResidualSection = "Residuals";

    /// <exception cref="AiOutliersException">The file cannot be used; the message names the key.</exception>
    public static AutoencoderProfile Read(Stream file)
    {
        var keys = Parse(file);
        return new AutoencoderProfile
        {
            Metrics = Names(keys, "Columns", "metrics"),
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
            throw Wrong("Format", "trained_at", "is no time");
        if (!int.TryParse(Required(keys, "Format", "rows"), NumberStyles.None, CultureInfo.InvariantCulture, out var rows))
            throw Wrong("Format", "rows", "is no number");
        return new(time, rows, Residuals(keys, Names(keys, "Columns", "metrics")));
    }

    /// <param name="metric">The column.</param>
    /// <param name="minutes">Minutes from row to row.</param>
    internal static string ResidualKey(string metric, double minutes) => string.Create(CultureInfo.InvariantCulture, $"{metric}@{minutes:R}");

    /// <summary>In the order of the columns, and of one column from the finest granularity; keys of other columns are ignored.</summary>
    private static ResidualLimits[] Residuals(IDictionary<string, string?> keys, string[] metrics)
    {
        const string Prefix = ResidualSection + ":";
        var found = new List<(int Column, ResidualLimits Limits)>();
        foreach (var (key, value) in keys.Where(static pair => pair.Key.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)))
        {
            var at = key.LastIndexOf('@');
            var column = at < 0 ? -1 : Array.FindIndex(metrics, metric => metric.AsSpan().Equals(key.AsSpan(Prefix.Length..at), StringComparison.OrdinalIgnoreCase));
            if (column < 0)
                continue;
            if (!double.TryParse(key.AsSpan(at + 1), NumberStyles.Float, CultureInfo.InvariantCulture, out var minutes) || !(minutes > 0))
                throw Wrong(ResidualSection, key[Prefix.Length..], "does not end in minutes");
            found.Add((column, Residual(metrics[column], minutes, value)));
        }
        return [.. found.OrderBy(static item => item.Column).ThenBy(static item => item.Limits.GranularityMinutes).Select(static item => item.Limits)];
    }

    private static ResidualLimits Residual(string metric, double minutes, string? value)
    {
        var numbers = (value ?? "").Split(',').Select(static part =>
            double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : double.NaN).ToArray();
        return numbers is [var mean, var deviation, var centre, var scale, var limit] && !numbers.Contains(double.NaN)
            ? new(metric, minutes, mean, deviation, centre, scale, limit)
            : throw Wrong(ResidualSection, ResidualKey(metric, minutes), "is not five numbers: mean, deviation, centre, scale, sustained limit");
    }

    private static IDictionary<string, string?> Parse(Stream file)
    {
        try
        {
            return IniStreamConfigurationProvider.Read(file);
        }
        catch (FormatException error)
        {
            throw new AiOutliersException(ErrorKind.UnusableModel, $"the .ini cannot be read: {error.Message}", error);
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
        double.TryParse(Required(keys, section, key), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) && number >= 0
            ? number
            : throw Wrong(section, key, "is no number of at least 0");

    private static int Count(IDictionary<string, string?> keys, string section, string key, int most) =>
        int.TryParse(Required(keys, section, key), NumberStyles.None, CultureInfo.InvariantCulture, out var count) && 1 <= count && count <= most
            ? count
            : throw Wrong(section, key, $"is no whole number from 1 to {most}");

    private static string Required(IDictionary<string, string?> keys, string section, string key) => Optional(keys, section, key) ?? throw Wrong(section, key, "is missing");

    private static string? Optional(IDictionary<string, string?> keys, string section, string key) =>
        keys.TryGetValue($"{section}:{key}", out var value) && !string.IsNullOrWhiteSpace(value) ? value.Trim() : null;

    private static AiOutliersException Wrong(string section, string key, string what) => new(ErrorKind.UnusableModel, $"[{section}] {key} of the .ini {what}");
}
