using AiOutliers.Cluster.Jobs;
using AiOutliers.Cluster.Registration;
using AiOutliers.Detection;
using AiOutliers.Models;
using AiOutliers.Models.Store;

namespace AiOutliers.Service.Options;

/// <summary>
/// Reads what concerns the cluster: <c>[AWS]</c>, <c>[Redis]</c>, <c>[Consul]</c>, <c>[NTP]</c>, <c>[Jobs]</c>, the schedule in
/// <c>[Outliers]</c>, the poll in <c>[Models]</c>.
/// </summary>
internal static class ClusterSection
{
    private const int RedisPort = 6379, MostPort = 65535, LongestServiceName = 120;

    public static ClusterSettings Read(SectionReader reader) => new()
    {
        S3 = ReadS3(reader),
        Poll = TimeSpan.FromSeconds(reader.Integer("Models", "poll_seconds", 60, 1, 3600)),
        Queue = ReadQueue(reader),
        Consul = ReadConsul(reader),
        NtpServer = ReadNtp(reader),
        Schedule = ReadSchedule(reader),
        Dashboard = ReadDashboard(reader),
        HealthPort = reader.Integer("Jobs", "health_port", 1, MostPort),
        ScheduleHealthPort = reader.Integer("Jobs", "schedule_health_port", 1, MostPort),
    };

    private static string? ReadNtp(SectionReader reader)
    {
        var server = reader.Text("NTP", "ntp_server");
        if (server is not null && server.Contains('@', StringComparison.Ordinal))
            reader.Reject("NTP", "ntp_server", server, "host or host:port");
        return server;
    }

    private static S3Settings? ReadS3(SectionReader reader)
    {
        const string Section = "AWS";
        var region = reader.Text(Section, "s3_region", "us-east-1");
        var keys = new[] { "s3_hostname", "s3_public_key", "s3_private_key", "s3_bucket" };
        var values = keys.Select(key => reader.Text(Section, key)).ToArray();
        if (values[0] is null || values[3] is null)
        {
            // Half a sample: whoever filled in the place wanted a bucket, keys alone name none.
            if (values[0] is not null || values[3] is not null)
                reject(values[0] is null ? 0 : 3);
            return null;
        }
        for (var i = 1; i <= 2; i++)
        {
            if (values[i] is null)
                reject(i);
        }
        // Without a scheme the safe one is meant.
        var text = values[0]!.Contains("://", StringComparison.Ordinal) ? values[0]! : "https://" + values[0];
        if (!IsHttp(text, out var endpoint) || endpoint.UserInfo.Length > 0)
        {
            reader.Reject(Section, keys[0], values[0]!, "a host, host:port, or an http or https URL without user and password");
            return null;
        }
        return new(endpoint, values[1] ?? "", values[2] ?? "", region, values[3]!);

        void reject(int missing) => reader.Reject(
            Section, keys[missing], "", "a value, because other keys of the section are set; unset them all for the local model folder");
    }

    private static QueueSettings ReadQueue(SectionReader reader)
    {
        var host = reader.Text("Redis", "rd_hostname");
        var (port, secret) = (reader.Integer("Redis", "rd_port", RedisPort, 1, MostPort), reader.Text("Redis", "rd_secret"));
        if (host is not null && Uri.CheckHostName(host) == UriHostNameType.Unknown)
            reader.Reject("Redis", "rd_hostname", host, "an IP address or a host name; the password goes into rd_secret");
        var user = reader.Text("Redis", "rd_username");
        var tls = reader.Choice("Redis", "rd_tls", "false", ["true", "false"]) == "true";
        var trust = TrustedAuthorities.Read(reader, "Redis", "rd_ca_file", tls, "rd_tls = true");
        if (user is not null && secret is null)
            reader.Reject("Redis", "rd_username", user, "a value only together with rd_secret");
        return new()
        {
            Redis = host is null ? null : new(host, port, secret) { User = user, Tls = tls, Trust = trust },
            Workers = reader.Integer("Jobs", "workers", 1, 1, 64),
            Lease = TimeSpan.FromSeconds(reader.Integer("Jobs", "lease_seconds", 30, 2, 60)),
            Grace = TimeSpan.FromSeconds(reader.Integer("Jobs", "grace_seconds", 20, 1, 600)),
        };
    }

    private static ConsulSettings? ReadConsul(SectionReader reader)
    {
        const string Section = "Consul";
        var text = reader.Text(Section, "consul_endpoint");
        var name = reader.Text(Section, "service_name", "rb-aioutliers");
        if (name.Length > LongestServiceName || name.Any(static c => !char.IsAsciiLetterOrDigit(c) && c is not '-'))
            reader.Reject(
                Section, "service_name", name, $"up to {LongestServiceName} letters, digits and hyphens, which is what DNS takes");
        var address = reader.Text(Section, "service_address");
        if (address is not null && Uri.CheckHostName(address) == UriHostNameType.Unknown)
            reader.Reject(Section, "service_address", address, "an IP address or a host name");
        var port = reader.Integer(Section, "service_port", 1, MostPort);
        // The environment variables that Consul's own tools read.
        var token = reader.Text(Section, "consul_token") ?? Environment.GetEnvironmentVariable("CONSUL_HTTP_TOKEN");
        var isTls = text?.StartsWith("https://", StringComparison.OrdinalIgnoreCase) ?? false;
        var trust = TrustedAuthorities.Read(
            reader, Section, "consul_ca_file", isTls, "an https consul_endpoint", Environment.GetEnvironmentVariable("CONSUL_CACERT"));
        if (text is null)
            return null;
        if (IsHttp(text.Contains("://", StringComparison.Ordinal) ? text : "http://" + text, out var endpoint))
        {
            return new(endpoint, name, address, port, token)
            {
                Trust = trust,
                IsTls = reader.Text("Security", "certificate") is not null,
            };
        }
        reader.Reject(Section, "consul_endpoint", text, "host:port, or the agent's http or https URL");
        return null;
    }

    private static TrainingSchedule ReadSchedule(SectionReader reader)
    {
        const string Section = "Outliers";
        var cron = reader.Text(Section, "schedule_hour");
        var models = List(reader.Text(Section, "model_names"));
        foreach (var model in models.Where(model => !ModelName.IsUsable(model)))
            reader.Reject(Section, "model_names", ModelName.Printable(model), $"names of {ModelName.Rule}, separated by commas");
        if (cron is not null)
        {
            try
            {
                JobScheduler.Parse(cron);
            }
            catch (AiOutliersException)
            {
                reader.Reject(
                    Section, "schedule_hour", cron, "a cron expression of five fields: minute, hour, day of month, month, day of week");
            }
        }
        return new(cron, models, List(reader.Text(Section, "target_sensors")));
    }

    private static DashboardSettings ReadDashboard(SectionReader reader)
    {
        var access = reader.Choice(
            "Jobs", "dashboard", DashboardSettings.Off, [DashboardSettings.Off, DashboardSettings.Loopback, DashboardSettings.WithKey]);
        var key = reader.Text("Jobs", "dashboard_key");
        if (access == DashboardSettings.WithKey && key is not { Length: >= 16 })
            reader.Reject("Jobs", "dashboard_key", key is null ? "" : "…", "16 characters or more, because dashboard = key");
        return new(access, key);
    }

    private static List<string> List(string? text) =>
        [
            .. (text ?? "")
                .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                .Distinct(StringComparer.Ordinal),
        ];

    private static bool IsHttp(string text, out Uri endpoint) =>
        Uri.TryCreate(text, UriKind.Absolute, out endpoint!) && endpoint.Scheme is "http" or "https";
}
