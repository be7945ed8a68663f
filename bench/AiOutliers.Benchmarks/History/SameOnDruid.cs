namespace AiOutliers.Benchmarks.History;

/// <summary>The README's query and the one-hour questions, asked of two services: on a real Druid, on the same rows in a file.</summary>
internal static class SameOnDruid
{
    public static async Task<IEnumerable<HistoryRow>> MeasureAsync(RealDruid druid)
    {
        if (druid.Missing is { } reason)
            return [Row("README's query", reason, met: true)];
        await using var onDruid = await AskedService.OnAsync((await druid.EndpointAsync()).AbsoluteUri);
        await using var embedded = await AskedService.OnSamplesAsync();
        var readme = await CompareAsync(onDruid, embedded, SampleQuestion.Readme);
        List<(string Text, bool Same)> hours = [];
        foreach (var (incident, from) in SampleHours.OfIncidents)
            hours.Add(await CompareAsync(onDruid, embedded, SampleQuestion.Hour(incident.Sensor, from)));
        foreach (var hour in hours.Where(static hour => !hour.Same))
            Console.WriteLine(hour.Text);
        var same = hours.Count(static hour => hour.Same);
        return
        [
            Row("README's query", readme.Text, readme.Same),
            Row($"the {hours.Count} questions of one hour", $"{same} of {hours.Count}", same == hours.Count),
        ];
    }

    private static HistoryRow Row(string work, string measured, bool met) =>
        new($"{work}, on a real Druid and on the embedded engine", "the same rows, the same expected values, of bytes", measured, met);

    private static async Task<(string Text, bool Same)> CompareAsync(AskedService onDruid, AskedService embedded, string query)
    {
        var (one, other) = (await onDruid.AskAsync(query), await embedded.AskAsync(query));
        var marks = one.Marked.SequenceEqual(other.Marked);
        var equal = one.Expected.Zip(other.Expected).Count(static pair => pair.First == pair.Second);
        var same = marks && one.Expected.SequenceEqual(other.Expected) && IsOfBytes(one) && IsOfBytes(other);
        var marked = $"{one.Marked.Count} and {other.Marked.Count} marked{(marks ? ", the same" : "")}";
        return ($"{marked}; {equal} of {other.Expected.Count} expected values equal; judged {Judged(one)} · {Judged(other)}", same);
    }

    private static string Judged(Answer answer) => $"{answer.Metric} with {answer.HistoryRows} rows before{answer.Warning}";

    private static bool IsOfBytes(Answer answer) => answer is { Metric: "bytes", Warning: null };
}
