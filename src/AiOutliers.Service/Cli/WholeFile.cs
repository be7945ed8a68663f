using AiOutliers.Detection;

namespace AiOutliers.Service.Cli;

/// <summary>
/// A file that is written under a temporary name and renamed: a reader never meets half a file, and whoever stops or fails leaves none.
/// </summary>
internal static class WholeFile
{
    /// <exception cref="AiOutliersException">The name ends otherwise, or its folder is missing: said before long work begins.</exception>
    public static void Check(string option, string path, string extension)
    {
        if (!path.EndsWith(extension, StringComparison.OrdinalIgnoreCase))
            throw new AiOutliersException(ErrorKind.BadInput, $"{option} '{path}': the name must end in {extension}");
        CheckFolder(option, path);
    }

    /// <exception cref="AiOutliersException">The folder of the file does not exist.</exception>
    public static void CheckFolder(string option, string path)
    {
        if (!Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(path))))
            throw new AiOutliersException(ErrorKind.BadInput, $"{option} '{path}': the folder does not exist");
    }

    /// <exception cref="AiOutliersException">The file cannot be written.</exception>
    public static void Write(string path, Action<Stream> write) => WriteAsync(path, file =>
    {
        write(file);
        return Task.CompletedTask;
    }).GetAwaiter().GetResult();

    /// <exception cref="AiOutliersException">The file cannot be written.</exception>
    public static async Task WriteAsync(string path, Func<Stream, Task> write)
    {
        try
        {
            await using var file = File.Create(path + ".part");
            await ReplaceAsync(path, file, write);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new AiOutliersException(ErrorKind.BadInput, $"'{path}' cannot be written: {error.Message}", error);
        }
    }

    /// <param name="path">The file.</param>
    /// <param name="part">Opened here, and so nobody else's.</param>
    /// <param name="write">Writes it.</param>
    private static async Task ReplaceAsync(string path, FileStream part, Func<Stream, Task> write)
    {
        // Who is stopped may not come to the end of this.
        void Remove(object? sender, EventArgs happened) => Delete(part.Name);
        AppDomain.CurrentDomain.ProcessExit += Remove;
        try
        {
            await write(part);
            await part.DisposeAsync();
            File.Move(part.Name, path, overwrite: true);
        }
        finally
        {
            AppDomain.CurrentDomain.ProcessExit -= Remove;
            Delete(part.Name);
        }
    }

    /// <exception cref="AiOutliersException">The file cannot be written.</exception>
    public static Task WriteTextAsync(string path, Func<TextWriter, Task> write) => WriteAsync(path, async file =>
    {
        await using var writer = new StreamWriter(file) { NewLine = "\n" };
        await write(writer);
    });

    private static void Delete(string temporary)
    {
        try
        {
            File.Delete(temporary);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // It could not be written either, and that is what is said.
        }
    }
}
