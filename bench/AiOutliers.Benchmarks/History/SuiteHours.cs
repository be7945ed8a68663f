using AiOutliers.Samples.Suite;
using static AiOutliers.Benchmarks.History.Figures;

namespace AiOutliers.Benchmarks.History;

/// <summary>
/// Events of the suite, asked as the hour that begins 30 minutes before their start. Found is an event with a marked row of its own within
/// that hour. An hour cannot hold what comes after it, and so what it finds is compared with what the same rows have marked when all up to
/// the hour's end is judged; beside it, when the whole series is judged, which knows how the event went on, and when marks anywhere in the
/// event count.
/// </summary>
internal static class SuiteHours
{
    /// <summary>Fresh: no parameter was chosen on seeds from 1000 on.</summary>
    private const int FirstSeed = 60_000;

    private const double Bar = 0.97;

    /// <summary>As the suite is: some events have hardly a day before them. And as a service has it, which asks for 14 days.</summary>
    private static readonly (int Days, int DaysBefore)[] Lengths = [(14, 0), (28, 14)];

    /// <summary>What is over within hours, or at its full size at once.</summary>
    private static readonly SuiteType[] Sudden = [SuiteType.Spike, SuiteType.Dip, SuiteType.Outage, SuiteType.Ddos];

    private static readonly SuiteType[] Types = [.. Sudden, SuiteType.Shift, SuiteType.Ramp, SuiteType.MissingPeak];

    public static IEnumerable<HistoryRow> Measure(int seeds)
    {
        List<HistoryRow> rows = [];
        foreach (var (days, before) in Lengths)
        {
            foreach (var step in new[] { 5, 1 })
                rows.Add(Measure(seeds, days, before, step));
        }
        return rows;
    }

    private static HistoryRow Measure(int seeds, int days, int before, int step)
    {
        var which = Text($"{seeds} seeds a kind, series of {days} days, {before} or more of them before the event, {step} min");
        Console.WriteLine($"Events found; {which}; from seed {FirstSeed} on");
        Console.WriteLine("| kind | events | hour with history | hour alone | all up to its end | whole series, same rows | anywhere |");
        Console.WriteLine("| --- | --- | --- | --- | --- | --- | --- |");
        var (all, sudden) = (new SuiteTally(), new SuiteTally());
        foreach (var type in Types)
        {
            var tally = new SuiteTally();
            SeriesOf(type, days, before, step).Take(seeds).AsParallel().ForAll(tally.Add);
            Console.WriteLine($"| {SuiteFiles.NameOf(type)} {tally.Line}");
            all.Add(tally);
            if (Sudden.Contains(type))
                sudden.Add(tally);
        }
        Console.WriteLine($"| spike, dip, outage, ddos {sudden.Line}\n| all {all.Line}");
        var ofWhole = $"{Percent(all.OfWhole)} (spike, dip, outage, ddos {Percent(sudden.OfWhole)})";
        var found = $"found {all.WithHistory} of {all.Events}, without history {all.Alone}, anywhere in the event {all.Anywhere}";
        return new(
            $"suite, asked as the hour around the start; {which}", Text($">= {100 * Bar} % of what all up to its end finds in it"),
            $"{Percent(all.OfUpToEnd)}; of what the whole series has in the same rows {ofWhole}; {found}", all.OfUpToEnd >= Bar);
    }

    private static IEnumerable<SuiteSeries> SeriesOf(SuiteType type, int days, int before, int step) =>
        from seed in Enumerable.Range(FirstSeed, int.MaxValue - FirstSeed)
        let series = SuiteGenerator.Make(type, seed, days, step)
        where series.Disturbances[0].Start >= TimeSpan.FromDays(before) / series.Step
        select series;
}
