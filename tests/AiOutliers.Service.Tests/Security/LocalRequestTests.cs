using System.Net;
using AiOutliers.Service.Security;
using Microsoft.AspNetCore.Http;

namespace AiOutliers.Service.Tests.Security;

public sealed class LocalRequestTests
{
    [Theory]
    [InlineData("127.0.0.1", "localhost:39091", null, true)]
    [InlineData("127.0.0.1", "127.0.0.1:39091", null, true)]
    [InlineData("::1", "[::1]:39091", null, true)]
    [InlineData("::ffff:127.0.0.1", "localhost", null, true)]
    [InlineData("10.0.0.1", "localhost", null, false)]
    [InlineData("127.0.0.1", "anomalies.example.com", null, false)]
    [InlineData("127.0.0.1", "localhost", "X-Forwarded-For", false)]
    [InlineData("127.0.0.1", "localhost", "Forwarded", false)]
    [InlineData("127.0.0.1", "localhost", "X-Real-IP", false)]
    [InlineData("127.0.0.1", "localhost", "Via", false)]
    public void IsLocal_OfARequest_TellsWhetherItWasMadeHere(string remote, string host, string? header, bool expected)
    {
        var context = new DefaultHttpContext();
        context.Connection.RemoteIpAddress = IPAddress.Parse(remote);
        context.Request.Host = new HostString(host);
        if (header is not null)
            context.Request.Headers[header] = "10.0.0.9";

        LocalRequest.IsLocal(context).ShouldBe(expected);
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData("http://localhost:39091", false)]
    [InlineData("http://evil.example.com", true)]
    [InlineData("null", true)]
    public void IsOfAnotherSite_ByItsOrigin_IsTold(string? origin, bool expected)
    {
        var context = new DefaultHttpContext();
        context.Request.Host = new HostString("localhost:39091");
        if (origin is not null)
            context.Request.Headers.Origin = origin;

        LocalRequest.IsOfAnotherSite(context.Request).ShouldBe(expected);
    }

    /// <summary>A link of another site may lead here; its forms may not be sent with what the browser adds.</summary>
    [Theory]
    [InlineData("POST", "cross-site", true)]
    [InlineData("DELETE", "same-site", true)]
    [InlineData("POST", "same-origin", false)]
    [InlineData("POST", "none", false)]
    [InlineData("GET", "cross-site", false)]
    public void IsOfAnotherSite_WithoutAnOrigin_IsToldByWhatTheBrowserSays(string method, string site, bool expected)
    {
        var context = new DefaultHttpContext();
        context.Request.Method = method;
        context.Request.Headers["Sec-Fetch-Site"] = site;

        LocalRequest.IsOfAnotherSite(context.Request).ShouldBe(expected);
    }

    [Theory]
    [InlineData("http", null, null, false)]
    [InlineData("https", null, null, true)]
    [InlineData("http", "http://anomalies.example.com", "http", false)]
    [InlineData("http", "https://anomalies.example.com", null, true)]
    [InlineData("http", null, "https", true)]
    [InlineData("http", null, "https, http", true)]
    [InlineData("http", null, "http, https", false)]
    public void IsByTls_OfTheBrowser_IsTold(string scheme, string? origin, string? forwarded, bool expected)
    {
        var context = new DefaultHttpContext();
        context.Request.Scheme = scheme;
        if (origin is not null)
            context.Request.Headers.Origin = origin;
        if (forwarded is not null)
            context.Request.Headers["X-Forwarded-Proto"] = forwarded;

        LocalRequest.IsByTls(context.Request).ShouldBe(expected);
    }
}
