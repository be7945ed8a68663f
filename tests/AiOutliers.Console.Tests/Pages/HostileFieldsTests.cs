using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;

namespace AiOutliers.Console.Tests.Pages;

/// <summary>Whatever is written into a field or an address comes back as text.</summary>
public sealed class HostileFieldsTests(SampleService service)
{
    private const string Hostile = "x=\"'><script>alert(1)</script><img src=x onerror=alert(1)>";

    [Theory]
    [InlineData("/?last=")]
    [InlineData("/?metric=")]
    [InlineData("/?sort=")]
    [InlineData("/incidents?q=")]
    [InlineData("/incidents?monitor=")]
    [InlineData("/incidents?state=")]
    [InlineData("/incidents?severity=")]
    [InlineData("/incidents?last=")]
    [InlineData("/incidents?from=")]
    [InlineData("/incidents?to=")]
    [InlineData("/incidents/")]
    [InlineData("/monitors/")]
    [InlineData("/monitors/new?where=")]
    [InlineData("/monitors/new?metric=")]
    [InlineData("/models/")]
    [InlineData("/explore?compare=")]
    [InlineData("/explore/complete?where=")]
    [InlineData("/explore/causes?metric=bytes&of=bytes&window=")]
    [InlineData("/explore/causes?metric=bytes&of=bytes&begin=")]
    [InlineData("/explore/causes?metric=bytes&window=0/60000&of=")]
    [InlineData("/settings?tested=")]
    [InlineData("/settings/contacts/")]
    [InlineData("/sign-in?back=/")]
    public async Task Address_WithMarkup_IsText(string path)
    {
        using var answer = await service.Service.Client.GetAsync(path + Uri.EscapeDataString(Hostile));
        Check(await answer.Content.ReadAsStringAsync());
    }

    /// <summary>Numbers that no calendar has.</summary>
    [Theory]
    [InlineData("/?at=9223372036854775807")]
    [InlineData("/?at=-62135596800001")]
    [InlineData("/explore/causes?where=sensor_name%3Dheadquarters&last=24h&of=bytes&window=0/9223372036854775807")]
    [InlineData("/explore/data?where=sensor_name%3Dheadquarters&last=24h&view=-9223372036854775808/9223372036854775807")]
    [InlineData("/explore?last=1h&zone=Asia/Tokyo&from=0001-01-01")]
    [InlineData("/incidents?state=all&from=0001-01-01&zone=Asia/Tokyo")]
    [InlineData("/incidents?state=all&severity=NaN&after=-9223372036854775808&id=x")]
    [InlineData("/explore?last=1h&zone=America/New_York&to=9999-12-31+23:59")]
    public async Task Address_WithATimeOutOfRange_IsAPage(string path)
    {
        using var answer = await service.Service.Client.GetAsync(path);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("/monitors/check", "document")]
    [InlineData("/monitors/preview", "document")]
    [InlineData("/monitors/apply", "document")]
    [InlineData("/models/train", "name")]
    [InlineData("/settings/keys", "name")]
    [InlineData("/settings/keys/revoke", "name")]
    [InlineData("/sign-in", "back")]
    [InlineData("/settings/look", "zone")]
    public async Task Form_WithMarkup_IsText(string path, string field)
    {
        using var answer = await service.Service.Client.PostAsync(path, SignedIn.Form((field, Hostile), ("role", "admin"), ("key", "none")));
        Check(await answer.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("/monitors/check")]
    [InlineData("/settings/look")]
    [InlineData("/sign-in")]
    public async Task Form_ThatCannotBeRead_IsRefused(string path)
    {
        HttpContent[] sent =
        [
            new StringContent("{}", Encoding.UTF8, "application/json"),
            new StringContent("--x\r\nbroken", Encoding.UTF8, MediaTypeHeaderValue.Parse("multipart/form-data; boundary=x")),
            SignedIn.Form(("document", "\0")),
            SignedIn.Form(("document", new string('a', 5_000_000))),
        ];
        foreach (var content in sent)
        {
            using var answer = await service.Service.Client.PostAsync(path, content);
            answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
            (await answer.Content.ReadAsStringAsync()).ShouldContain("The form cannot be read");
        }
    }

    [Fact]
    public async Task Train_SensorOfManyLetters_IsRefused()
    {
        using var answer = await service.Service.Client.PostAsync("/models/train", SignedIn.Form(("sensor", new string('s', 10_000))));
        answer.StatusCode.ShouldBe(HttpStatusCode.Conflict);
    }

    private static void Check(string html)
    {
        html.ShouldNotContain("<script>");
        html.ShouldNotContain("<img src=x");
        Regex.Count(html, "<script").ShouldBeLessThanOrEqualTo(1);
    }
}
