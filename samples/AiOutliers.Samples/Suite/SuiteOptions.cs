using System.Globalization;

namespace AiOutliers.Samples.Suite;

/// <summary>What to write: <c>suite --folder DIR --seeds FROM..TO [--types A,B] [--days N] [--step MINUTES]</c>.</summary>
/// <param name="FirstSeed">The first seed of every type.</param>
/// <param name="LastSeed">The last seed, included.</param>
internal sealed record SuiteOptions(string Folder, int FirstSeed, int LastSeed, IReadOnlyList<SuiteType> Types, int Days, int StepMinutes)
{
    public const string Usage =
        "usage: suite --folder DIR --seeds FROM..TO [--types TYPE,TYPE…] [--days N, at least 4] [--step MINUTES, a divisor of 1440]";

    /// <summary>Null for a command line that does not say what to write.</summary>
    public static SuiteOptions? Parse(ReadOnlySpan<string> arguments)
    {
        var options = new SuiteOptions("", 0, -1, Enum.GetValues<SuiteType>(), 14, 5);
        for (; arguments is [var name, var value, ..]; arguments = arguments[2..])
        {
            var next = name switch
            {
                "--folder" => options with { Folder = value },
                "--seeds" when value.Split("..") is [var from, var to] => options with { FirstSeed = Number(from), LastSeed = Number(to) },
                "--types" => options with { Types = TypesOf(value) },
                "--days" => options with { Days = Number(value) },
                "--step" => options with { StepMinutes = Number(value) },
                _ => null,
            };
            if (next is null)
                return null;
            options = next;
        }
        return arguments.IsEmpty && options.IsValid ? options : null;
    }

    private bool IsValid => Folder != "" && FirstSeed >= 0 && LastSeed >= FirstSeed && Types.Count > 0
        && Days >= 4 && StepMinutes > 0 && 1440 % StepMinutes == 0;

    /// <summary>−1, which no option takes, for what is not a number.</summary>
    private static int Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1;

    /// <summary>Empty, which is not valid, if a name is not known.</summary>
    private static SuiteType[] TypesOf(string names)
    {
        var known = Enum.GetValues<SuiteType>().ToDictionary(SuiteFiles.NameOf);
        var given = names.Split(',');
        return given.All(known.ContainsKey) ? [.. given.Select(name => known[name])] : [];
    }
}
