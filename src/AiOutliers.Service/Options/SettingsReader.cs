using System.Net;
using System.Net.Http.Headers;
using System.Text;
using AiOutliers.Detection;

namespace AiOutliers.Service.Options;

/// <summary>Reads <c>config.ini</c> and the environment (<c>Section__key</c>, which wins) into <see cref="Settings"/>.</summary>
internal static class SettingsReader
{
    /// <summary>A day at one-minute steps with 11 metrics is about 0.75 MB of form; a week at one minute must fit too.</summary>
    private const int DefaultMaxBodyMegabytes = 16;

    private const int UsualHealthPort = 39093;

    private const string Embedded = "duckdb:", Hidden = "…";

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
        var cluster = ClusterSection.Read(reader);
        return new Settings
        {
            Server = ReadServer(reader, testing),
            Engine = EngineSection.Read(reader, detectors),
            Models = new(reader.Beside(reader.Text("Models", "path", "models")), reader.Integer("Models", "max_loaded", 64, 1, 100_000)),
            Cluster = cluster,
            Security = SecuritySection.Read(reader),
            Monitoring = StorageSection.Read(reader, hasSeveralNodes: cluster.Queue.Redis is not null),
            DruidEndpoint = ReadEndpoint(reader),
            DruidAuthorization = ReadAuthorization(reader),
            LongestQuery = Seconds(reader, "Druid", "longest_query_seconds", 300, 1, 3600),
            LogFile = reader.Text("Logger", "log_file"),
        };
    }

    /// <summary>A folder that is named and not there: it may come, with the first model. The default one need not be there.</summary>
    private static IEnumerable<string> Missing(ModelSettings models, SectionReader reader) =>
        reader.Text("Models", "path") is not null && !Directory.Exists(models.Path)
        ? [$"[Models] path = '{models.Path}': there is no such folder; as long as there is none, no deep model can run."]
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
                ? "there is no such file"
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
            reader.Text(Production, "health_port") is null ? null : reader.Integer(Production, "health_port", UsualHealthPort, 1, 65535),
            Seconds(reader, Production, "ready_grace_seconds", 0, 0, 86_400));
    }

    private static TimeSpan Seconds(SectionReader reader, string section, string key, int unset, int minimum, int maximum) =>
        TimeSpan.FromSeconds(reader.Integer(section, key, unset, minimum, maximum));

    /// <summary>Secrets in keys of their own may come from the environment, and never show in an address.</summary>
    private static AuthenticationHeaderValue? ReadAuthorization(SectionReader reader)
    {
        const string Section = "Druid";
        var (user, password) = (reader.Text(Section, "druid_user"), reader.Text(Section, "druid_password"));
        var token = reader.Text(Section, "druid_token");
        if (token is not null && (user ?? password) is not null)
            reader.Reject(Section, "druid_token", Hidden, "a value only without druid_user and druid_password");
        if (user is null != password is null)
            reader.Reject(Section, user is null ? "druid_user" : "druid_password", "", "a value, because the other of the two is set");
        if (token is not null)
            return new("Bearer", token);
        return user is null ? null : new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}")));
    }

    private static string? ReadEndpoint(SectionReader reader)
    {
        var endpoint = reader.Text("Druid", "druid_endpoint");
        if (endpoint is null || endpoint.Contains("x.x.x.x", StringComparison.Ordinal))
            return null;
        if (endpoint.StartsWith(Embedded, StringComparison.Ordinal))
        {
            endpoint = Embedded + reader.Beside(endpoint[Embedded.Length..]);
            if (!Directory.Exists(endpoint[Embedded.Length..]))
                reader.Reject("Druid", "druid_endpoint", endpoint, "duckdb: and then a folder that exists");
        }
        else if (!(Uri.TryCreate(endpoint, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"))
        {
            reader.Reject("Druid", "druid_endpoint", endpoint, "a broker's http or https URL, or duckdb:FOLDER");
        }
        return endpoint;
    }
}
