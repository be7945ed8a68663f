using System.CommandLine;
using AiOutliers.Detection;
using AiOutliers.Monitoring;
using AiOutliers.Monitoring.Storage;

namespace AiOutliers.Service.Cli;

/// <summary><c>storage migrate</c>: to the schema of this program, or from SQLite to PostgreSQL.</summary>
internal static class MigrateCommand
{
    private const string Variable = "env:";

    public static Command Create()
    {
        var target = new Argument<string?>("TARGET")
        {
            Description = "An empty PostgreSQL database: its connection string, or env:NAME for the variable that has it. "
                + "Without it the schema of the configured database is brought up to date.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        return MonitoringCommand.Of("migrate", "Bring the schema up to date, or copy SQLite to PostgreSQL.", (parsed, runtime, stop) =>
            parsed.GetValue(target) is { } text ? CopyAsync(runtime, AddressOf(text), stop) : UpdateAsync(runtime, stop), target);
    }

    private static async Task<int> UpdateAsync(MonitoringRuntime runtime, CancellationToken cancellation)
    {
        await using var connection = await runtime.Database.ConnectAsync(cancellation);
        var before = runtime.Database.SchemaBefore ?? Schema.Newest;
        System.Console.WriteLine(before == Schema.Newest
            ? $"{runtime.Settings.Database} has schema {before}, that of this program"
            : $"{runtime.Settings.Database} is brought from schema {before} to {Schema.Newest}");
        return ExitCode.Success;
    }

    private static async Task<int> CopyAsync(MonitoringRuntime runtime, DatabaseAddress address, CancellationToken cancellation)
    {
        await using var target = new Database(address, runtime.Clock);
        foreach (var (table, rows) in await new Migration(runtime.Database, target, runtime.Clock).RunAsync(cancellation))
            System.Console.WriteLine($"{table,-16}  {rows}");
        System.Console.WriteLine(
            $"{runtime.Settings.Database} is copied to {address}; set [Storage] database to it. The file stays as it is.");
        return ExitCode.Success;
    }

    private static DatabaseAddress AddressOf(string text) => DatabaseAddress.Parse(
        !text.StartsWith(Variable, StringComparison.Ordinal) ? text
        : Environment.GetEnvironmentVariable(text[Variable.Length..]) is { Length: > 0 } value ? value
        : throw new AiOutliersException(ErrorKind.BadInput, $"the environment variable {text[Variable.Length..]} is not set"));
}
