using DuckDB.NET.Data;

namespace AiOutliers.Druid.Embedded;

/// <summary>The values of a statement: they travel beside the text and never become part of it.</summary>
internal sealed class SqlParameters
{
    /// <summary>The database plans a join for each: of 200 it made gigabytes, for a minute in which nothing stopped it.</summary>
    private const int MostJoinedLists = 4;

    private readonly List<object> _values = [];
    private int _joinedLists;

    /// <summary>Takes a value and gives the text that stands for it.</summary>
    public string Add(object value)
    {
        _values.Add(value);
        return $"${_values.Count}";
    }

    /// <summary>Whether one more list may be joined; a statement has a few of them.</summary>
    public bool MayJoinList() => _joinedLists++ < MostJoinedLists;

    public void CopyTo(DuckDBCommand command)
    {
        foreach (var value in _values)
            command.Parameters.Add(new DuckDBParameter(value));
    }
}
