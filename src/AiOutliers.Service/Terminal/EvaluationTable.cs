using AiOutliers.Detection;
using AiOutliers.Engine.Evaluation;
using Spectre.Console;

using Column = (string Column, string Heading, int Decimals, System.Func<AiOutliers.Engine.Evaluation.EvaluationFigures, double> Of);

namespace AiOutliers.Service.Terminal;

/// <summary>What <c>evaluate</c> shows a person: the series one by one where they are few, and the means.</summary>
internal static class EvaluationTable
{
    /// <summary>More results than this are only in the CSV, and their means here.</summary>
    private const int MaxRows = 40;

    private const int MaxNotes = 10;

    /// <summary>Where the output goes to a file or another program nothing needs to be squeezed.</summary>
    private const int WidthOfFiles = 200;

    /// <summary>A terminal with fewer columns shows <see cref="Essential"/> only.</summary>
    private const int WidthOfAll = 130;

    /// <summary>Below this the names need the room of one figure, and a second line.</summary>
    private const int WidthOfEssential = 80;

    private static readonly string[] Essential = ["vus_pr", "event_recall", "false_events_per_day", "event_f1"];

    public static void Write(IAnsiConsole console, EvaluationSummary summary, IReadOnlyList<string> leftOut)
    {
        if (System.Console.IsOutputRedirected)
            console.Profile.Width = WidthOfFiles;
        var width = console.Profile.Width;
        bool IsShown(string column) =>
            width >= WidthOfAll
            || Essential.Contains(column) && (width >= WidthOfEssential || column != "event_f1");
        Column[] columns = [.. EvaluationFigures.Columns.Where(column => IsShown(column.Column))];
        if (summary.Rows.Count <= MaxRows)
            console.Write(Series(summary, columns, width));
        console.Write(Means(summary, columns, width));
        if (summary.Published is not null)
            WriteRanking(console, summary);
        if (summary.Rows.Count > MaxRows)
            console.WriteLine($"{summary.Rows.Count} results on single series are not listed; --output writes them as CSV.");
        if (columns.Length < EvaluationFigures.Columns.Count)
            console.WriteLine($"A terminal of {WidthOfAll} columns, --output and --report show all figures.");
        var notes = summary.Rows
            .Where(row => row.Note is not null)
            .Select(row => $"{row.File.Name}, {row.Detector}: {row.Note}")
            .Distinct();
        WriteNotes(console, [.. notes, .. OtherLengths(summary)]);
        WriteNotes(console, [.. leftOut.Select(path => $"left out, not a labelled series: {path}")]);
    }

    private static Table Series(EvaluationSummary summary, Column[] columns, int width)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumn("series").AddColumn(Detector(width));
        AddFigures(table, columns);
        if (summary.Published is not null)
            table.AddColumn(new TableColumn("best published").RightAligned());
        foreach (var row in summary.Rows)
        {
            var cells = Cells(row.Figures, columns).Prepend(new Text(row.Judge)).Prepend(new Text(row.File.Name));
            if (summary.Published is { } published)
            {
                var words = published.BestOf(row.File) is { } best ? $"{Quantity.Fixed(best.VusPr, 3)} {best.Method}" : "–";
                cells = cells.Append(new Text(words));
            }
            table.AddRow(cells);
        }
        return table;
    }

    private static Table Means(EvaluationSummary summary, Column[] columns, int width)
    {
        var table = new Table().Border(TableBorder.Rounded).Title("Means").AddColumn("series of").AddColumn(Detector(width));
        AddFigures(table, columns);
        foreach (var group in summary.Groups())
        {
            foreach (var (judge, mean) in group.Means)
                table.AddRow(Cells(mean, columns).Prepend(new Text(judge)).Prepend(new Text($"{group.Name} ({group.Size})")));
        }
        return table;
    }

    private static void WriteRanking(IAnsiConsole console, EvaluationSummary summary)
    {
        var ranking = summary.Ranking();
        if (ranking.Count == 0)
        {
            console.MarkupLine("[yellow]None of the labelled series is among the published ones.[/]");
            return;
        }
        var table = new Table()
            .Border(TableBorder.Rounded)
            .Title("Beside what is published")
            .AddColumn("method")
            .AddColumn(new TableColumn("mean VUS-PR").RightAligned());
        foreach (var (name, ours, value) in ranking)
            table.AddRow(
                new Text(name, ours ? new Style(Color.Green, decoration: Decoration.Bold) : Style.Plain),
                new Text(Quantity.Fixed(value, 3)));
        console.Write(table);
    }

    private static void WriteNotes(IAnsiConsole console, IReadOnlyList<string> notes)
    {
        foreach (var note in notes.Take(MaxNotes))
            console.MarkupLineInterpolated($"[yellow]{note}[/]");
        if (notes.Count > MaxNotes)
            console.MarkupLineInterpolated($"[yellow]… and {notes.Count - MaxNotes} more[/]");
    }

    /// <summary>Series that differ from the published ones cannot be compared to the digit.</summary>
    private static IEnumerable<string> OtherLengths(EvaluationSummary summary) => summary.Rows.DistinctBy(row => row.File)
        .Where(row => summary.Published?.PointsOf(row.File) is { } points && points > 0 && points != row.Rows)
        .Select(row => $"{row.File.Name} has {Counted.Of(row.Rows, "row")} here and "
            + $"{summary.Published!.PointsOf(row.File):N0} in the published table");

    private static TableColumn Detector(int width) => width < WidthOfEssential ? new("detector") : new TableColumn("detector").NoWrap();

    private static void AddFigures(Table table, Column[] columns)
    {
        foreach (var column in columns)
            table.AddColumn(
                new TableColumn(column.Heading.Replace(' ', '\n').Replace("/", "\n/", StringComparison.Ordinal)).RightAligned().NoWrap());
    }

    private static IEnumerable<Text> Cells(EvaluationFigures figures, Column[] columns) =>
        columns.Select(column => new Text(Quantity.Fixed(column.Of(figures), column.Decimals)));
}
