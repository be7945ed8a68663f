using AiOutliers.Detection;
using Microsoft.Data.Sqlite;

namespace AiOutliers.Monitoring.Storage;

/// <summary>A copy of a SQLite database: whole, or not there.</summary>
internal static class SqliteCopy
{
    /// <param name="from">The database.</param>
    /// <param name="source">Its file: who may not read that may not read the copy, which holds the same secrets.</param>
    /// <param name="target">The copy, a file that is not there.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="AiOutliersException">The copy cannot be written.</exception>
    public static async Task WriteAsync(SqliteConnection from, string source, string target, CancellationToken cancellation)
    {
        var part = target + ".part";
        try
        {
            await MakeAsync(part, source);
            await using (var copy = new SqliteConnection(
                new SqliteConnectionStringBuilder { DataSource = part, Pooling = false }.ConnectionString))
            {
                await copy.OpenAsync(cancellation);
                from.BackupDatabase(copy);
            }
            File.Move(part, target);
        }
        catch (Exception error) when (error is SqliteException or IOException or UnauthorizedAccessException)
        {
            throw new AiOutliersException(ErrorKind.BadInput, $"the copy '{target}' cannot be written: {error.Message}", error);
        }
        finally
        {
            File.Delete(part);
        }
    }

    private static async Task MakeAsync(string file, string like)
    {
        File.Delete(file);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = File.GetUnixFileMode(like);
        await new FileStream(file, options).DisposeAsync();
    }
}
