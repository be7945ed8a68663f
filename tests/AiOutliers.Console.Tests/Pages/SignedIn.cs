using System.Net;
using System.Security.Cryptography;
using System.Text;
using AiOutliers.Tests.Shared;

namespace AiOutliers.Console.Tests.Pages;

/// <summary>Services with keys, and browsers without a window that have signed in.</summary>
internal static class SignedIn
{
    public const string ViewersKey = "aio_viewer-of-the-tests", OperatorsKey = "aio_operator-of-the-tests", AdminsKey = "aio_admin-of-the-tests";

    public static string WriteKeys(TemporaryFolder folder)
    {
        var file = Path.Combine(folder.Path, "keys");
        File.WriteAllLines(
            file, [LineOf("eve", "viewer", ViewersKey), LineOf("otto", "operator", OperatorsKey), LineOf("ada", "admin", AdminsKey)]);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return file;
    }

    /// <summary>With keys, and a database of its own in the folder.</summary>
    public static Task<ServiceProcess> ServiceAsync(TemporaryFolder folder)
    {
        var settings = new Dictionary<string, string>(SampleService.Settings())
        {
            ["Security__keys_file"] = WriteKeys(folder),
            ["Storage__database"] = "sqlite:" + Path.Combine(folder.Path, "console.db"),
        };
        return ServiceProcess.StartAsync(SampleService.Command, settings);
    }

    public static async Task<HttpClient> ClientAsync(Uri address, string key, CookieContainer? cookies = null)
    {
        var client = new HttpClient(new SocketsHttpHandler { CookieContainer = cookies ?? new() }) { BaseAddress = address };
        using var answer = await client.PostAsync("/sign-in", Form(("key", key), ("back", "/settings")));
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        return client;
    }

    public static FormUrlEncodedContent Form(params (string Name, string Value)[] fields) =>
        new(fields.Select(static field => KeyValuePair.Create(field.Name, field.Value)));

    private static string LineOf(string name, string role, string key) =>
        $"{name} {role} {Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)))}";
}
