using AiOutliers.Samples.Suite;
using static AiOutliers.Benchmarks.History.Figures;

namespace AiOutliers.Benchmarks.History;

/// <summary>Counts in how many series an event is found, by what the detector was given. Safe from several threads.</summary>
internal sealed class SuiteTally
{
    /// <summary>[Outliers] history_rows, its default.</summary>
    private const int MostRowsBefore = 20_160;

    private readonly Lock _lock = new();
    private int _withHistoryOfUpToEnd;
    private int _withHistoryOfWhole;

    public int Events { get; private set; }

    public int WithHistory { get; private set; }

    public int Alone { get; private set; }

    /// <summary>Found in the hour's rows when all rows up to its end are judged.</summary>
    public int UpToEnd { get; private set; }

    /// <summary>Found in the hour's rows when the whole series is judged.</summary>
    public int Whole { get; private set; }

    /// <summary>Found in any of the event's rows when the whole series is judged.</summary>
    public int Anywhere { get; private set; }

    /// <summary>The share of <see cref="UpToEnd"/> that the hour with history finds, too.</summary>
    public double OfUpToEnd => Share(_withHistoryOfUpToEnd, UpToEnd);

    /// <summary>The share of <see cref="Whole"/> that the hour with history finds, too.</summary>
    public double OfWhole => Share(_withHistoryOfWhole, Whole);

    public string Line =>
        $"| {Events} | {WithHistory} | {Alone} "
        + $"| {UpToEnd}, of them {Percent(OfUpToEnd)} | {Whole}, of them {Percent(OfWhole)} | {Anywhere} |";

    public void Add(SuiteSeries series)
    {
        var (table, truth) = (SuiteTables.Of(series), series.Disturbances[0]);
        var hour = (int)(TimeSpan.FromHours(1) / series.Step);
        var from = truth.Start - hour / 2;
        var end = from + hour;
        var looked = truth.Start..Math.Min(end, truth.End);
        var begin = Math.Max(0, from - MostRowsBefore);
        var withHistory = SuiteTables.Marks(table, begin..end, looked);
        var upToEnd = begin == 0 ? withHistory : SuiteTables.Marks(table, ..end, looked);
        var alone = SuiteTables.Marks(table, from..end, looked);
        var marks = SuiteTables.Judge(table).Anomalies;
        var (whole, anywhere) = (marks[looked].Contains(true), marks[truth.Start..truth.End].Contains(true));
        lock (_lock)
        {
            Events++;
            WithHistory += withHistory ? 1 : 0;
            Alone += alone ? 1 : 0;
            UpToEnd += upToEnd ? 1 : 0;
            Whole += whole ? 1 : 0;
            Anywhere += anywhere ? 1 : 0;
            _withHistoryOfUpToEnd += withHistory && upToEnd ? 1 : 0;
            _withHistoryOfWhole += withHistory && whole ? 1 : 0;
        }
    }

    public void Add(SuiteTally other)
    {
        Events += other.Events;
        WithHistory += other.WithHistory;
        Alone += other.Alone;
        UpToEnd += other.UpToEnd;
        Whole += other.Whole;
        Anywhere += other.Anywhere;
        _withHistoryOfUpToEnd += other._withHistoryOfUpToEnd;
        _withHistoryOfWhole += other._withHistoryOfWhole;
    }
}
