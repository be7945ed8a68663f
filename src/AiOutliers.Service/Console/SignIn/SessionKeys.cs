using System.Xml.Linq;
using AiOutliers.Monitoring.Storage;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace AiOutliers.Service.Console.SignIn;

/// <summary>Where the keys of the sessions are: in the database, so that a browser may go from node to node.</summary>
internal sealed class SessionKeys(SessionKeyStore store) : IXmlRepository
{
    // The interface is from before there was async; keys are read once a day.
    public IReadOnlyCollection<XElement> GetAllElements() =>
        [.. Task.Run(() => store.ListAsync(CancellationToken.None)).GetAwaiter().GetResult().Select(XElement.Parse)];

    public void StoreElement(XElement element, string friendlyName) => Task.Run(() => store.AddAsync(
        friendlyName, element.ToString(SaveOptions.DisableFormatting), CancellationToken.None)).GetAwaiter().GetResult();
}
