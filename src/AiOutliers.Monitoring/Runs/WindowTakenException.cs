namespace AiOutliers.Monitoring.Runs;

/// <summary>Another scheduler has judged the window, or the monitor was changed meanwhile: nothing of this attempt is used.</summary>
internal sealed class WindowTakenException() : Exception("another scheduler has judged the window");
