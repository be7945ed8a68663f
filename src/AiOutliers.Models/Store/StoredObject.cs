namespace AiOutliers.Models.Store;

/// <summary>One object of a store, as its listing shows it.</summary>
/// <param name="Key">The whole key, folders separated by a slash.</param>
/// <param name="ETag">Changes when the content does.</param>
/// <param name="Size">Bytes.</param>
/// <param name="LastModified">UTC.</param>
public sealed record StoredObject(string Key, string ETag, long Size, DateTime LastModified);
