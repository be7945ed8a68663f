using DuckDB.NET.Data;

namespace AiOutliers.Druid.Embedded;

/// <summary>The values of a statement: they travel beside the text and never become part of it.</summary>
internal sealed class SqlParameters
{
    private readonly List<object> _values = [];

    /// <summary>Takes a value and gives the text that stands for it.</summary>
    public string Add(object value)
    {
        _values.Add(value);
        return $"${_values.Count}";
    }

    public void CopyTo(DuckDBCommand command)
    {
        foreach (var value in _values)
            command.Parameters.Add(new DuckDBParameter(value));
    }
}
