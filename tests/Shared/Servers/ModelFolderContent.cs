namespace AiOutliers.Tests.Shared.Servers;

/// <summary>Puts models into folders: good ones, copies of a golden model, and broken ones.</summary>
internal static class ModelFolderContent
{
    public static readonly string GoodNetwork = Golden.Path("keras/k2_traffic_trained.keras"), GoodProfile = Golden.Path("keras/k2_traffic_trained.ini");

    /// <param name="folder">The folder.</param>
    /// <param name="name">The model's name.</param>
    /// <param name="mark">A comment in the profile, so that two models differ; no effect.</param>
    /// <param name="sensor">The sensor that the filter pins; null writes no filter.</param>
    public static void WriteModel(string folder, string name, string mark = "", string? sensor = null)
    {
        Directory.CreateDirectory(folder);
        File.Copy(GoodNetwork, Path.Combine(folder, name + ".keras"), overwrite: true);
        File.SetLastWriteTimeUtc(Path.Combine(folder, name + ".keras"), TimeProvider.System.GetUtcNow().UtcDateTime);
        File.WriteAllText(Path.Combine(folder, name + ".ini"), $"# {mark}\n{File.ReadAllText(GoodProfile)}");
        if (sensor is not null)
            File.WriteAllText(Path.Combine(folder, name + "_filter.json"), $$"""{"type":"selector","dimension":"sensor_name","value":"{{sensor}}"}""");
    }

    public static void WriteBroken(string folder, string name)
    {
        WriteModel(folder, name);
        File.WriteAllText(Path.Combine(folder, name + ".keras"), "no model");
    }

    /// <summary>The mark of the model that is there.</summary>
    public static string MarkOf(string folder, string name) => File.ReadLines(Path.Combine(folder, name + ".ini")).First()[2..];
}
