using AiOutliers.Models.Store;

namespace AiOutliers.Cluster.Tests.Processes;

/// <summary>The settings of a node whose models are in a store, as environment variables.</summary>
internal static class NodeSettings
{
    public static Dictionary<string, string> Of(S3Settings s3) => new()
    {
        ["AWS__s3_hostname"] = s3.Endpoint.AbsoluteUri,
        ["AWS__s3_public_key"] = s3.PublicKey,
        ["AWS__s3_private_key"] = s3.PrivateKey,
        ["AWS__s3_bucket"] = s3.Bucket,
    };

    /// <param name="s3">The store.</param>
    /// <param name="models">The folder that the node keeps them in.</param>
    public static Dictionary<string, string> Of(S3Settings s3, string models) => new(Of(s3)) { ["Models__path"] = models };
}
