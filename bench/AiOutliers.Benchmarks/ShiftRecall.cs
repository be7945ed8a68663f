using System.Globalization;
using AiOutliers.Detection.Detectors;
using AiOutliers.Detection.Detectors.LevelShift;
using AiOutliers.Samples.Suite;

namespace AiOutliers.Benchmarks;

/// <summary>
/// What the shift alarm finds in the synthetic suite, by level, days of data, and with or without the calendar:
/// <c>shift-recall [FIRST_SEED [SERIES [CLEAN_SERIES]]] [--misses]</c>. No parameter was chosen on seeds from 1000 on.
/// </summary>
internal static class ShiftRecall
{
    private static readonly SuiteType[] Types =
        [SuiteType.Shift, SuiteType.Ramp, SuiteType.MissingPeak, SuiteType.StepUp, SuiteType.StepDown, SuiteType.Outage, SuiteType.Ddos];

    private static readonly (string Name, Sensitivity Value)[] Levels =
        [("quiet", Sensitivity.Quiet), ("low", Sensitivity.Low), ("normal", Sensitivity.Normal), ("high", Sensitivity.High)];

    public static int Run(string[] arguments)
    {
        var misses = arguments.Contains("--misses");
        var numbers = arguments.Where(static argument => argument != "--misses")
            .Select(static text => int.Parse(text, CultureInfo.InvariantCulture)).ToArray();
        var firstSeed = numbers.Length > 0 ? numbers[0] : 1000;
        var series = numbers.Length > 1 ? numbers[1] : 48;
        var clean = numbers.Length > 2 ? numbers[2] : 200;
        Console.WriteLine($"Seeds {firstSeed} to {firstSeed + series - 1}, clean to {firstSeed + clean - 1}; 5 minutes.");
        Console.WriteLine("Found / hours that the begin is off (median) / right kind; other events a day.");
        foreach (var days in new[] { 7, 10, 14 })
        {
            var all = Types.Prepend(SuiteType.Clean).ToDictionary(static type => type, type =>
                Enumerable.Range(firstSeed, type == SuiteType.Clean ? clean : series)
                    .Select(seed => SuiteGenerator.Make(type, seed, days)).ToArray());
            foreach (var withCalendar in new[] { false, true })
            {
                Console.WriteLine($"\n{days} days, {(withCalendar ? "with" : "without")} calendar");
                Console.WriteLine($"| level | {string.Join(" | ", Types.Select(SuiteFiles.NameOf))} "
                    + "| size off, shift/up/down | others a day | clean: false a day |");
                foreach (var (name, level) in Levels)
                    Print(name, Tally(all, level, withCalendar), misses);
            }
        }
        return 0;
    }

    private static Dictionary<SuiteType, ShiftTally> Tally(
        Dictionary<SuiteType, SuiteSeries[]> all, Sensitivity level, bool withCalendar) => all.ToDictionary(
        static pair => pair.Key,
        pair =>
        {
            var tally = new ShiftTally();
            foreach (var series in pair.Value)
                Judge(tally, series, level, withCalendar);
            return tally;
        });

    private static void Print(string level, Dictionary<SuiteType, ShiftTally> tallies, bool misses)
    {
        var cells = Types.Select(type => tallies[type])
            .Select(static tally => Text($"{tally.Found} / {tally.BeginError:F1} / {tally.RightKind:P0}"));
        SuiteType[] changes = [SuiteType.Shift, SuiteType.StepUp, SuiteType.StepDown];
        var sizes = string.Join(" ", changes.Select(type => Text($"{tallies[type].SizeError:F2}")));
        var others = Types.Sum(type => tallies[type].Others) / Types.Sum(type => tallies[type].Days);
        var clean = tallies[SuiteType.Clean];
        Console.WriteLine(Text($"| {level} | {string.Join(" | ", cells)} | {sizes} | {others:F4} ")
            + Text($"| {clean.Others / clean.Days:F4} ({clean.Others} in {clean.Days:F0} days) |"));
        if (misses && level == "normal")
        {
            foreach (var type in Types)
                Console.WriteLine($"  missed {SuiteFiles.NameOf(type)}: {string.Join(" ", tallies[type].Missed)}");
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static void Judge(ShiftTally tally, SuiteSeries series, Sensitivity level, bool withCalendar)
    {
        var pointsPerDay = (int)(TimeSpan.FromDays(1) / series.Step);
        var calendar = withCalendar ? new(series.Start, series.Step) : ShiftSegments.ForUnknownTimes(series.Values.Length, pointsPerDay);
        tally.Add(series, ShiftAlarm.Find(series.Values, pointsPerDay, level, calendar));
    }
}
