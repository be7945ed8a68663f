using System.Globalization;

namespace AiOutliers.Benchmarks.History;

/// <param name="Rows">Which rows of the table; all where none is named.</param>
/// <param name="Seeds">Series a kind, in rows that are about invented series.</param>
/// <param name="Repeats">Questions of each sort, in rows that are about time.</param>
/// <param name="Questions">Different questions under load.</param>
internal sealed record HistoryOptions(IReadOnlyList<string> Rows, int Seeds = 200, int Repeats = 60, int Questions = 1000)
{
    /// <summary>Null for arguments that are not understood.</summary>
    public static HistoryOptions? Parse(IEnumerable<string> arguments, IReadOnlyCollection<string> known)
    {
        var options = new HistoryOptions([]);
        for (var left = new Queue<string>(arguments); left.TryDequeue(out var name);)
        {
            var next = known.Contains(name)
                ? options with { Rows = [.. options.Rows, name] }
                : left.TryDequeue(out var text) && int.TryParse(text, CultureInfo.InvariantCulture, out var number) && number > 0
                    ? options.With(name, number)
                    : null;
            if (next is null)
                return null;
            options = next;
        }
        return options;
    }

    private HistoryOptions? With(string name, int number) => name switch
    {
        "--seeds" => this with { Seeds = number },
        "--repeats" => this with { Repeats = number },
        "--questions" => this with { Questions = number },
        _ => null,
    };
}
