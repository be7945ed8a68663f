using AiOutliers.Detection;
using AiOutliers.Models;

namespace AiOutliers.Service.Cli;

/// <summary>What a command says of a model's name that it does not know.</summary>
internal static class UnknownModel
{
    public static AiOutliersException Of(string name, IEnumerable<string> known) => new(
        ErrorKind.BadInput,
        $"'{ModelName.Printable(name)}' is not a model; `rb-aioutliers models` lists the models." + Similar.Hint(name, known));
}
