namespace AiOutliers.Benchmarks.History;

/// <summary>The documented question, one hour at one minute, about floods and outages of the samples and about ordinary hours.</summary>
internal static class OneHourQuestions
{
    private const int OrdinaryHours = 39, Seed = 1;

    public static async Task<IEnumerable<HistoryRow>> MeasureAsync()
    {
        await using var service = await AskedService.OnSamplesAsync();
        await using var without = await AskedService.OnSamplesAsync("off");
        var (found, asked) = await FoundAsync(service);
        var (foundWithout, _) = await FoundAsync(without);
        var marked = await OrdinaryWithMarksAsync(service);
        var markedWithout = await OrdinaryWithMarksAsync(without);
        return
        [
            new(
                $"{asked} questions of one hour about floods and outages, over HTTP", $"{asked} of {asked} with a mark within the event",
                $"{found}; {foundWithout} without history", found == asked),
            new(
                $"{OrdinaryHours} ordinary hours, over HTTP", "at most 1 with a mark",
                $"{marked}; {markedWithout} without history", marked <= 1),
        ];
    }

    private static async Task<(int Found, int Asked)> FoundAsync(AskedService service)
    {
        var (found, asked) = (0, 0);
        foreach (var (incident, from) in SampleHours.OfIncidents)
        {
            var answer = await service.AskAsync(SampleQuestion.Hour(incident.Sensor, from));
            var within = answer.Marked.Where(time => incident.Start <= time && time < incident.End).ToArray();
            var marks = within.Length == 0
                ? "no mark within it"
                : $"{within.Length} marks from its minute {(within[0] - incident.Start).TotalMinutes + 1} on";
            var question = $"{incident.Sensor} {incident.Kind} {incident.Start:MM-dd HH:mm}, hour from {from:HH:mm}";
            Console.WriteLine($"{question}: {marks}, {answer.HistoryRows} rows before");
            asked++;
            found += within.Length > 0 ? 1 : 0;
        }
        return (found, asked);
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
}
