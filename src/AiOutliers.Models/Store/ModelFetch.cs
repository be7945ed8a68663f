using AiOutliers.Detection;
using AiOutliers.Models.Folder;

namespace AiOutliers.Models.Store;

/// <summary>
/// Takes a model of the store into a local folder. The model is fetched under a temporary name, loaded there, and only then put in its
/// place.
/// </summary>
public static class ModelFetch
{
    internal const string IncomingFolder = ".incoming";

    /// <param name="store">Where the model comes from.</param>
    /// <param name="model">The model, as the store lists it.</param>
    /// <param name="folder">The local model folder.</param>
    /// <param name="check">Loads the model of this name from this folder; throws an <see cref="AiOutliersException"/> when it cannot be
    /// used.</param>
    /// <param name="cancellation">Stops the transfer.</param>
    /// <returns>False when somebody is uploading just now, so that the files may not belong together.</returns>
    /// <exception cref="AiOutliersException">The model cannot be used, or the store failed; what was in the folder is
    /// untouched.</exception>
    public static async Task<bool> RunAsync(
        ModelStore store, StoredModel model, string folder, Action<string, string> check, CancellationToken cancellation)
    {
        if (!model.IsWhole)
        {
            var (network, profile) = (model.Name + ModelFileNames.Network, model.Name + ModelFileNames.Profile);
            throw new AiOutliersException(
                ErrorKind.UnusableModel, $"the model '{model.Name}' needs both {network} and {profile} in the store");
        }
        var place = Path.Combine(folder, IncomingFolder, Guid.NewGuid().ToString("N"));
        try
        {
            Directory.CreateDirectory(place);
            if (!await store.DownloadAsync(model, place, cancellation))
                return false;
            Check(check, place, model.Name);
            FileSwap.Commit(folder, model.Name, place, whole: true);
            return true;
        }
        finally
        {
            if (Directory.Exists(place))
                Directory.Delete(place, recursive: true);
        }
    }

    private static void Check(Action<string, string> check, string place, string name)
    {
        try
        {
            check(place, name);
        }
        catch (Exception error) when (error is not AiOutliersException and not OutOfMemoryException)
        {
            // A file that breaks the reader in a way that nobody foresaw must not stop the other models.
            throw new AiOutliersException(ErrorKind.UnusableModel, $"the model '{name}' cannot be loaded ({error.GetType().Name})", error);
        }
    }
}
