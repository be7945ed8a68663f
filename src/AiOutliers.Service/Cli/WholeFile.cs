using System.Text;
using AiOutliers.Detection;

namespace AiOutliers.Service.Cli;

/// <summary>Writes a text file under a temporary name and renames it: a reader never meets half a file.</summary>
internal static class WholeFile
{
    /// <exception cref="AiOutliersException">The name ends otherwise, or there is no such folder: said before long work begins.</exception>
    public static void Check(string option, string path, string extension)
    {
        if (!path.EndsWith(extension, StringComparison.OrdinalIgnoreCase))
            throw new AiOutliersException(ErrorKind.BadInput, $"{option} '{path}': the name must end in {extension}");
        CheckFolder(option, path);
    }

    /// <exception cref="AiOutliersException">There is no folder that the file could be in.</exception>
    public static void CheckFolder(string option, string path)
    {
        if (!Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(path))))
            throw new AiOutliersException(ErrorKind.BadInput, $"{option} '{path}': the folder does not exist");
    }

    /// <exception cref="AiOutliersException">The file cannot be written.</exception>
    public static async Task WriteAsync(string path, Func<TextWriter, Task> write)
    {
        var temporary = path + ".part";
        try
        {
            var encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
            await using (var writer = new StreamWriter(temporary, append: false, encoding) { NewLine = "\n" })
                await write(writer);
            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new AiOutliersException(ErrorKind.BadInput, $"'{path}' cannot be written: {error.Message}", error);
        }
    }
}
