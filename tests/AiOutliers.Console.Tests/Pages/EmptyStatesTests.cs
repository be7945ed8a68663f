using System.Text.RegularExpressions;
using AiOutliers.Service.Console;
using AiOutliers.Service.Console.ModelPages;
using AiOutliers.Service.Console.MonitorPages;
using AiOutliers.Service.Console.Overview;
using AiOutliers.Service.Console.Pages;
using AiOutliers.Service.Console.Parts;
using AiOutliers.Service.Console.QueuePages;
using AiOutliers.Service.Console.SettingsPages;
using AiOutliers.Service.Security;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace AiOutliers.Console.Tests.Pages;

/// <summary>What is empty says what to do to those who may do it, and to others who may.</summary>
public sealed partial class EmptyStatesTests
{
    public static TheoryData<Type, object, string> States => new()
    {
        { typeof(ContactsPanel), new ContactsView([], [], null), "put it into the editor" },
        { typeof(MonitorsPage), new MonitorsView(true, new("page", 1, 0), []), "write one here" },
        { typeof(MonitorsPage), MonitorsView.Off, "[Storage]" },
        { typeof(ModelsPage), new ModelsView("models", new("page", 1, 0), [], []), "rb-aioutliers train" },
        { typeof(QueuePage), QueueView.Without(null), "[Redis]" },
        { typeof(QueuePage), new QueueView(true, new("page", 1, 0), [], [], null), "rb-aioutliers schedule</pre>" },
        { typeof(OverviewPage), new OverviewView("24h", "bytes", null, null, "sensor_name"), "[Druid]" },
        { typeof(ModelPage), new ModelView(new("traffic", null, "it is damaged"), [], null, null), "default detector. Train it again" },
    };

    [Theory]
    [MemberData(nameof(States))]
    public async Task Words_OfWhatIsEmpty_FitTheRole(Type page, object view, string advice)
    {
        (await HtmlAsync(page, view, Role.Admin)).ShouldContain(advice);
        foreach (var role in new[] { Role.Viewer, Role.Operator })
        {
            var html = await HtmlAsync(page, view, role);
            html.ShouldNotContain(advice);
            // A file to write or a command to run, and not one that shows the same as the page.
            html.ShouldNotContain("<pre tabindex");
        }
    }

    private static async Task<string> HtmlAsync(Type page, object view, Role role)
    {
        var context = new PageContext(null, TimeZoneInfo.Utc, DateTimeOffset.UnixEpoch.AddYears(54), "/", "http://node") { Role = role };
        await using var services = new ServiceCollection().BuildServiceProvider();
        await using var renderer = new HtmlRenderer(services, NullLoggerFactory.Instance);
        var parameters = ParameterView.FromDictionary(new Dictionary<string, object?> { ["Context"] = context, ["View"] = view });
        return await renderer.Dispatcher.InvokeAsync(async () =>
            Spaces().Replace((await renderer.RenderComponentAsync(page, parameters)).ToHtmlString(), " "));
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
