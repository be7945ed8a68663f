using System.CommandLine;
using System.Globalization;
using AiOutliers.Detection;
using AiOutliers.Detection.Neural;
using AiOutliers.Models.Folder;
using AiOutliers.Service.Terminal;
using Spectre.Console;

namespace AiOutliers.Service.Cli;

/// <summary>
/// <c>models</c>: what is in the model folder; <c>models inspect NAME</c>: what is in a model; <c>models convert</c>: see there.
/// </summary>
internal static class ModelsCommand
{
    public static Command Create()
    {
        var config = CommonOptions.Config();
        var list = new Command("models", "List the models in the model folder and what they need.")
        {
            config, CreateInspect(), ConvertCommand.Create(TimeProvider.System),
        };
        ModelStoreCommands.AddTo(list);
        list.SetAction((parsed, _) => CommandGuard.RunAsync(() => Task.FromResult(List(Folder(parsed.GetValue(config))))));
        return list;
    }

    private static Command CreateInspect()
    {
        var config = CommonOptions.Config();
        var name = new Argument<string>("NAME") { Description = "The model, as the list names it." };
        var inspect = new Command("inspect", "Print a model's layers, shapes, thresholds and columns.") { name, config };
        inspect.SetAction((parsed, _) => CommandGuard.RunAsync(() =>
            Task.FromResult(Inspect(Folder(parsed.GetValue(config)), parsed.GetValue(name)!))));
        return inspect;
    }

    private static string Folder(string? config)
    {
        var folder = CommandSettings.Read(config).Models.Path;
        FileSwap.FinishAll(folder);
        return folder;
    }

    private static int List(string folder)
    {
        var names = ModelFiles.Names(folder);
        if (names.Count == 0)
        {
            AnsiConsole.WriteLine(
                $"No models in {folder}. A model is NAME.keras with NAME.ini; [Models] path in the configuration names the folder.");
            return ExitCode.Success;
        }
        var table = new Table().Border(TableBorder.Rounded).AddColumns("model", "rows needed", "metrics", "sensor", "state");
        var unusable = 0;
        foreach (var name in names)
        {
            try
            {
                var profile = ModelFiles.Load(folder, name).Autoencoder.Profile;
                table.AddRow(
                    Plain(name), Plain($"{profile.SliceRows}"), Plain($"{profile.Metrics.Count}"), Plain(profile.Sensor ?? "-"),
                    new Markup("[green]ready[/]"));
            }
            catch (AiOutliersException error)
            {
                unusable++;
                table.AddRow(Plain(name), Plain("-"), Plain("-"), Plain("-"), new Text(Reason(error.Message), new Style(Color.Red)));
            }
        }
        AnsiConsole.Write(table);
        return unusable > 0 ? ExitCode.Failure : ExitCode.Success;
    }

    /// <summary>Without "the model 'x' cannot be used:", which the table says already.</summary>
    private static string Reason(string message) =>
        message[(message.IndexOf(": ", StringComparison.Ordinal) is var colon and >= 0 ? colon + 2 : 0)..];

    private static int Inspect(string folder, string name)
    {
        if (!ModelFiles.Exists(folder, name))
            throw UnknownModel.Of(name, ModelFiles.Names(folder));
        var model = ModelFiles.Load(folder, name);
        var profile = model.Autoencoder.Profile;
        var facts = new Grid().AddColumn(new GridColumn().NoWrap()).AddColumn();
        foreach (var (key, value) in new (string, string)[]
        {
            ("rows needed", $"{profile.SliceRows} ({profile.Windows} windows of {profile.WindowSize})"),
            ("metrics", string.Join(", ", profile.Metrics)),
            ("calendar",
                string.Join(", ", profile.Calendar) + (profile.TrueWeekdays ? "" : " (weekdays encoded as the Python service did)")),
            ("average loss", Number(profile.AverageLoss)),
            ("deviation of the loss", Number(profile.LossDeviation)),
            ("anomalous above", profile.Residuals.Count > 0
                ? $"the limits of each metric, in [Residuals] of {name}.ini"
                : $"{Number(profile.Threshold)} (average + {Number(profile.LimitDeviations)} deviations)"),
            ("sensor", profile.Sensor ?? "-"),
            ("compared", profile.Comparison is { } comparison ? ComparisonTable.Words(name, comparison) : "-"),
            ("filter", model.Filter?.ReplaceLineEndings(" ") ?? "-"),
        })
        {
            facts.AddRow(Plain(key), Plain(value));
        }
        AnsiConsole.Write(facts);
        AnsiConsole.Write(Layers(model.Autoencoder.Network));
        return ExitCode.Success;
    }

    private static Table Layers(Network network)
    {
        var table = new Table()
            .Border(TableBorder.Rounded)
            .AddColumns("layer", "class", "from", "output shape")
            .AddColumn(new TableColumn("weights").RightAligned());
        table.AddRow(Plain("(input)"), Plain(""), Plain(""), Plain($"{network.Input}"), Plain(""));
        var total = 0;
        foreach (var node in network.Nodes)
        {
            var weights = Weights(node.Layer);
            total += weights;
            var sources = node.Inputs.Select(index => index == NetworkBuilder.Input ? "(input)" : network.Nodes[index].Layer.Name);
            table.AddRow(
                Plain(node.Layer.Name), Plain(node.Layer.Kind), Plain(string.Join(", ", sources)), Plain($"{node.Output}"),
                Plain(weights.ToString("N0", CultureInfo.InvariantCulture)));
        }
        table.AddRow(Plain(""), Plain(""), Plain(""), Plain("total"), Plain(total.ToString("N0", CultureInfo.InvariantCulture)));
        return table;
    }

    private static int Weights(Layer layer) =>
        layer.Parameters.Sum(static parameter => parameter.Values.Length) + layer.Children.Sum(static child => Weights(child.Layer));

    private static string Number(double value) => value.ToString("G6", CultureInfo.InvariantCulture);

    /// <summary>Names come from files: brackets in them are not markup.</summary>
    private static Text Plain(string text) => new(text);
}
