using System.CommandLine;
using AiOutliers.Models.Folder;
using AiOutliers.Models.Keras;

namespace AiOutliers.Service.Cli;

/// <summary><c>models convert NAME --keras 2|3</c>: the model's archive for the other Keras, in place.</summary>
internal static class ConvertCommand
{
    public static Command Create(TimeProvider time)
    {
        var config = CommonOptions.Config();
        var name = new Argument<string>("NAME") { Description = "The model, as the list names it." };
        var keras = new Option<string>("--keras")
        {
            Description = "Which Keras is to read the archive: 2 (2.13 to 2.15, what the Python service runs) or 3.",
            Required = true,
        };
        keras.AcceptOnlyFromAmong("2", "3");
        var convert = new Command("convert",
            "Turn a model's archive into that of the other Keras. Weights stay, bit for bit; profile and filter are not touched.")
        {
            name, keras, config,
        };
        convert.SetAction((parsed, _) => CommandGuard.RunAsync(() =>
        {
            var folder = CommandSettings.Read(parsed.GetValue(config)).Models.Path;
            var layout = parsed.GetValue(keras) == "2" ? KerasLayout.Keras2 : KerasLayout.Keras3;
            return Task.FromResult(Convert(folder, parsed.GetValue(name)!, layout, time.GetUtcNow()));
        }));
        return convert;
    }

    private static int Convert(string folder, string name, KerasLayout layout, DateTimeOffset now)
    {
        if (!ModelFiles.Exists(folder, name))
            throw UnknownModel.Of(name, ModelFiles.Names(folder));
        var before = ModelSaver.Convert(folder, name, layout, now);
        System.Console.WriteLine(
            before == layout ? $"{name} is an archive of {Words(layout)} already." : $"{name}: from {Words(before)} to {Words(layout)}.");
        return ExitCode.Success;
    }

    private static string Words(KerasLayout? layout) => layout switch
    {
        null => "legacy HDF5",
        KerasLayout.Keras2 => "Keras 2.15",
        _ => "Keras 3",
    };
}
