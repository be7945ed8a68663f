namespace AiOutliers.Models.Store;

/// <summary>A model's files in the store.</summary>
/// <param name="Name">The files' common name.</param>
/// <param name="Files">One object per file, in order of key.</param>
public sealed record StoredModel(string Name, IReadOnlyList<StoredObject> Files)
{
    /// <summary>Changes when any file does.</summary>
    public string Fingerprint { get; } = string.Join('|', Files.Select(file => $"{FileName(file)}={file.ETag}"));

    public DateTime LastModified => Files.Max(file => file.LastModified);

    /// <summary>Network and profile are there; the filter is optional.</summary>
    public bool IsWhole => ModelFileNames.AreWhole(Name, Files.Select(FileName));

    public static string FileName(StoredObject item) => item.Key[(item.Key.LastIndexOf('/') + 1)..];
}
