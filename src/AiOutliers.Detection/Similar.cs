namespace AiOutliers.Detection;

/// <summary>Finds what somebody may have meant by a misspelt name.</summary>
public static class Similar
{
    /// <summary>One letter in three may be wrong, and one of a word that has three at least.</summary>
    private const int LettersPerMistake = 3;

    /// <summary>A longer word is not a misspelt name.</summary>
    private const int Longest = 100;

    /// <summary><c> Did you mean 'bytes'?</c> with a blank before it; nothing where nothing is similar.</summary>
    public static string Hint(string word, IEnumerable<string> known) =>
        Of(word, known) is { } similar ? $" Did you mean '{similar}'?" : "";

    /// <summary>The most similar of the known names; null where none is.</summary>
    public static string? Of(string word, IEnumerable<string> known)
    {
        if (word.Length is 0 or > Longest)
            return null;
        var (best, least) = ((string?)null, word.Length / LettersPerMistake + 1);
        foreach (var name in known.Where(name => name.Length <= Longest && name != word))
        {
            var distance = name.StartsWith(word, StringComparison.OrdinalIgnoreCase) && word.Length > 2 ? 1 : Distance(word, name);
            if (distance < least)
                (best, least) = (name, distance);
        }
        return best;
    }

    /// <summary>
    /// Letters to add, to take out, to change, or to swap with their neighbour (optimal string alignment); the case does not count.
    /// </summary>
    private static int Distance(string one, string other)
    {
        var rows = new int[one.Length + 1, other.Length + 1];
        for (var i = 0; i <= one.Length; i++)
            rows[i, 0] = i;
        for (var j = 0; j <= other.Length; j++)
            rows[0, j] = j;
        for (var i = 1; i <= one.Length; i++)
        {
            for (var j = 1; j <= other.Length; j++)
            {
                var changed = rows[i - 1, j - 1] + (IsSame(one[i - 1], other[j - 1]) ? 0 : 1);
                rows[i, j] = Math.Min(changed, Math.Min(rows[i - 1, j], rows[i, j - 1]) + 1);
                if (i > 1 && j > 1 && IsSame(one[i - 1], other[j - 2]) && IsSame(one[i - 2], other[j - 1]))
                    rows[i, j] = Math.Min(rows[i, j], rows[i - 2, j - 2] + 1);
            }
        }
        return rows[one.Length, other.Length];
    }

    private static bool IsSame(char one, char other) => char.ToLowerInvariant(one) == char.ToLowerInvariant(other);
}
