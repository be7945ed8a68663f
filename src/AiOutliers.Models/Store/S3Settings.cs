namespace AiOutliers.Models.Store;

/// <summary>Where the models' bucket is and who we are there.</summary>
/// <param name="Endpoint">The server's address; requests are path-style, which every S3 server takes.</param>
/// <param name="PublicKey">The access key's id.</param>
/// <param name="PrivateKey">The access key's secret.</param>
/// <param name="Region">Part of the signature; servers that have no regions take any.</param>
/// <param name="Bucket">The bucket's name.</param>
public sealed record S3Settings(Uri Endpoint, string PublicKey, string PrivateKey, string Region, string Bucket)
{
    /// <summary>A request that fails for a reason that passes is sent again so often, with pauses of 0.5, 1, 2, … s.</summary>
    public int Retries { get; init; } = 4;

    /// <summary>One request, the content included, may take so long.</summary>
    public TimeSpan RequestLimit { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Without the keys: settings are printed by whoever debugs.</summary>
    public override string ToString() => $"{Endpoint} {Bucket}";
}
