using Microsoft.Data.Sqlite;
using Npgsql;

namespace AiOutliers.Monitoring.Storage;

/// <summary>What a database says of a failure, on one line. Npgsql's messages name host and database, never the password.</summary>
internal static class DatabaseWords
{
    /// <summary>SQLite's numbers.</summary>
    private const int ReadOnly = 8, CannotOpen = 14;

    public static string Of(Exception error) => error switch
    {
        // Where in a statement it was is left out.
        PostgresException refused => $"{refused.SqlState}: {refused.MessageText}",
        SqliteException { SqliteErrorCode: ReadOnly or CannotOpen } =>
            $"{error.Message} The service's user has to write this file, and beside it.",
        _ => error.Message,
    };
}
