using AiOutliers.Detection;
using Microsoft.Data.Sqlite;

namespace AiOutliers.Monitoring.Storage;

/// <summary>What <c>[Storage] database</c> names: a file of SQLite, or a PostgreSQL database.</summary>
public sealed class DatabaseAddress
{
    public const string Default = "sqlite:data/aioutliers.db";

    public const string Allowed =
        "sqlite: and then a file, or a connection string of PostgreSQL such as Host=db;Database=aioutliers;Username=aioutliers";

    private const string Sqlite = "sqlite:";

    private DatabaseAddress(string? file, string connectionString, string words) =>
        (File, ConnectionString, _words) = (file, connectionString, words);

    private readonly string _words;

    /// <summary>The file of SQLite; null for PostgreSQL.</summary>
    public string? File { get; }

    public bool IsSqlite => File is not null;

    internal string ConnectionString { get; }

    /// <exception cref="AiOutliersException">It is neither.</exception>
    public static DatabaseAddress Parse(string text)
    {
        if (text.StartsWith(Sqlite, StringComparison.Ordinal) && text.Length > Sqlite.Length)
            return OfFile(text[Sqlite.Length..]);
        try
        {
            if (PostgresSource.Parse(text) is var (connectionString, words))
                return new(null, connectionString, words);
        }
        catch (Exception error) when (error is ArgumentException or FormatException)
        {
            // Its words would repeat the text, which may hold a password.
        }
        throw new AiOutliersException(ErrorKind.BadConfiguration, $"[Storage] database takes {Allowed}");
    }

    /// <summary>For people: without user and password.</summary>
    public override string ToString() => _words;

    private static DatabaseAddress OfFile(string file)
    {
        var builder = new SqliteConnectionStringBuilder { DataSource = file, ForeignKeys = true, DefaultTimeout = 30 };
        return new(file, builder.ConnectionString, $"SQLite {file}");
    }
}
