using System.Globalization;
using System.Text;
using AiOutliers.Detection.Series;
using AiOutliers.Druid.Responses;

namespace AiOutliers.Druid.Files;

/// <summary>Reads the times of a column of texts. Each different text is read once, and kept where the time does not tell it.</summary>
internal sealed class TimeTexts(string column, string file, InputOptions options)
{
    /// <summary>Some 600 MB.</summary>
    private const int MostTexts = 4_000_000;

    private readonly TextNumbers _numbers = new();
    private readonly List<long> _times = [];
    private readonly Dictionary<long, string> _texts = [];

    /// <summary>The text of each <see cref="RowTime"/> that has one.</summary>
    public IReadOnlyDictionary<long, string> Texts => _texts;

    /// <summary>The <see cref="RowTime"/> of a text.</summary>
    /// <exception cref="Detection.AiOutliersException">The text is not a time.</exception>
    public long Of(ReadOnlySpan<byte> utf8, long row)
    {
        if (options.TimeFormat is null && CanonicalTimestamp.TryParse(utf8, out var exact))
            return RowTime.Of(exact);
        var number = _numbers.Of(utf8);
        if (number == _times.Count)
            _times.Add(Read(Encoding.UTF8.GetString(utf8), row));
        return _times[number];
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
                $"{file} has more than {MostTexts:N0} different times in '{column}'; write them as {CanonicalTimestamp.Of(time)}, or as Parquet"));
        }
        return Kept(text, time);
    }

    private long Kept(string text, long time)
    {
        for (var variant = 1; variant <= RowTime.MostTexts; variant++)
        {
            if (_texts.TryAdd(RowTime.Of(time, variant), text))
                return RowTime.Of(time, variant);
        }
        return RowTime.Of(time);
    }
}
