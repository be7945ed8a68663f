using System.CommandLine;
using AiOutliers.Detection;
using AiOutliers.Models;
using AiOutliers.Models.Folder;
using AiOutliers.Models.Store;
using AiOutliers.Service.Hosting;
using AiOutliers.Service.Options;
using Spectre.Console;

namespace AiOutliers.Service.Cli;

/// <summary><c>models versions|rollback|push|pull</c>: the models of the store that all nodes share.</summary>
internal static class ModelStoreCommands
{
    public static void AddTo(Command models)
    {
        var version = new Argument<string?>("VERSION")
        {
            Description = "As the list of versions names it; without it, the one before the latest.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        models.Add(Create("versions", "List the kept versions of a model, newest first.", null,
            (store, _, name, _, token) => VersionsAsync(store, name, token)));
        models.Add(Create("rollback", "Make a kept version the latest again, for all executors.", version,
            (store, settings, name, id, token) => RollbackAsync(store, settings, name, id, token)));
        models.Add(Create("push", "Check a model of the local folder, keep it as a new version and make it the latest.", null,
            (store, settings, name, _, token) => PushAsync(store, settings, name, token)));
        models.Add(Create("pull", "Fetch the latest files of a model into the local folder.", null,
            (store, settings, name, _, token) => PullAsync(store, settings, name, token)));
    }

    private static Command Create(
        string name, string description, Argument<string?>? second,
        Func<ModelStore, Settings, string, string?, CancellationToken, Task> act)
    {
        var config = CommonOptions.Config();
        var model = new Argument<string>("NAME") { Description = "The model." };
        var command = new Command(name, description) { model, config };
        if (second is not null)
            command.Add(second);
        command.SetAction((parsed, cancellation) => CommandGuard.RunAsync(async () =>
        {
            var settings = CommandSettings.Read(parsed.GetValue(config));
            using var store = ClusterRuntime.OpenStore(settings, TimeProvider.System);
            await act(store, settings, parsed.GetValue(model)!,
                second is null ? null : parsed.GetValue(second), cancellation);
            return ExitCode.Success;
        }));
        return command;
    }

    private static async Task VersionsAsync(ModelStore store, string name, CancellationToken cancellation)
    {
        var versions = await store.VersionsAsync(name, cancellation);
        if (versions.Count == 0)
            throw new AiOutliersException(ErrorKind.BadInput, $"no version of '{ModelName.Printable(name)}' is kept in the {store.Place}");
        var table = new Table().Border(TableBorder.Rounded).AddColumns("version (UTC)", "bytes", "state");
        foreach (var version in versions)
            table.AddRow(
                new Text(version.Id), new Text($"{version.Files.Sum(file => file.Size)}"), new Text(version.IsLatest ? "latest" : ""));
        AnsiConsole.Write(table);
    }

    private static async Task RollbackAsync(ModelStore store, Settings settings, string name, string? id, CancellationToken cancellation) =>
        System.Console.WriteLine(
            $"{name}: version {await store.RollbackAsync(name, id, cancellation)} is the latest now; "
                + $"executors fetch it when they look next, within {settings.Cluster.Poll.TotalSeconds:0} s");

    private static async Task PushAsync(ModelStore store, Settings settings, string name, CancellationToken cancellation)
    {
        if (!ModelFiles.Exists(settings.Models.Path, name))
            throw new AiOutliersException(ErrorKind.BadInput,
                $"'{ModelName.Printable(name)}' is not a model in {settings.Models.Path}; `rb-aioutliers models` lists the models");
        // What does not load here would be refused by every executor.
        ModelFiles.Load(settings.Models.Path, name);
        // Where the local folder is the store, latest is what is pushed.
        if (settings.Cluster.S3 is not null)
            await store.KeepLatestAsync(name, cancellation);
        System.Console.WriteLine(
            $"{name}: version {await store.UploadAsync(name, settings.Models.Path, cancellation)} is the latest now in the {store.Place}");
    }

    private static async Task PullAsync(ModelStore store, Settings settings, string name, CancellationToken cancellation)
    {
        if (settings.Cluster.S3 is null)
            throw new AiOutliersException(ErrorKind.BadConfiguration,
                "[AWS] is not set: the local model folder is the store, so it has every model already");
        var model = await store.FindAsync(name, cancellation)
            ?? throw new AiOutliersException(ErrorKind.BadInput, $"'{ModelName.Printable(name)}' is not a model in the {store.Place}");
        var isWhole = await ModelFetch.RunAsync(
            store, model, settings.Models.Path, static (folder, name) => ModelFiles.Load(folder, name), cancellation);
        if (!isWhole)
            throw new AiOutliersException(ErrorKind.ClusterFailed, $"'{name}' is being uploaded just now; try again in a few seconds");
        System.Console.WriteLine($"{name}: fetched into {settings.Models.Path}");
    }
}
