using System.Globalization;

namespace AiOutliers.Cluster.Tests.Jobs;

/// <summary>What one attempt to train a model wrote into the journal.</summary>
/// <param name="Model">The model.</param>
/// <param name="From">Its first step, ms.</param>
/// <param name="To">Its last sign of life, ms.</param>
/// <param name="Ended">Whether it came to its end.</param>
internal sealed record JournalAttempt(string Model, long From, long To, bool Ended)
{
    /// <param name="folder">Holds a file for each attempt.</param>
    public static IReadOnlyList<JournalAttempt> ReadAll(string folder) => [.. Directory.GetFiles(folder).Select(Read).OfType<JournalAttempt>()];

    /// <summary>Null when there is no whole line yet.</summary>
    private static JournalAttempt? Read(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(stream);
        // What follows the last line's end is half a line, of a process that was killed or writes just now.
        var lines = reader.ReadToEnd().Split('\n')[..^1].Select(line => line.Split(' ')).ToList();
        return lines.Count == 0 ? null : new(lines[0][0], Time(lines[0]), Time(lines[^1]), lines[^1][2] == "end");

        static long Time(string[] line) => long.Parse(line[1], CultureInfo.InvariantCulture);
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
