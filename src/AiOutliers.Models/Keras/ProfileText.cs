using System.Globalization;
using System.Text;
using AiOutliers.Detection;
using AiOutliers.Detection.Detectors.Deep;

namespace AiOutliers.Models.Keras;

/// <summary>
/// Writes a model's <c>.ini</c>; <see cref="ProfileFile"/> reads it. Readers of the old format see their keys and ignore the sections
/// below.
/// </summary>
internal static class ProfileText
{
    /// <param name="profile">Columns, slices, thresholds.</param>
    /// <param name="training">Null where nothing is known of the training.</param>
    /// <exception cref="AiOutliersException">A name has characters that an .ini cannot hold.</exception>
    public static byte[] Write(AutoencoderProfile profile, TrainingRecord? training)
    {
        var text = new StringBuilder();
        Section("Columns", ("metrics", string.Join(", ", profile.Metrics)), ("timestamp", string.Join(", ", profile.Calendar)));
        Section("General", ("avg_loss", Number(profile.AverageLoss)), ("std_loss", Number(profile.LossDeviation)),
            ("window_size", Number(profile.WindowSize)), ("num_windows", Number(profile.Windows)));
        Section("Format", [.. Format(profile, training)]);
        Section(ResidualSection.Name, [.. Residuals(profile)]);
        Section(ResidualSection.Leaps, [.. LeapLimits(profile)]);
        Section(ComparisonSection.Name, [.. ComparisonSection.Write(profile.Comparison)]);
        Section(LossSection.Name, [.. LossSection.Write(training?.Losses)]);
        var content = Encoding.UTF8.GetBytes(text.ToString());
        Check(content, profile);
        return content;

        void Section(string name, params (string Key, string Value)[] keys)
        {
            if (keys.Length == 0)
                return;
            text.Append(text.Length == 0 ? "" : "\n").Append(CultureInfo.InvariantCulture, $"[{name}]\n");
            foreach (var (key, value) in keys)
                text.Append(CultureInfo.InvariantCulture, $"{key} = {value}\n");
        }
    }

    private static IEnumerable<(string Key, string Value)> Format(AutoencoderProfile profile, TrainingRecord? training)
    {
        if (training is null && !profile.TrueWeekdays && profile.Sensor is null)
            yield break;
        yield return ("version", "2");
        if (profile.TrueWeekdays)
            yield return ("weekday_encoding", "one_hot");
        if (training is not null)
        {
            yield return ("trained_at", training.TrainedAt.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture));
            yield return ("rows", Number(training.Rows));
        }
        if (profile.Sensor is not null)
            yield return ("sensor", profile.Sensor);
    }

    private static IEnumerable<(string Key, string Value)> Residuals(AutoencoderProfile profile) =>
        from column in Enumerable.Range(0, profile.Metrics.Count)
        from entry in profile.Residuals
        let ordinary = entry.Metrics[column]
        let known = new[] { ordinary.Mean, ordinary.Deviation, ordinary.Centre, ordinary.Scale, ordinary.SustainedLimit }
        let numbers = double.IsFinite(ordinary.ApartLimit) ? [.. known, ordinary.ApartLimit] : known
        select (ResidualSection.Key(profile.Metrics[column], entry.Minutes), string.Join(", ", numbers.Select(Number)));

    private static IEnumerable<(string Key, string Value)> LeapLimits(AutoencoderProfile profile) =>
        from entry in profile.Residuals
        where double.IsFinite(entry.LeapLimit)
        select (Number(entry.Minutes), Number(entry.LeapLimit));

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>
    /// Sensors and metrics are named by users: whatever does not survive the format (line breaks, =, quotes around) is found by reading
    /// it back.
    /// </summary>
    private static void Check(byte[] content, AutoencoderProfile profile)
    {
        AiOutliersException? reason = null;
        try
        {
            // The Python service takes a colon for the end of a key.
            var colon = profile.Metrics.Any(static metric => metric.Contains(':'));
            var again = ProfileFile.Read(new MemoryStream(content));
            if (!colon && again.Sensor == profile.Sensor && again.Metrics.SequenceEqual(profile.Metrics)
                && again.Calendar.SequenceEqual(profile.Calendar)
                && Residuals(again).SequenceEqual(Residuals(profile)))
            {
                return;
            }
        }
        catch (AiOutliersException error)
        {
            reason = error;
        }
        throw new AiOutliersException(ErrorKind.BadInput,
            "the model's .ini cannot hold its metrics' or its sensor's names: "
            + "no line breaks, quotes around them or spaces at the ends, and in metrics "
            + $"no '=', ',' or ':'{(reason is null ? "" : $" ({reason.Message})")}", reason);
    }
}
