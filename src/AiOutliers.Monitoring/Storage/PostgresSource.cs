using System.Data.Common;
using System.Runtime.CompilerServices;
using Npgsql;

namespace AiOutliers.Monitoring.Storage;

/// <summary>Connections to PostgreSQL. Not inlined: where the database is a file, the library of PostgreSQL stays out of memory.</summary>
internal static class PostgresSource
{
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static DbDataSource Of(string connectionString) => NpgsqlDataSource.Create(connectionString);

    /// <summary>The connections that are kept for later are dead.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Forget(DbDataSource source) => ((NpgsqlDataSource)source).Clear();

    /// <summary>For people and for connections; null where no host is named.</summary>
    /// <exception cref="ArgumentException">It is not a connection string.</exception>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static (string ConnectionString, string Words)? Parse(string text)
    {
        var builder = new NpgsqlConnectionStringBuilder(text);
        if (string.IsNullOrEmpty(builder.Host))
            return null;
        builder.ApplicationName ??= "rb-aioutliers";
        return (builder.ConnectionString, $"PostgreSQL {builder.Host}:{builder.Port}/{builder.Database}");
    }
}
