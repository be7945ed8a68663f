using System.Reflection.Metadata;
using System.Runtime.InteropServices;

namespace AiOutliers.Service.Hosting;

/// <summary>
/// Memory that holds pages of the program's own files. Loading a library reads its tables of symbols once, starting runs code once, types
/// are made from metadata that nobody reads again, but the pages stay with the process. What is given back here stays in the system's page
/// cache while there is room, and comes again when it is read, sixteen pages at a time.
/// </summary>
/// <remarks>
/// Nothing can be lost: only mappings go that hold what the file holds (madvise(2), MADV_DONTNEED) and that no other thread takes away or
/// writes to meanwhile: something else would lie at their address then, and be lost. These are the metadata of assemblies that stay, which
/// somebody else may read from the same file for a moment, so their address counts; and parts of libraries from the folders of these
/// assemblies, which are not unloaded as those of the system may be, and were there at the last call, so that none is just being loaded.
/// </remarks>
internal sealed partial class FilePages
{
    private const int NotNeeded = 4;

    private HashSet<FileMapping> _before = [];

    /// <summary>
    /// Gives back what was there at the last call, which is a second ago at least: loading takes less. Where the system does not show the
    /// mappings, all of them stay.
    /// </summary>
    public void GiveBack()
    {
        // Before the mappings are read: what is there then at the address of metadata is there until the end.
        var (metadata, folders) = Assemblies();
        HashSet<FileMapping> now;
        try
        {
            now = FileMapping.Of(File.ReadLines("/proc/self/smaps")).Where(static mapping => mapping.IsAsInTheFile).ToHashSet();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return;
        }
        foreach (var mapping in now)
        {
            if (mapping.IsShared ? metadata.Any(mapping.Holds) : mapping.IsLibraryIn(folders) && _before.Contains(mapping))
                _ = Advise((nint)mapping.From, (nint)(mapping.To - mapping.From), NotNeeded);
        }
        _before = now;
    }

    /// <returns>Of each assembly that stays until the end where its metadata is, and its folder.</returns>
    private static unsafe (List<ulong> Metadata, HashSet<string> Folders) Assemblies()
    {
        var (metadata, folders) = (new List<ulong>(), new HashSet<string>(StringComparer.Ordinal));
        foreach (var assembly in AppDomain.CurrentDomain.GetAssemblies())
        {
            if (assembly.IsCollectible || !assembly.TryGetRawMetadata(out var blob, out _))
                continue;
            metadata.Add((ulong)blob);
            if (Path.GetDirectoryName(assembly.Location) is { Length: > 0 } folder)
                folders.Add(folder);
        }
        return (metadata, folders);
    }

    /// <returns>Other than 0 if the system does not: then everything stays.</returns>
    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(nint from, nint length, int advice);
}
