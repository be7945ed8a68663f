using System.Collections.Concurrent;
using AiOutliers.Service.Tests.Process;
using AiOutliers.Tests.Shared;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace AiOutliers.Service.Tests.Console;

/// <summary>The page of a model asks the store for its versions; the store here is an S3 server without an object.</summary>
[Trait("tier", "integration")]
public sealed class ModelPageTests
{
    private const string Nothing = """
        <?xml version="1.0" encoding="UTF-8"?>
        <ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">
        <Name>b</Name><KeyCount>0</KeyCount><MaxKeys>1000</MaxKeys><IsTruncated>false</IsTruncated></ListBucketResult>
        """;

    [Fact]
    public async Task Page_LookedAtAgainAndAgain_TakesNoFurtherConnections()
    {
        var connections = new ConcurrentDictionary<string, bool>();
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        await using var store = builder.Build();
        store.Run(context =>
        {
            connections[context.Connection.Id] = true;
            context.Response.ContentType = "application/xml";
            return context.Response.WriteAsync(Nothing);
        });
        await store.StartAsync();
        using var folder = new TemporaryFolder();
        foreach (var file in Directory.GetFiles(Path.Combine(Golden.Root, "models"), "traffic*"))
            File.Copy(file, Path.Combine(folder.Path, Path.GetFileName(file)));
        await using var service = await ServiceProcess.StartAsync(ServiceFixture.Command, new Dictionary<string, string>
        {
            ["Models__path"] = folder.Path,
            ["AWS__s3_hostname"] = store.Urls.First(),
            ["AWS__s3_bucket"] = "b",
            ["AWS__s3_public_key"] = "public",
            ["AWS__s3_private_key"] = "private",
        });
        await LookAsync(service);
        var before = connections.Count;

        for (var i = 0; i < 5; i++)
            await LookAsync(service);

        connections.Count.ShouldBe(before);
    }

    private static async Task LookAsync(ServiceProcess service)
    {
        var page = await service.Client.GetStringAsync("/models/traffic");
        page.ShouldContain("traffic");
    }
}
