using System.Collections.Concurrent;
using System.Text.Json;
using AiOutliers.Detection;
using AiOutliers.Druid.Query;
using DuckDB.NET.Data;

namespace AiOutliers.Druid.Embedded;

/// <summary>
/// The files of a folder as tables of one in-memory database. Each is loaded when a query first asks for it, and again when its file
/// changes.
/// </summary>
internal sealed class DataFolder : IDisposable
{
    /// <summary>What one statement may read: each member is a scan of its own.</summary>
    private const int MostUnionMembers = 50;

    private readonly DataFiles _files;
    private readonly FolderDatabase _database;
    private readonly DataLoader _loader;
    /// <summary>One file at a time is loaded; who asks for another that is there does not wait for it.</summary>
    private readonly Lock _loading = new();
    private readonly ConcurrentDictionary<string, (DateTime Version, DataTable Table, DataTable? Before)> _loaded =
        new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, (DateTime Version, bool HasTimes)> _timed = new(StringComparer.Ordinal);

    public DataFolder(string folder, EmbeddedOptions options)
    {
        if (!Directory.Exists(folder))
        {
            throw new AiOutliersException(
                ErrorKind.BadConfiguration, $"[Druid] druid_endpoint names the folder '{folder}', which does not exist");
        }
        var path = Path.GetFullPath(folder);
        (_files, _database) = (new(path), new(path, options));
        _loader = new(_database, options.MemoryMegabytes);
    }

    /// <summary>A connection of its own for one query.</summary>
    public DuckDBConnection Connect() => _database.Connect();

    /// <summary>The table of a data source; names that no file has are an empty table, as in Druid.</summary>
    public DataTable Find(DataSourceSpec? source)
    {
        if (source?.TableName is { } name)
            return Table(name);
        if (source?.Type == "union" && source.TryField("dataSources", out var members) && members.ValueKind == JsonValueKind.Array)
        {
            return members.GetArrayLength() > MostUnionMembers
                ? throw Unsupported.Feature($"a union of more than {MostUnionMembers} data sources")
                : DataTable.Union([.. members.EnumerateArray().Select(MemberOf)]);
        }
        throw source is null ? Unsupported.Wrong("it has no dataSource") : Unsupported.Feature($"a data source of type '{source.Type}'");
    }

    /// <summary>The data sources, in order: the files that have times. Queries and labels may lie beside them.</summary>
    public IReadOnlyList<string> Names() => Names(new(null, null, int.MaxValue));

    public IReadOnlyList<string> Names(NamePage page) =>
        [.. _files.All().Where(one => page.Has(one.Name) && HasTimes(one.Name, one.File)).Take(page.Limit).Select(static one => one.Name)];

    public void Dispose() => _database.Dispose();

    private DataTable Table(string name)
    {
        if (_files.Find(name) is not { } file)
            return DataTable.Empty;
        if (_loaded.TryGetValue(name, out var known) && known.Version == file.Version)
            return known.Table;
        lock (_loading)
        {
            if (_loaded.TryGetValue(name, out known) && known.Version == file.Version)
                return known.Table;
            DropGone(but: name);
            var table = _loader.Load(file);
            // A query may still be about the one that is replaced now; nobody asks for the one before it.
            if (known.Before is { } old)
                _loader.Drop(old);
            _loaded[name] = (file.Version, table, known.Table);
            return table;
        }
    }

    /// <summary>The tables of files that are gone make room for the next one.</summary>
    private void DropGone(string but)
    {
        foreach (var name in _loaded.Keys.Except(_files.Names().Append(but), StringComparer.Ordinal).ToList())
        {
            _loaded.TryRemove(name, out var gone);
            _loader.Drop(gone.Table);
            if (gone.Before is { } old)
                _loader.Drop(old);
        }
    }

    private bool HasTimes(string name, DataFile file)
    {
        if (_timed.TryGetValue(name, out var known) && known.Version == file.Version)
            return known.HasTimes;
        lock (_loading)
        {
            var hasTimes = _loader.HasTimes(file);
            _timed[name] = (file.Version, hasTimes);
            return hasTimes;
        }
    }

    private DataTable MemberOf(JsonElement member) =>
        Table(DataSourceSpec.From(member).TableName ?? throw Unsupported.Feature("a union of anything but tables"));
}
