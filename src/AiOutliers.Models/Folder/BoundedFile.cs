using AiOutliers.Detection;

namespace AiOutliers.Models.Folder;

/// <summary>Reads untrusted files: never more than is allowed, and only regular files.</summary>
public static class BoundedFile
{
    /// <summary>
    /// The whole content. Pipes, devices and sockets have length 0: like an empty file they are not even opened, which might block.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="most">The most bytes that it may have.</param>
    /// <exception cref="AiOutliersException">It is too large, or its length changed while it was read.</exception>
    public static byte[] Read(string path, long most)
    {
        var length = Target(new FileInfo(path)).Length;
        if (length == 0)
            return [];
        if (length > most)
            throw new AiOutliersException(ErrorKind.UnusableModel, $"the file has {length} bytes; at most {most} are read");
        using var file = File.OpenRead(path);
        var content = new byte[length];
        return file.ReadAtLeast(content, content.Length, throwOnEndOfStream: false) == content.Length && file.ReadByte() < 0
            ? content
            : throw new AiOutliersException(ErrorKind.UnusableModel, "the file's length changed while it was read");
    }

    /// <summary>What a symbolic link leads to, whose length and time are the content's; the file itself where it is not a link.</summary>
    public static FileInfo Target(FileInfo file)
    {
        var isLink = file.Exists && file.Attributes.HasFlag(FileAttributes.ReparsePoint);
        return isLink && file.ResolveLinkTarget(returnFinalTarget: true) is FileInfo target ? target : file;
    }
}
