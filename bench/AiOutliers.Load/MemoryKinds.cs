using System.Globalization;

namespace AiOutliers.Load;

/// <summary>What a process' memory (PSS) is made of, in MB, told by the addresses and names of its mappings.</summary>
/// <param name="Managed">The collector's reserved range.</param>
/// <param name="Code">What the compiler has made.</param>
/// <param name="Library">The C library's heap and its arenas.</param>
/// <param name="Files">Programs and libraries.</param>
/// <param name="Other">The rest: the database's allocator, stacks, the runtime's tables.</param>
internal sealed record MemoryKinds(double Managed, double Code, double Library, double Files, double Other)
{
    private const long ArenaBytes = 64L << 20, ManagedBytes = 32L << 30;

    public double All => Managed + Code + Library + Files + Other;

    public static MemoryKinds Of(int processId)
    {
        var kinds = new MemoryKinds(0, 0, 0, 0, 0);
        // The collector reserves one range of hundreds of gigabytes, of which it opens parts: mappings that touch are one run.
        foreach (var run in Runs([.. Mapping.AllOf(processId)]))
        {
            var isManaged = run[^1].End - run[0].Start >= ManagedBytes;
            foreach (var mapping in run)
                kinds = kinds.With(mapping, isManaged);
        }
        return kinds;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{All:0} = managed {Managed:0} + code {Code:0.0} + C library {Library:0.0} + other {Other:0} + files {Files:0}");

    private MemoryKinds With(Mapping mapping, bool isManaged) => mapping switch
    {
        _ when mapping.Name.Contains("doublemapper", StringComparison.Ordinal) => this with { Code = Code + mapping.Pss },
        _ when mapping.Name.StartsWith('/') => this with { Files = Files + mapping.Pss },
        _ when isManaged => this with { Managed = Managed + mapping.Pss },
        { Name: "[heap]" } => this with { Library = Library + mapping.Pss },
        { Name: "" } when mapping.Start % ArenaBytes == 0 && mapping.End - mapping.Start <= ArenaBytes =>
            this with { Library = Library + mapping.Pss },
        _ => this with { Other = Other + mapping.Pss },
    };

    private static IEnumerable<List<Mapping>> Runs(IReadOnlyList<Mapping> mappings)
    {
        var run = new List<Mapping>();
        foreach (var mapping in mappings)
        {
            if (run.Count > 0 && (run[^1].End != mapping.Start || run[^1].Name != mapping.Name))
            {
                yield return run;
                run = [];
            }
            run.Add(mapping);
        }
        if (run.Count > 0)
            yield return run;
    }

    /// <param name="Start">Its first address.</param>
    /// <param name="End">The address behind it.</param>
    /// <param name="Name">A file, a name in brackets, or nothing.</param>
    /// <param name="Pss">The process' share, in MB.</param>
    private readonly record struct Mapping(long Start, long End, string Name, double Pss)
    {
        public static IEnumerable<Mapping> AllOf(int processId)
        {
            Mapping? open = null;
            foreach (var line in File.ReadLines($"/proc/{processId}/smaps"))
            {
                var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
                if (words[0] == "Pss:" && open is { } one)
                    yield return one with { Pss = double.Parse(words[1], CultureInfo.InvariantCulture) / 1000 };
                else if (!words[0].EndsWith(':'))
                    open = Head(words);
            }
        }

        private static Mapping? Head(string[] words) =>
            words[0].Split('-') is [var start, var end]
            && long.TryParse(start, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var from)
            && long.TryParse(end, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var until)
                ? new(from, until, words.Length > 5 ? string.Join(' ', words[5..]) : "", 0)
                : null;
    }
}
