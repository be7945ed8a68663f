using AiOutliers.Models.Folder;
using AiOutliers.Models.Store;
using Amazon.S3.Model;
using Model = AiOutliers.Models.Model;

namespace AiOutliers.Tests.Shared.Servers;

/// <summary>The models of a bucket, put there or fetched.</summary>
internal static class StoredModels
{
    private const int Transfers = 8;

    /// <summary>Copies of the golden model under these names.</summary>
    public static async Task PushAsync(S3Settings s3, IReadOnlyList<string> names)
    {
        using var objects = new S3ObjectStore(s3);
        using var folder = new TemporaryFolder();
        var store = new ModelStore(objects, TimeProvider.System);
        foreach (var name in names)
            ModelFolderContent.WriteModel(folder.Path, name, "pushed");
        await Parallel.ForEachAsync(names, new ParallelOptions { MaxDegreeOfParallelism = Transfers }, async (name, token) => await store.UploadAsync(name, folder.Path, token));
    }

    /// <summary>Into <c>latest/</c> alone and without our tag, as the Python service and people write.</summary>
    public static async Task WriteForeignAsync(MinioServer server, S3Settings s3, string name, string folder)
    {
        using var client = server.Client();
        foreach (var file in Directory.GetFiles(folder, name + "*"))
            await client.PutObjectAsync(new PutObjectRequest { BucketName = s3.Bucket, Key = ModelStore.LatestPrefix + Path.GetFileName(file), FilePath = file });
    }

    /// <summary>Every one of them, fetched and loaded as an executor does.</summary>
    public static async Task<IReadOnlyList<Model>> LoadAllAsync(S3Settings s3)
    {
        using var objects = new S3ObjectStore(s3);
        using var folder = new TemporaryFolder();
        var store = new ModelStore(objects, TimeProvider.System);
        var models = new List<Model>();
        foreach (var model in await store.ListAsync())
        {
            (await store.DownloadAsync(model, folder.Path)).ShouldBeTrue();
            models.Add(ModelFiles.Load(folder.Path, model.Name));
        }
        return models;
    }
}
