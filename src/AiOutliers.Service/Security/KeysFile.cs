using System.Text;
using AiOutliers.Detection;

namespace AiOutliers.Service.Security;

/// <summary>Reads and writes <c>[Security] keys_file</c>. A line that begins with # is a comment.</summary>
internal static class KeysFile
{
    private const UnixFileMode Forbidden = UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.GroupWrite;

    /// <exception cref="AiOutliersException">It is not there, others may read it, or a line is broken.</exception>
    public static IReadOnlyList<AccessKey> Read(string path)
    {
        try
        {
            if (!File.Exists(path))
                throw Wrong($"'{path}' does not exist; `rb-aioutliers keys add NAME ROLE` creates it");
            if ((ModeOf(new FileInfo(path)) & Forbidden) != 0)
                throw Wrong($"'{path}' may be read or changed by others; run chmod 640 on it");
            return Parse(path, File.ReadAllLines(path));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Wrong($"'{path}' cannot be read: {error.Message}", error);
        }
    }

    /// <summary>Writes the keys over what is there, comments too. Owner, group and mode of a file that exists stay.</summary>
    /// <exception cref="AiOutliersException">It cannot be written.</exception>
    public static void Write(string path, IEnumerable<AccessKey> keys)
    {
        var text = "# name role sha256(key); made by rb-aioutliers keys\n" + string.Concat(keys.Select(static key => key.ToLine() + "\n"));
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.Write, Share = FileShare.None };
        if (!OperatingSystem.IsWindows() && !File.Exists(path))
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        try
        {
            using var file = new FileStream(path, options);
            // A service that reads in between sees a broken line or an old key, keeps what it has, and reads again.
            file.Write(Encoding.UTF8.GetBytes(text));
            file.SetLength(file.Position);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Wrong($"'{path}' cannot be written: {error.Message}", error);
        }
    }

    /// <summary>Makes a key for somebody who has none.</summary>
    /// <returns>The key itself, which is kept nowhere.</returns>
    /// <exception cref="AiOutliersException">The name is not allowed or taken, or the file cannot be used.</exception>
    public static string Add(string path, string name, Role role)
    {
        if (!AccessKey.IsName(name))
            throw new AiOutliersException(ErrorKind.BadInput, $"the name '{name}' is not allowed; it takes {AccessKey.NameRule}");
        var keys = File.Exists(path) ? Read(path) : [];
        if (keys.Any(key => key.Name == name))
            throw new AiOutliersException(ErrorKind.BadInput, $"{name} has a key already; `rb-aioutliers keys revoke {name}` removes it");
        var secret = AccessKey.NewSecret();
        Write(path, [.. keys, new AccessKey(name, role, AccessKey.HashOf(secret))]);
        return secret;
    }

    /// <summary>Makes a key invalid.</summary>
    /// <exception cref="AiOutliersException">There is none of this name, or the file cannot be used.</exception>
    public static void Revoke(string path, string name)
    {
        var keys = Read(path);
        var left = keys.Where(key => key.Name != name).ToArray();
        if (left.Length == keys.Count)
            throw new AiOutliersException(ErrorKind.BadInput, $"{name} has no key; `rb-aioutliers keys list` lists those who have");
        Write(path, left);
    }

    /// <summary>Windows has none.</summary>
    public static UnixFileMode ModeOf(FileInfo file) => OperatingSystem.IsWindows() ? UnixFileMode.None : file.UnixFileMode;

    private static List<AccessKey> Parse(string path, string[] lines)
    {
        var keys = new List<AccessKey>();
        for (var i = 0; i < lines.Length; i++)
        {
            if (lines[i].AsSpan().Trim() is [] or ['#', ..])
                continue;
            // The line itself is not shown: it may hold a key that somebody took for its hash.
            var key = AccessKey.Parse(lines[i]) ?? throw Wrong($"line {i + 1} of '{path}' is not a name, a role "
                + $"({string.Join(", ", RoleNames.All)}) and a SHA-256 of 64 hexadecimal digits");
            if (keys.Exists(known => known.Name == key.Name))
                throw Wrong($"line {i + 1} of '{path}' names {key.Name} for the second time");
            keys.Add(key);
        }
        return keys;
    }

    private static AiOutliersException Wrong(string what, Exception? inner = null) =>
        new(ErrorKind.BadConfiguration, $"[Security] keys_file: {what}", inner);
}
