using System.Globalization;

namespace AiOutliers.Service.Hosting;

/// <summary>A file, or a part of it, in the memory of this process, as <c>/proc/self/smaps</c> shows it (proc_pid_smaps(5)).</summary>
/// <param name="From">The first byte.</param>
/// <param name="To">Behind the last byte.</param>
/// <param name="Rights">Four letters: read, write, execute, and shared or private.</param>
/// <param name="File">Its path.</param>
/// <param name="HasOwn">Whether pages of it are the process's own, in memory or in the swap: they were written, as those are that the
/// loader relocates.</param>
internal sealed record FileMapping(ulong From, ulong To, string Rights, string File, bool HasOwn)
{
    public bool IsShared => Rights[3] == 's';

    /// <summary>Whether it holds what the file holds, byte for byte. Memory that only looks like a file (memfd) has no other.</summary>
    public bool IsAsInTheFile => Rights[1] != 'w' && !HasOwn && !File.StartsWith("/memfd:", StringComparison.Ordinal);

    /// <summary>Whether it belongs to a library, native or managed, that lies in one of these folders.</summary>
    public bool IsLibraryIn(IReadOnlySet<string> folders) =>
        (File.EndsWith(".so", StringComparison.Ordinal) || File.EndsWith(".dll", StringComparison.Ordinal))
        && folders.Contains(Path.GetDirectoryName(File)!);

    public bool Holds(ulong address) => address >= From && address < To;

    public static IEnumerable<FileMapping> Of(IEnumerable<string> lines)
    {
        FileMapping? mapping = null;
        foreach (var line in lines)
        {
            // "7f30-7f31 r-xp 00812000 fe:00 12042450    /usr/lib/libm.so.6"; then lines of "Name:   12 kB", of which "Anonymous" counts
            // what the process wrote, without what of it is in the swap: that is behind "Swap", which comes later.
            if (!char.IsAsciiLetterUpper(line[0]))
                mapping = OfHead(line);
            else if (mapping is not null && line.StartsWith("Anonymous:", StringComparison.Ordinal))
                mapping = mapping with { HasOwn = !IsNone(line) };
            else if (mapping is not null && line.StartsWith("Swap:", StringComparison.Ordinal))
                yield return mapping with { HasOwn = mapping.HasOwn || !IsNone(line) };
        }
    }

    private static bool IsNone(string line) => line.EndsWith(" 0 kB", StringComparison.Ordinal);

    private static FileMapping? OfHead(string line) =>
        line.Split(' ', 6, StringSplitOptions.RemoveEmptyEntries) is [var range, var rights, _, _, _, ['/', ..] file]
        && range.Split('-') is [var from, var to]
            ? new(Address(from), Address(to), rights, file, HasOwn: false)
            : null;

    private static ulong Address(string text) => ulong.Parse(text, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
