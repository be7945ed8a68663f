using System.Globalization;

namespace AiOutliers.Cluster.Tests.Jobs;

/// <summary>What one attempt to train a model wrote into the journal.</summary>
/// <param name="Model">The model.</param>
/// <param name="From">Its first step, ms.</param>
/// <param name="To">Its last sign of life, ms.</param>
/// <param name="Ended">Whether it came to its end.</param>
internal sealed record JournalAttempt(string Model, long From, long To, bool Ended)
{
    public static IReadOnlyList<JournalAttempt> Read(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(stream);
        return
        [
            .. from line in reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries)
               let parts = line.Split(' ')
               where parts.Length == 4
               let time = long.Parse(parts[2], CultureInfo.InvariantCulture)
               group (Time: time, Step: parts[3]) by (Attempt: parts[0], Model: parts[1]) into attempt
               select new JournalAttempt(attempt.Key.Model, attempt.Min(step => step.Time), attempt.Max(step => step.Time), attempt.Any(step => step.Step == "end")),
        ];
    }

    /// <summary>Pairs of attempts on the same model at the same time.</summary>
    public static IReadOnlyList<(JournalAttempt, JournalAttempt)> Overlaps(IReadOnlyList<JournalAttempt> attempts) =>
    [
        .. from one in attempts.Index()
           from other in attempts.Index()
           where one.Index < other.Index && one.Item.Model == other.Item.Model && one.Item.From <= other.Item.To && other.Item.From <= one.Item.To
           select (one.Item, other.Item),
    ];
}
