namespace AiOutliers.Service.Hosting;

/// <summary>Something that SIGHUP reads again.</summary>
/// <param name="Name">For the log: the model folder, the log file.</param>
/// <param name="Reload">Reads it again; does not fail.</param>
internal sealed record Reloadable(string Name, Action Reload);
