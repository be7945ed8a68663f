namespace AiOutliers.Benchmarks.History;

/// <summary>The documented question, one hour at one minute, about floods and outages of the samples and about ordinary hours.</summary>
internal static class OneHourQuestions
{
    private const int OrdinaryHours = 39, Seed = 1;

    public static async Task<IEnumerable<HistoryRow>> MeasureAsync()
    {
        await using var service = await AskedService.OnSamplesAsync();
        await using var without = await AskedService.OnSamplesAsync("off");
        var events = await AskAboutEventsAsync(service);
        var eventsWithout = await AskAboutEventsAsync(without);
        var marked = await OrdinaryWithMarksAsync(service);
        var markedWithout = await OrdinaryWithMarksAsync(without);
        var (asked, found) = (events.Count, events.Count(static one => one.Within > 0));
        return
        [
            new(
                $"{asked} questions of one hour about floods and outages, over HTTP", $"{asked} of {asked} with a mark within the event",
                $"{found}; {eventsWithout.Count(static one => one.Within > 0)} without history", found == asked),
            new(
                "the same: rows of the events that are marked; marks outside the events", "reported",
                $"{events.Sum(static one => one.Within)} of {events.Sum(static one => one.Rows)}; {events.Sum(static one => one.Outside)}"),
            new(
                $"{OrdinaryHours} ordinary hours, over HTTP", "at most 1 with a mark",
                $"{marked}; {markedWithout} without history", marked <= 1),
        ];
    }

    private static async Task<List<Marks>> AskAboutEventsAsync(AskedService service)
    {
        List<Marks> all = [];
        foreach (var (incident, from) in SampleHours.OfIncidents)
        {
            var answer = await service.AskAsync(SampleQuestion.Hour(incident.Sensor, from));
            var within = answer.Marked.Count(time => incident.Start <= time && time < incident.End);
            var first = Math.Max(0, (incident.Start - from).TotalMinutes);
            var last = Math.Min(SampleQuestion.Minutes, (incident.End - from).TotalMinutes);
            var marks = new Marks((int)(last - first), within, answer.Marked.Count - within);
            var question = $"{incident.Sensor} {incident.Kind} {incident.Start:MM-dd HH:mm}, hour from {from:HH:mm}";
            Console.WriteLine(
                $"{question}: {within} of {marks.Rows} rows marked, {marks.Outside} marks outside, {answer.HistoryRows} rows before");
            all.Add(marks);
        }
        return all;
    }

    private static async Task<int> OrdinaryWithMarksAsync(AskedService service)
    {
        var marked = 0;
        foreach (var (sensor, from) in SampleHours.Ordinary(Seed).Take(OrdinaryHours))
        {
            var answer = await service.AskAsync(SampleQuestion.Hour(sensor, from));
            if (answer.Marked.Count == 0)
                continue;
            var times = string.Join(" ", answer.Marked.Select(static time => $"{time:HH:mm}"));
            Console.WriteLine($"{sensor}, hour from {from:ddd MM-dd HH:mm}, is ordinary: marks at {times}");
            marked++;
        }
        return marked;
    }

    /// <param name="Rows">The event's rows in the hour.</param>
    /// <param name="Within">Those of them that are marked.</param>
    /// <param name="Outside">Marked rows that are none of the event's.</param>
    private sealed record Marks(int Rows, int Within, int Outside);
}
