using AiOutliers.Detection.Detectors;
using AiOutliers.Detection.Detectors.LevelShift;
using AiOutliers.Samples.Suite;
using BenchmarkDotNet.Attributes;

namespace AiOutliers.Benchmarks;

/// <summary>The shift alarm on a week and on seventeen months of five minutes, with and without the calendar.</summary>
[MemoryDiagnoser]
public class ShiftBenchmark
{
    private const int PointsPerDay = 288;

    private double[] _values = [];
    private ShiftCalendar? _calendar;

    [Params(2_016, 150_000)]
    public int Points { get; set; }

    [Params(false, true)]
    public bool Calendar { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        var series = SuiteGenerator.Make(SuiteType.Shift, 3, Points / PointsPerDay + 1);
        _values = series.Values[..Points];
        _calendar = Calendar ? new(series.Start, series.Step) : null;
    }

    [Benchmark]
    public int Find() => ShiftAlarm.Find(_values, PointsPerDay, Sensitivity.Normal, _calendar).Count;
}
