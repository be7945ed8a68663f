using System.IO.Compression;
using System.Text;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace AiOutliers.Service.Console;

/// <summary>A component as HTML. It is rendered here and now; nothing of it lives on in the server.</summary>
/// <param name="component">Its type.</param>
/// <param name="context">What every page knows.</param>
/// <param name="view">What this one shows.</param>
/// <param name="status">200, or what went wrong.</param>
internal sealed class PageResult(Type component, PageContext context, object view, int status = StatusCodes.Status200OK) : IResult
{
    /// <summary>Below it, compression gains nothing.</summary>
    private const int LeastCompressed = 1024;

    public static PageResult Of<T>(PageContext context, object view, int status = StatusCodes.Status200OK) where T : IComponent =>
        new(typeof(T), context, view, status);

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var (services, stop) = (httpContext.RequestServices, httpContext.RequestAborted);
        var open = CurrentIncidents.Words(await services.GetRequiredService<CurrentIncidents>().ListAsync(stop));
        var html = Encoding.UTF8.GetBytes(await RenderAsync(services, context with { Open = open }));
        var response = httpContext.Response;
        response.StatusCode = status;
        response.ContentType = "text/html; charset=utf-8";
        response.Headers.Vary = "Accept-Encoding, HX-Request";
        var accepted = httpContext.Request.Headers.AcceptEncoding.ToString();
        if (html.Length < LeastCompressed || !accepted.Contains("gzip", StringComparison.Ordinal))
        {
            response.ContentLength = html.Length;
            await response.Body.WriteAsync(html, httpContext.RequestAborted);
            return;
        }
        response.Headers.ContentEncoding = "gzip";
        await using var gzip = new GZipStream(response.Body, CompressionLevel.Optimal);
        await gzip.WriteAsync(html, httpContext.RequestAborted);
    }

    private async Task<string> RenderAsync(IServiceProvider services, PageContext shown)
    {
        var parameters = ParameterView.FromDictionary(new Dictionary<string, object?> { ["Context"] = shown, ["View"] = view });
        await using var renderer = new HtmlRenderer(services, services.GetRequiredService<ILoggerFactory>());
        return await renderer.Dispatcher.InvokeAsync(async () =>
            HiddenLetters.Marked((await renderer.RenderComponentAsync(component, parameters)).ToHtmlString()));
    }
}
