using static AiOutliers.Cluster.Tests.Jobs.PoisonedJob;

namespace AiOutliers.Cluster.Tests.Jobs;

/// <summary>Jobs of every shape that must not run. Each that could do something leaves a file in the folder.</summary>
internal static class PoisonedJobs
{
    private const string Core = ", System.Private.CoreLib";

    public static IReadOnlyList<PoisonedJob> All(string folder) => [.. OfTheFramework(folder), .. OfOtherTypes(), .. OfOurType(folder), .. OfKinds(folder), .. Broken()];

    private static IEnumerable<PoisonedJob> OfTheFramework(string folder) =>
    [
        Static("file", "System.IO.File" + Core, "WriteAllText", ["String", "String"], $"{folder}/file", "x"),
        Static("file by its old name", "System.IO.File, mscorlib", "WriteAllText", ["String", "String"], $"{folder}/mscorlib", "x"),
        Static("folder", "System.IO.Directory" + Core, "CreateDirectory", ["String"], $"{folder}/folder"),
        Static("process", "System.Diagnostics.Process, System.Diagnostics.Process", "Start", ["String", "String"], "touch", $"{folder}/process"),
        Static("exit", "System.Environment" + Core, "Exit", ["Int32"], 3),
        Static("fail fast", "System.Environment" + Core, "FailFast", ["String"], "poison"),
        Static("sleep", "System.Threading.Thread" + Core, "Sleep", ["Int32"], 3_600_000),
        Static("assembly", "System.Reflection.Assembly" + Core, "LoadFrom", ["String"], $"{folder}/x.dll"),
        Static("activator", "System.Activator" + Core, "CreateInstance", ["String", "String"], "System.Private.CoreLib", "System.Object"),
        Static("switch", "System.AppContext" + Core, "SetSwitch", ["String", "Boolean"], "poison", true),
        Static("console", "System.Console, System.Console", "WriteLine", ["String"], "poison runs"),
        Static("environment", "System.Environment" + Core, "SetEnvironmentVariable", ["String", "String"], "poison", "x"),
        Static("collection", "System.GC" + Core, "Collect", []),
    ];

    private static IEnumerable<PoisonedJob> OfOtherTypes()
    {
        string[] types =
        [
            "No.Such.Type, No.Such.Assembly", "No.Such.Type, AiOutliers.Cluster", "Some.Type, /etc/passwd", "WithoutAssembly", "", ",", " , ,",
            "System.String[]" + Core, "System.Int32*" + Core, "System.Int32&" + Core,
            "System.Collections.Generic.List`1[[System.String, System.Private.CoreLib]]" + Core, $"System.Collections.Generic.List`1[[{Ours}]]{Core}",
            "AiOutliers.Cluster.Jobs.TrainingRunner[], AiOutliers.Cluster", "AiOutliers.Cluster.Jobs.TrainingRunner", Ours.ToUpperInvariant(),
            "AiOutliers.Cluster.Jobs.TrainingRunner, System.Private.CoreLib", "AiOutliers.Cluster.Jobs.JobQueue, AiOutliers.Cluster",
            new('x', 1_000_000), "x\r\n12:00:00.000 Critical forged \u001b[31m",
        ];
        return types.Select(type => new PoisonedJob($"type '{type[..Math.Min(type.Length, 60)]}'", type, "RunAsync", OurTypes, Json("\"traffic\"", null, null, null)));
    }

    private static IEnumerable<PoisonedJob> OfOurType(string folder) =>
    [
        .. new[] { "ToString", "GetType", ".ctor", "Finalize", "runasync", "", "TrainAsync" }
            .Select(static method => new PoisonedJob($"our type's '{method}'", Ours, method, "[]", "[]")),
        new("no parameters", Ours, "RunAsync", "[]", "[]"),
        new("an object parameter", Ours, "RunAsync", Json("System.Object, System.Private.CoreLib"),
            Json($$"""{"$type":"System.IO.FileInfo, System.Private.CoreLib","fileName":"{{folder}}/x"}""")),
        new("a parameter of another type", Ours, "RunAsync", OurTypes.Replace("PerformContext", "OtherContext", StringComparison.Ordinal), Json("\"traffic\"", null, null, null)),
        OfOurs("two arguments", Json("\"traffic\"", null)),
        OfOurs("nine arguments", Json("\"traffic\"", null, null, null, null, null, null, null, null)),
        OfOurs("a number", Json("7", null, null, null)),
        OfOurs("no model", Json(null, null, null, null)),
        OfOurs("another folder", Json("\"../../etc/passwd\"", null, null, null)),
        OfOurs("an array", Json("[\"traffic\"]", null, null, null)),
        OfOurs("a type in an argument", Json("""{"$type":"System.Diagnostics.Process, System.Diagnostics.Process"}""", null, null, null)),
        OfOurs("a type in place of the arguments", """{"$type":"System.String[], System.Private.CoreLib","$values":["\"traffic\"",null,null,null]}"""),
        OfOurs("a long model", Json($"\"{new string('m', 5_000_000)}\"", null, null, null)),
        OfOurs("a long sensor", Json("\"traffic\"", $"\"{new string('s', 5_000_000)}\"", null, null)),
        OfOurs("a fifth of a gigabyte", new('[', 200_000_000)),
    ];

    private static IEnumerable<PoisonedJob> OfKinds(string folder) =>
    [
        OfKind("no kind", null, """{"model":"traffic"}"""),
        OfKind("another kind", "exec", $$"""{"command":"touch {{folder}}/exec"}"""),
        OfKind("another case", "Train", """{"model":"traffic"}"""),
        OfKind("a type as kind", "System.IO.File, System.Private.CoreLib", """{"model":"traffic"}"""),
        OfKind("no payload", "train", null),
        OfKind("an empty payload", "train", "{}"),
        OfKind("null as payload", "train", "null"),
        OfKind("a list as payload", "train", """["traffic"]"""),
        OfKind("a number in the payload", "train", """{"model":7}"""),
        OfKind("an object in the payload", "train", """{"model":{"$type":"System.IO.FileInfo, System.Private.CoreLib"}}"""),
        OfKind("a type in the payload", "train", """{"$type":"System.Diagnostics.Process, System.Diagnostics.Process","model":"traffic"}"""),
        OfKind("a further field", "train", """{"model":"traffic","folder":"/etc"}"""),
        OfKind("a field in another case", "train", """{"Model":"traffic"}"""),
        OfKind("no model in the payload", "train", """{"sensor":"a"}"""),
        OfKind("another folder in the payload", "train", """{"model":"../../etc/passwd"}"""),
        OfKind("a long sensor in the payload", "train", $$"""{"model":"traffic","sensor":"{{new string('s', 5000)}}"}"""),
        OfKind("a deep payload", "train", new('[', 4000)),
        OfKind("half a payload", "train", """{"model":"tra"""),
        new("a former type with a payload", Ours, "RunAsync", OurTypes, Json("\"train\"", "{\"model\":\"traffic\"}", null, null)),
        new("a kind with former arguments", Runner, "RunAsync", OurTypes, Json("\"traffic\"", null, null, null)),
    ];

    private static IEnumerable<PoisonedJob> Broken() =>
    [
        OfOurs("deep", new('[', 50_000)),
        OfOurs("half", "[\"\\\"traffic"),
        OfOurs("no arguments", null),
        OfOurs("a word", "traffic"),
        new("no type", null, "RunAsync", OurTypes, Json("\"traffic\"", null, null, null)),
        new("no method", Ours, null, OurTypes, Json("\"traffic\"", null, null, null)),
        new("no parameter types", Ours, "RunAsync", null, Json("\"traffic\"", null, null, null)),
        new("broken parameter types", Ours, "RunAsync", "[\"System", Json("\"traffic\"", null, null, null)),
        new("a type in the parameter types", Ours, "RunAsync", """{"$type":"System.Type[], System.Private.CoreLib","$values":[]}""",
            Json("\"traffic\"", null, null, null)),
        new("only a state", null, null, null, null) { CreatedAt = null },
        OfOurs("a broken time", Json("\"traffic\"", null, null, null)) with { CreatedAt = "yesterday" },
        OfOurs("no state", Json("\"traffic\"", null, null, null)) with { State = null },
        new("an id of two lines", Ours, "ToString", "[]", "[]") { Id = "x\r\n12:00:00.000 Critical forged" },
    ];
}
