using Fluid;
using Fluid.Values;

namespace AiOutliers.Monitoring.Alerts;

/// <summary>
/// The text of a message by a contact's own template, in Liquid: <c>alerts</c> is the list of messages, each with the members that a
/// webhook gets.
/// </summary>
internal static class AlertTemplate
{
    private const int MostSteps = 100_000, MostCharacters = 1_000_000;

    private static readonly FluidParser Parser = new();

    private static readonly TemplateOptions Options = CreateOptions();

    /// <summary>What is wrong with a template; null when nothing is. The parser's second line on is the template itself.</summary>
    public static string? Fault(string template) => Parser.TryParse(template, out _, out var error) ? null : error.Split('\n')[0].Trim();

    /// <exception cref="DeliveryException">The template fails on these messages.</exception>
    public static string Render(string template, IReadOnlyList<AlertMessage> messages, string title)
    {
        if (!Parser.TryParse(template, out var parsed, out var error))
            throw new DeliveryException($"the template is not Liquid: {error}");
        var context = new TemplateContext(Options);
        context.SetValue("alerts", messages);
        context.SetValue("title", title);
        try
        {
            using var text = new BoundedText(MostCharacters);
            // Nothing of it waits for anything: it has ended when this returns.
            new TemplateBounds().VisitTemplate(parsed).RenderAsync(text, context).AsTask().GetAwaiter().GetResult();
            return text.ToString();
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            // Whatever a template does wrong, the alert has to be told.
            throw new DeliveryException($"the template fails: {failure.Message}", failure);
        }
    }

    private static TemplateOptions CreateOptions()
    {
        var options = new TemplateOptions
        {
            MaxSteps = MostSteps,
            MemberAccessStrategy = { MemberNameStrategy = MemberNameStrategies.CamelCase },
        };
        options.MemberAccessStrategy.Register<AlertMessage>();
        options.ValueConverters.Add(static value => value is System.Text.Json.JsonElement json ? new StringValue(json.GetRawText()) : null);
        return options;
    }
}
