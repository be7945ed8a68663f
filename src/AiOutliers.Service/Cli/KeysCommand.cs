using System.CommandLine;
using AiOutliers.Detection;
using AiOutliers.Service.Options;
using AiOutliers.Service.Security;

namespace AiOutliers.Service.Cli;

/// <summary><c>keys</c>: who may ask the service. A running one sees changes with the next request.</summary>
internal static class KeysCommand
{
    private static readonly Argument<string> Name = new("NAME") { Description = $"Whose key it is: {AccessKey.NameRule}." };

    private static readonly Argument<string> RoleArgument = CreateRole();

    public static Command Create() =>
        new("keys", "Add, list and revoke the keys of [Security] keys_file.") { CreateAdd(), CreateList(), CreateRevoke() };

    private static Command CreateAdd()
    {
        var config = CommonOptions.Config();
        var add = new Command("add", "Make a key and print it. It is shown this once: the file keeps its hash.")
        {
            Name, RoleArgument, config,
        };
        add.SetAction((parsed, stop) => CommandGuard.RunAsync(() =>
        {
            var (settings, name, role) = (Read(parsed.GetValue(config)), parsed.GetValue(Name)!, parsed.GetValue(RoleArgument)!);
            Add(PathOf(settings), name, role);
            return KeyAudit.WriteAsync(settings, "add", name, role, stop);
        }));
        return add;
    }

    private static Command CreateList()
    {
        var config = CommonOptions.Config();
        var list = new Command("list", "Print names and roles.") { config };
        list.SetAction((parsed, _) => CommandGuard.RunAsync(() =>
        {
            foreach (var key in KeysFile.Read(PathOf(Read(parsed.GetValue(config)))))
                System.Console.WriteLine($"{key.Name} {key.Role.Name()}");
            return Task.FromResult(ExitCode.Success);
        }));
        return list;
    }

    private static Command CreateRevoke()
    {
        var config = CommonOptions.Config();
        var revoke = new Command("revoke", "Make a key invalid.") { Name, config };
        revoke.SetAction((parsed, stop) => CommandGuard.RunAsync(() =>
        {
            var (settings, name) = (Read(parsed.GetValue(config)), parsed.GetValue(Name)!);
            Revoke(PathOf(settings), name);
            return KeyAudit.WriteAsync(settings, "revoke", name, role: null, stop);
        }));
        return revoke;
    }

    private static void Add(string path, string name, string role)
    {
        RoleNames.TryParse(role, out var parsed);
        System.Console.WriteLine(KeysFile.Add(path, name, parsed));
        System.Console.Error.WriteLine($"This is the key of {name} ({parsed.Name()}). It is not shown again. "
            + "Send it as Authorization: Bearer KEY. The user that the service runs as must be able to read the file.");
    }

    private static void Revoke(string path, string name)
    {
        KeysFile.Revoke(path, name);
        System.Console.Error.WriteLine($"The key of {name} is not valid any more.");
    }

    private static Settings Read(string? config) => CommandSettings.Read(config);

    private static string PathOf(Settings settings) => settings.Security.KeysFile ?? throw new AiOutliersException(
        ErrorKind.BadConfiguration, "[Security] keys_file is not set; set it to where the keys are kept, "
            + "such as /etc/rb-aioutliers/keys");

    private static Argument<string> CreateRole()
    {
        var role = new Argument<string>("ROLE") { Description = "viewer: look; operator: detect, explain, acknowledge, too; admin: all." };
        role.AcceptOnlyFromAmong([.. RoleNames.All]);
        return role;
    }
}
