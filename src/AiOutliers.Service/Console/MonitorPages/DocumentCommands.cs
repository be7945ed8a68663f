namespace AiOutliers.Service.Console.MonitorPages;

/// <summary>What the editor of documents does, as commands.</summary>
internal static class DocumentCommands
{
    /// <summary>Of the command that applies the text, on the page.</summary>
    public const string Id = "document-code";

    /// <summary>Version 2: what applying would change, or applying itself.</summary>
    public static string Apply(string text, bool isPlan, PageContext context)
    {
        var end = EndOf(text);
        return $"""
            {context.Curl("/api/v2/monitors" + (isPlan ? "/plan" : ""))} \
              -H 'Content-Type: application/yaml' --data-binary @- <<'{end}'
            {text.TrimEnd()}
            {end}
            """;
    }

    /// <summary>The command line: version 2 judges the last seven days before now, and no others.</summary>
    /// <param name="text">The document.</param>
    /// <param name="days">How many days are judged.</param>
    /// <param name="until">Where they end.</param>
    public static string Preview(string text, int days, long until)
    {
        var end = EndOf(text);
        var time = DateTimeOffset.FromUnixTimeMilliseconds(until).UtcDateTime;
        return string.Create(System.Globalization.CultureInfo.InvariantCulture, $"""
            rb-aioutliers monitors preview - --days {days} --until {time:yyyy-MM-ddTHH:mm:ssZ} --config config.ini <<'{end}'
            {text.TrimEnd()}
            {end}
            """);
    }

    /// <summary>A line that the text does not have.</summary>
    private static string EndOf(string text)
    {
        var end = "YAML";
        while (text.Split('\n').Contains(end))
            end += "_";
        return end;
    }
}
