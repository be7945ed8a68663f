namespace AiOutliers.Service.Cli;

/// <summary>Examples of every command, for its help and for the manual page. The tests parse each.</summary>
internal static class Examples
{
    private static readonly Dictionary<string, string[]> All = new(StringComparer.Ordinal)
    {
        [""] =
        [
            "rb-aioutliers detect samples/query.json --config samples/config.ini",
            "rb-aioutliers serve --config config.ini",
            "rb-aioutliers detect --help",
        ],
        ["serve"] = ["rb-aioutliers serve --config /opt/rb-aioutliers/config.ini"],
        ["detect"] =
        [
            "rb-aioutliers detect traffic.csv",
            "rb-aioutliers detect traffic.parquet --by sensor_name --metric sum_bytes --format json",
            "rb-aioutliers detect \"rb_flow bytes by sensor_name where direction=upstream last 7d every 5m\"",
            "rb-aioutliers detect query.json --last 1d --since 1h --fail-on 70",
            "curl -s 'http://prometheus:9090/api/v1/query_range?…' | rb-aioutliers detect",
        ],
        ["selftest"] =
        [
            "rb-aioutliers selftest --data recent.json",
            "rb-aioutliers selftest --data traffic.csv --metric bytes --sensitivity high",
        ],
        ["evaluate"] =
        [
            "rb-aioutliers evaluate labelled --report out.html",
            "rb-aioutliers evaluate nab --detector shallow --output results.csv",
        ],
        ["train"] =
        [
            "rb-aioutliers train hq --sensor headquarters --dry-run",
            "rb-aioutliers train traffic --data march.csv april.csv",
            "rb-aioutliers train --all-sensors --from 2024-09-01",
        ],
        ["models"] = ["rb-aioutliers models", "rb-aioutliers models inspect traffic"],
        ["models inspect"] = ["rb-aioutliers models inspect traffic"],
        ["models versions"] = ["rb-aioutliers models versions traffic"],
        ["models rollback"] = ["rb-aioutliers models rollback traffic 20240924T020000000Z"],
        ["models push"] = ["rb-aioutliers models push traffic"],
        ["models pull"] = ["rb-aioutliers models pull traffic"],
        ["models convert"] = ["rb-aioutliers models convert traffic --keras 2"],
        ["schedule"] = ["rb-aioutliers schedule --config config.ini"],
        ["work"] = ["rb-aioutliers work --config config.ini"],
        ["jobs"] = ["rb-aioutliers jobs", "rb-aioutliers jobs show train-traffic"],
        ["config"] = ["rb-aioutliers config check --config config.ini"],
        ["config check"] = ["rb-aioutliers config check --config config.ini --connect"],
        ["monitors"] = ["rb-aioutliers monitors validate monitors", "rb-aioutliers monitors apply monitors", "rb-aioutliers monitors run"],
        ["monitors backfill"] = ["rb-aioutliers monitors backfill sensors 2024-09-20 2024-09-21"],
        ["storage migrate"] = ["rb-aioutliers storage migrate", "rb-aioutliers storage migrate env:POSTGRES"],
        ["incidents"] = ["rb-aioutliers incidents list", "rb-aioutliers incidents list --severity 75"],
        ["incidents explain"] = ["rb-aioutliers incidents explain 9c4a84e2 --dimensions dst_ip,protocol"],
        ["contacts"] = ["rb-aioutliers contacts list", "rb-aioutliers contacts test on-call"],
        ["storage"] =
        [
            "rb-aioutliers storage info", "rb-aioutliers storage backup monitors.db", "rb-aioutliers storage audit",
            "rb-aioutliers storage migrate env:POSTGRES",
        ],
        ["keys"] = ["rb-aioutliers keys add grafana operator", "rb-aioutliers keys list"],
        ["completion"] =
        [
            "rb-aioutliers completion bash > /etc/bash_completion.d/rb-aioutliers",
            "rb-aioutliers completion zsh > ~/.zfunc/_rb-aioutliers",
            "rb-aioutliers completion fish > ~/.config/fish/completions/rb-aioutliers.fish",
        ],
    };

    /// <param name="command">As one types it: <c>rb-aioutliers models inspect</c>.</param>
    public static IReadOnlyList<string> Of(string command) => All.GetValueOrDefault(command["rb-aioutliers".Length..].Trim(), []);
}
