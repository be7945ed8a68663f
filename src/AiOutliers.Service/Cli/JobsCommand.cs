using System.CommandLine;
using System.Globalization;
using AiOutliers.Cluster.Jobs;
using AiOutliers.Detection;
using AiOutliers.Service.Options;
using AiOutliers.Service.Training;
using Microsoft.Extensions.Logging.Abstractions;
using Spectre.Console;

namespace AiOutliers.Service.Cli;

/// <summary><c>jobs</c>: what the queue holds; <c>jobs show|retry|cancel ID</c>.</summary>
internal static class JobsCommand
{
    private const int PipeWidth = 300;

    public static Command Create()
    {
        var config = CommonOptions.Config();
        var command = new Command("jobs", "List the training jobs: those that need attention first.") { config };
        command.SetAction((parsed, _) => RunAsync(parsed.GetValue(config), ListAsync));
        command.Add(OfOne("list", "The same list.", null, (board, _) => ListAsync(board)));
        command.Add(OfOne("show", "Print one job: state, progress, reason.", "ID", ShowAsync));
        command.Add(OfOne("retry", "Put a parked, cancelled or delayed job back into the queue.", "ID", async (board, id) =>
        {
            await board.RetryAsync(id);
            System.Console.WriteLine($"{id} waits in the queue");
        }));
        command.Add(OfOne("cancel", "Take a job out; one that runs is stopped within some seconds.", "ID", async (board, id) =>
        {
            await board.CancelAsync(id);
            System.Console.WriteLine($"{id} is cancelled");
        }));
        return command;
    }

    /// <exception cref="AiOutliersException">The queue lives in this process alone: another one cannot see it.</exception>
    public static JobQueue OpenQueue(Settings settings) => settings.Cluster.Queue.Redis is null
        ? throw new AiOutliersException(ErrorKind.BadConfiguration,
            "[Redis] rd_hostname is not set: the jobs are in the memory of `rb-aioutliers schedule`, whose log tells of them")
        : JobQueue.Open(settings.Cluster.Queue, JobKinds.All, NullLoggerFactory.Instance);

    private static Command OfOne(string name, string description, string? argument, Func<JobBoard, string, Task> act)
    {
        var config = CommonOptions.Config();
        var id = new Argument<string>(argument ?? "ID") { Description = "The job, as the list names it." };
        var command = new Command(name, description) { config };
        if (argument is not null)
            command.Add(id);
        command.SetAction((parsed, _) =>
            RunAsync(parsed.GetValue(config), board => act(board, argument is null ? "" : parsed.GetValue(id)!)));
        return command;
    }

    private static Task<int> RunAsync(string? config, Func<JobBoard, Task> act) => CommandGuard.RunAsync(async () =>
    {
        using var queue = OpenQueue(CommandSettings.Read(config));
        await act(new JobBoard(queue));
        return ExitCode.Success;
    });

    private static async Task ListAsync(JobBoard board)
    {
        var jobs = await board.ListAsync();
        if (jobs.Count == 0)
        {
            AnsiConsole.WriteLine("No jobs.");
            // Jobs that Redis dropped would be missing here without a word.
            foreach (var warning in board.Warnings)
                System.Console.Error.WriteLine(warning);
            return;
        }
        // One line a job, also in a file or a pipe, whose width nobody knows: what is long is cut, and whole with `jobs show`.
        if (System.Console.IsOutputRedirected)
            AnsiConsole.Profile.Width = PipeWidth;
        var table = new Table().Border(TableBorder.Rounded).AddColumns("job", "model", "state", "since (UTC)", "progress", "reason");
        foreach (var column in table.Columns)
            column.NoWrap();
        foreach (var job in jobs)
        {
            table.AddRow(
                new Text(job.Id), new Text(Short(job.Subject, 40)), new Text(JobStates.Word(job.State), new Style(ColorOf(job.State))),
                new Text(Time(job.Changed)), new Text(Progress(job.Progress)),
                new Text(Short(job.Reason ?? "-", 100)) { Overflow = Overflow.Ellipsis });
        }
        AnsiConsole.Write(table);
    }

    private static string Short(string text, int longest) => text.Length <= longest ? text : $"{text[..(longest - 1)]}…";

    private static async Task ShowAsync(JobBoard board, string id)
    {
        var job = await board.FindAsync(id)
            ?? throw new AiOutliersException(ErrorKind.BadInput, "job not found; `rb-aioutliers jobs` lists them");
        var facts = new Grid().AddColumn(new GridColumn().NoWrap()).AddColumn();
        (string, string)[] lines =
        [
            ("job", job.Id), ("kind", job.Payload?.Kind.Name ?? "?"),
            .. (job.Payload?.Fields ?? []).Select(static field => (field.Key, field.Value)),
            ("state", JobStates.Word(job.State)), ("created", Time(job.Created)), ("since", Time(job.Changed)),
            ("progress", Progress(job.Progress)),
            ("attempts", Number(job.Attempts)), ("lost leases", Number(job.LostLeases)), ("reason", job.Reason ?? "-"),
        ];
        foreach (var (key, value) in lines)
        {
            facts.AddRow(new Text(key), new Text(value));
        }
        AnsiConsole.Write(facts);
    }

    private static string Time(DateTime? time) => time?.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) ?? "-";

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Progress(JobProgress? progress) =>
        progress is null ? "-" : string.Create(CultureInfo.InvariantCulture, $"{progress.Done:P0} {progress.Step}");

    private static Color ColorOf(JobState state) => state switch
    {
        JobState.Parked => Color.Red,
        JobState.Running or JobState.Done => Color.Green,
        _ => Color.Default,
    };
}
