using DuckDB.NET.Data;

namespace AiOutliers.Druid.Tests.Files;

/// <summary>Files as DuckDB writes them.</summary>
internal static class TableFiles
{
    /// <param name="path">The file.</param>
    /// <param name="rows">A query.</param>
    /// <param name="format">How the rows are written.</param>
    public static void Write(string path, string rows, string format)
    {
        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"COPY ({rows}) TO '{path}' ({format})";
        command.ExecuteNonQuery();
    }
}
