namespace AiOutliers.Monitoring.Alerts;

/// <summary>Draws incidents for messages that can show a picture.</summary>
public interface IIncidentPictures
{
    /// <param name="incident">Its id.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>A PNG; null where there is nothing to draw.</returns>
    Task<byte[]?> DrawAsync(string incident, CancellationToken cancellation);
}
