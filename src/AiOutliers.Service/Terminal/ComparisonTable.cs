using System.Globalization;
using AiOutliers.Detection;
using AiOutliers.Detection.Detectors.Deep;
using Spectre.Console;

namespace AiOutliers.Service.Terminal;

/// <summary>How a model did beside the default detector: a table, and in words whether it is better.</summary>
internal static class ComparisonTable
{
    /// <summary>Without lines where the output is not a terminal.</summary>
    public static void Write(IAnsiConsole console, string model, ModelComparison comparison)
    {
        var table = new Table().Border(console.Profile.Out.IsTerminal ? TableBorder.Rounded : TableBorder.None)
            .AddColumn(new TableColumn("events found").NoWrap())
            .AddColumn(new TableColumn("of all metrics").RightAligned())
            .AddColumn(new TableColumn(new Text($"of {comparison.Metric} alone")).RightAligned())
            .AddColumn(new TableColumn("false a day").RightAligned());
        Row(model, static found => found.ByModel, comparison.FalseOfModel);
        Row(comparison.Detector, static found => found.ByOther, comparison.FalseOfOther);
        console.Write(table);
        console.Profile.Out.Writer.WriteLine(Words(model, comparison));

        void Row(string name, Func<FoundEvents, int> count, int wrong) => table.AddRow(
            new Text(name),
            Found(comparison.Together, count),
            Found(comparison.Alone, count),
            new Text(Quantity.Fixed(wrong / comparison.Days, 2)));
    }

    /// <summary>In one sentence, with the days that it was measured on.</summary>
    public static string Words(string model, ModelComparison comparison)
    {
        var all = comparison.All;
        var counts = string.Create(CultureInfo.InvariantCulture,
            $"on {Counted.Days(comparison.Days)} that it has not learnt it finds {all.ByModel} of {Counted.Of(all.Tried, "event")}, "
                + $"{comparison.Detector} {all.ByOther}, "
                + $"with {Counted.Of(comparison.FalseOfModel, "false event")} against {comparison.FalseOfOther}");
        return comparison.IsBetter
            ? $"{model} is better than {comparison.Detector}: {counts}."
            : $"{model} is NOT better than {comparison.Detector}: {counts}. {Advice(comparison)}";
    }

    private static string Advice(ModelComparison comparison) => comparison.FindsMore
        ? "It finds more, and is wrong more often."
        : $"Without a model, {comparison.Detector} judges the sensor; remove the model, or train it on a longer interval.";

    private static Text Found(FoundEvents found, Func<FoundEvents, int> count) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{count(found)} of {found.Tried}"));
}
