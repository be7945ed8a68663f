using System.Globalization;
using System.Text;
using AiOutliers.Detection.Series;
using AiOutliers.Druid.Responses;

namespace AiOutliers.Druid.Files;

/// <summary>Reads the times of a column of texts. Each different text is read once, and kept where the time does not tell it.</summary>
/// <param name="column">Its name.</param>
/// <param name="file">What messages call the file.</param>
/// <param name="options">What the content does not tell.</param>
/// <param name="clock">Whose times have no offset; null where they are in UTC.</param>
internal sealed class TimeTexts(string column, string file, InputOptions options, LocalTimes? clock)
{
    /// <summary>Some 600 MB.</summary>
    private const int MostTexts = 4_000_000;

    private readonly TextNumbers _numbers = new();
    private readonly List<long> _times = [];

    /// <summary>The time on the clock of each text that has no offset: the row tells which instant it is.</summary>
    private readonly Dictionary<int, long> _local = [];
    private readonly Dictionary<long, string> _texts = [];

    /// <summary>The text of each <see cref="RowTime"/> that has one.</summary>
    public IReadOnlyDictionary<long, string> Texts => _texts;

    /// <summary>The <see cref="RowTime"/> of a text.</summary>
    /// <exception cref="Detection.AiOutliersException">The text is not a time.</exception>
    public long Of(ReadOnlySpan<byte> utf8, long row)
    {
        if (options.TimeFormat is null && CanonicalTimestamp.TryParse(utf8, out var exact))
            return Passed(RowTime.Of(exact));
        var number = _numbers.Of(utf8);
        if (number == _times.Count)
            _times.Add(Read(Encoding.UTF8.GetString(utf8), row));
        if (clock is not null && _local.TryGetValue(number, out var local))
            return Kept(Encoding.UTF8.GetString(utf8), clock.ToInstant(local));
        return Passed(_times[number]);
    }

    private long Passed(long time)
    {
        if (time != RowTime.None)
            clock?.Pass(RowTime.Milliseconds(time));
        return time;
    }

    private long Read(string text, long row)
    {
        if (string.IsNullOrWhiteSpace(text))
            return RowTime.None;
        if (!options.TryTime(text, out var time))
            throw TableFileReader.Wrong($"'{column}' of row {row} of {file} is not a time: {TimeProblem.Of(text)}");
        if (_texts.Count == MostTexts)
        {
            throw TableFileReader.Wrong(string.Create(CultureInfo.InvariantCulture,
                $"{file} has more than {MostTexts:N0} different times in '{column}'; "
                + $"write them as {CanonicalTimestamp.Of(time)}, or as Parquet"));
        }
        if (clock is null || !options.IsLocal(text))
            return Kept(text, time);
        _local[_times.Count] = time;
        return RowTime.None;
    }

    private long Kept(string text, long time)
    {
        for (var variant = 1; variant <= RowTime.MostTexts; variant++)
        {
            var kept = RowTime.Of(time, variant);
            if (_texts.TryAdd(kept, text) || _texts[kept] == text)
                return kept;
        }
        return RowTime.Of(time);
    }
}
