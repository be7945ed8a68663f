using System.Net;
using AiOutliers.Detection;

namespace AiOutliers.Service.Options;

/// <summary>Reads <c>config.ini</c> and the environment (<c>Section__key</c>, which wins) into <see cref="Settings"/>.</summary>
internal static class SettingsReader
{
    /// <summary>A day at one-minute steps with 11 metrics is about 0.75 MB of form; a week at one minute must fit too.</summary>
    private const int DefaultMaxBodyMegabytes = 16;

    /// <param name="path">The ini file; null reads the environment only.</param>
    /// <param name="testing">Takes address and port from <c>[OutliersServerTesting]</c>.</param>
    /// <param name="detectors">The names that <c>default_detector</c> may have.</param>
    /// <exception cref="AiOutliersException">
    /// The file cannot be read, or holds values that are not allowed; the message lists all of them.
    /// </exception>
    public static Settings Read(string? path, bool testing, IReadOnlyCollection<string> detectors)
    {
        var file = ReadFile(path);
        var reader = new SectionReader(
            new ConfigurationBuilder().AddConfiguration(file).AddEnvironmentVariables().Build(),
            path is null ? null : Path.GetDirectoryName(Path.GetFullPath(path)));
        var settings = Read(reader, testing, detectors);
        if (reader.Violations.Count > 0)
        {
            throw new AiOutliersException(
                ErrorKind.BadConfiguration, "The configuration cannot be used:\n  " + string.Join("\n  ", reader.Violations));
        }
        return settings with { Warnings = [.. reader.UnknownKeys(file), .. Missing(settings.Models, reader)] };
    }

    /// <summary>Asks the reader for every key there is.</summary>
    internal static Settings Read(SectionReader reader, bool testing, IReadOnlyCollection<string> detectors)
    {
        var (cluster, endpoint) = (ClusterSection.Read(reader), DruidSection.ReadEndpoint(reader));
        return new Settings
        {
            Server = ReadServer(reader, testing),
            Engine = EngineSection.Read(reader, detectors),
            Models = new(reader.Beside(reader.Text("Models", "path", "models")), reader.Integer("Models", "max_loaded", 64, 1, 100_000)),
            Cluster = cluster,
            Security = SecuritySection.Read(reader),
            Monitoring = StorageSection.Read(reader, hasSeveralNodes: cluster.Queue.Redis is not null),
            DruidEndpoint = endpoint,
            DruidAuthorization = DruidSection.ReadAuthorization(reader),
            DruidTrust = DruidSection.ReadTrust(reader, endpoint),
            LongestQuery = Seconds(reader, "Druid", "longest_query_seconds", 300, 1, 3600),
            LogFile = reader.Text("Logger", "log_file"),
        };
    }

    /// <summary>A folder that is named and not there: it may come, with the first model. The default one need not be there.</summary>
    private static IEnumerable<string> Missing(ModelSettings models, SectionReader reader) =>
        reader.Text("Models", "path") is not null && !Directory.Exists(models.Path)
        ? [$"[Models] path = '{models.Path}': the folder does not exist. Deep models run once it does."]
        : [];

    private static IConfiguration ReadFile(string? path)
    {
        if (path is null)
            return new ConfigurationBuilder().Build();
        try
        {
            return new ConfigurationBuilder().AddIniFile(Path.GetFullPath(path), optional: false, reloadOnChange: false).Build();
        }
        catch (Exception error) when (error is IOException or InvalidDataException or FormatException or UnauthorizedAccessException)
        {
            var reason = error is FileNotFoundException or DirectoryNotFoundException
                ? "the file does not exist"
                : (error.InnerException ?? error).Message;
            throw new AiOutliersException(ErrorKind.BadConfiguration, $"The configuration file '{path}' cannot be read: {reason}", error);
        }
    }

    private static ServerSettings ReadServer(SectionReader reader, bool testing)
    {
        const string Production = "OutliersServerProduction", Testing = "OutliersServerTesting";
        reader.Accept(Production, "outliers_binding_address", "outliers_server_port", "outliers_server_workers", "outliers_server_threads");
        reader.Accept(Testing, "outliers_binding_address", "outliers_server_port", "outliers_server_workers", "outliers_server_threads");
        var section = testing ? Testing : Production;
        var address = reader.Text(section, "outliers_binding_address", "0.0.0.0");
        if (address != "localhost" && !IPAddress.TryParse(address, out _))
            reader.Reject(section, "outliers_binding_address", address, "an IP address or localhost");
        return new(
            address,
            reader.Integer(section, "outliers_server_port", 39091, 0, 65535),
            reader.Integer(Production, "error_status", 500, 200, 599),
            reader.Integer(Production, "max_body_megabytes", DefaultMaxBodyMegabytes, 1, 500) * 1024L * 1024L,
            reader.Integer(Production, "health_port", 1, 65535),
            Seconds(reader, Production, "ready_grace_seconds", 0, 0, 86_400));
    }

    private static TimeSpan Seconds(SectionReader reader, string section, string key, int unset, int minimum, int maximum) =>
        TimeSpan.FromSeconds(reader.Integer(section, key, unset, minimum, maximum));
}
