using System.CommandLine;
using AiOutliers.Detection;
using AiOutliers.Monitoring;
using AiOutliers.Monitoring.Documents;
using AiOutliers.Monitoring.Monitors;
using AiOutliers.Service.Hosting;
using AiOutliers.Service.Options;

namespace AiOutliers.Service.Cli;

/// <summary><c>monitors plan</c> and <c>monitors apply</c>: what documents change, and what their monitors cost.</summary>
internal static class ApplyCommand
{
    public static Command Plan() => Of(
        "plan", "Print what apply would change, and what it costs.",
        static (runtime, documents, stop) => runtime.Catalog.PlanAsync(documents, stop));

    public static Command Apply() => Of(
        "apply", "Create and change what the documents say; nothing is deleted.",
        static (runtime, documents, stop) => runtime.Catalog.ApplyAsync(documents, Actor.OfCommand(), stop));

    private static Command Of(
        string name, string description,
        Func<MonitoringRuntime, DocumentSet, CancellationToken, Task<IReadOnlyList<DocumentChange>>> act)
    {
        var config = CommonOptions.Config();
        var files = new Argument<string[]>("FILE")
        {
            Description = "Documents: files or folders; - is standard input.",
            Arity = ArgumentArity.OneOrMore,
        };
        var command = new Command(name, description) { config, files };
        command.SetAction((parsed, cancellation) => CommandGuard.RunAsync(async () =>
        {
            var settings = MonitoringCommand.Read(parsed.GetValue(config));
            await using var runtime = MonitoringCommand.Open(settings);
            var documents = MonitorFiles.Read(runtime.Engine, parsed.GetValue(files)!).Checked();
            var planned = await runtime.Catalog.PlanAsync(documents, cancellation);
            await ShowCostsAsync(settings, runtime, documents, planned, cancellation);
            Show(await act(runtime, documents, cancellation));
            foreach (var warning in await runtime.Catalog.WarningsAsync(documents, cancellation))
                System.Console.WriteLine(warning);
            return ExitCode.Success;
        }));
        return command;
    }

    private static async Task ShowCostsAsync(
        Settings settings, MonitoringRuntime runtime, DocumentSet documents, IReadOnlyList<DocumentChange> planned,
        CancellationToken cancellation)
    {
        var fresh = planned.Where(static change => change.Word != "unchanged").Select(static change => change.Name).ToHashSet();
        var source = DataSource.Open(settings);
        using var disposal = source as IDisposable;
        foreach (var monitor in documents.Monitors.Where(monitor => source is not null && fresh.Contains(monitor.Name)))
        {
            try
            {
                var cost = await runtime.CostAsync(monitor, source!, cancellation);
                var others = cost.LeftOut > 0 ? FormattableString.Invariant($", the largest of about {cost.Entities + cost.LeftOut:N0}")
                    : cost.Entities == 0 ? ", no row of the last day matches" : "";
                var (entities, rows) = (Counted.Of(cost.Entities, "entity", "entities"), Counted.Of(cost.RowsPerRun, "row"));
                FormattableString words = $"""
                    {monitor.Name}: {entities}{others}; a run asks for {rows},
                    takes about {cost.ProcessorMilliseconds} ms of a processor and keeps {cost.StateBytes / 1048576.0:0.0} MB in memory
                    """;
                System.Console.WriteLine(FormattableString.Invariant(words));
                foreach (var doubt in await runtime.DoubtsAsync(monitor, source!, cancellation))
                    System.Console.WriteLine($"{monitor.Name}: {doubt}");
            }
            catch (AiOutliersException error)
            {
                System.Console.WriteLine($"{monitor.Name}: what it costs is not known: {error.Message}");
            }
        }
    }

    private static void Show(IReadOnlyList<DocumentChange> changes)
    {
        foreach (var change in changes)
        {
            var revision = change.Revision > 0 ? $" revision {change.Revision}" : "";
            System.Console.WriteLine($"{change.Word,-10} {change.Kind}/{change.Name}{revision}");
            foreach (var difference in change.Differences)
                System.Console.WriteLine($"             {difference}");
        }
    }
}
