namespace AiOutliers.Service.Security;

/// <summary>What a caller may do. Each role may do all that the ones before it may.</summary>
internal enum Role
{
    /// <summary>Look at what is there.</summary>
    Viewer,

    /// <summary>Ask and judge: detect, explain, preview, acknowledge, give a verdict.</summary>
    Operator,

    /// <summary>Change what happens by itself: monitors, contacts, models, training, keys.</summary>
    Admin,
}
