using System.CommandLine;

namespace AiOutliers.Service.Cli;

internal static class CommonOptions
{
    public const string DefaultConfig = "config.ini";

    /// <summary>
    /// The configuration file; without the option, <c>config.ini</c> in the current folder where there is one, else the defaults.
    /// </summary>
    public static Option<string?> Config() => new("--config")
    {
        Description = "The configuration file (default: config.ini where there is one). Environment variables Section__key override it.",
        DefaultValueFactory = _ => File.Exists(DefaultConfig) ? DefaultConfig : null,
    };

    /// <summary>How many rows a list has, at most.</summary>
    public static Option<int> Limit(int most) => new Option<int>("--limit")
    {
        Description = $"The most rows, up to {most}.",
        DefaultValueFactory = _ => 50,
    }.From(1, most);
}
