using System.Net;
using AiOutliers.Tests.Shared;

namespace AiOutliers.Console.Tests.Pages;

/// <summary>Each action of a page takes the role that the same action of version 2 takes.</summary>
public sealed class RolesTests
{
    private static readonly string[] OfOperators =
    [
        "/incidents/none/acknowledge", "/incidents/none/verdict", "/incidents/none/comment", "/monitors/preview",
    ];

    private static readonly string[] OfAdmins =
    [
        "/monitors/apply", "/monitors/none/delete", "/models/train", "/models/none/rollback", "/queue/1/retry", "/queue/1/cancel",
        "/settings/keys", "/settings/keys/revoke", "/settings/contacts/none/test", "/settings/contacts/none/delete",
        "/settings/routes/none/delete",
    ];

    [Fact]
    public async Task Action_OfALowerRole_IsRefusedAndOfTheRightOneIsNot()
    {
        using var folder = new TemporaryFolder();
        await using var service = await SignedIn.ServiceAsync(folder);
        using var viewer = await SignedIn.ClientAsync(service.Address, SignedIn.ViewersKey);
        using var @operator = await SignedIn.ClientAsync(service.Address, SignedIn.OperatorsKey);
        foreach (var path in OfOperators)
        {
            (await StatusAsync(viewer, path)).ShouldBe(HttpStatusCode.Forbidden, path);
            (await StatusAsync(@operator, path)).ShouldNotBe(HttpStatusCode.Forbidden, path);
        }
        using var admin = await SignedIn.ClientAsync(service.Address, SignedIn.AdminsKey);
        foreach (var path in OfAdmins)
        {
            (await StatusAsync(viewer, path)).ShouldBe(HttpStatusCode.Forbidden, path);
            (await StatusAsync(@operator, path)).ShouldBe(HttpStatusCode.Forbidden, path);
            (await StatusAsync(admin, path)).ShouldNotBe(HttpStatusCode.Forbidden, path);
        }
        using var nobody = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = service.Address };
        foreach (var path in OfOperators.Concat(OfAdmins))
            (await StatusAsync(nobody, path)).ShouldBe(HttpStatusCode.Unauthorized, path);
    }

    [Fact]
    public async Task Pages_OfAViewer_AreThoseThatOnlyLook()
    {
        using var folder = new TemporaryFolder();
        await using var service = await SignedIn.ServiceAsync(folder);
        using var viewer = await SignedIn.ClientAsync(service.Address, SignedIn.ViewersKey);
        foreach (var path in new[] { "/", "/incidents", "/monitors", "/models", "/queue", "/settings" })
            (await viewer.GetAsync(path)).StatusCode.ShouldBe(HttpStatusCode.OK, path);
        foreach (var path in new[] { "/explore", "/explore/data", "/explore/causes", "/explore/complete" })
            (await viewer.GetAsync(path)).StatusCode.ShouldBe(HttpStatusCode.Forbidden, path);
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client, string path)
    {
        using var answer = await client.PostAsync(path, SignedIn.Form(("note", "x")));
        return answer.StatusCode;
    }
}
