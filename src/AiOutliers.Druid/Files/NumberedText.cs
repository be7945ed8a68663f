namespace AiOutliers.Druid.Files;

/// <summary>What <see cref="TextNumbers"/> knows of a text.</summary>
internal struct NumberedText
{
    public int Start;
    public int Length;
    public int Hash;

    /// <summary>The text before it with the same remainder.</summary>
    public int Next;

    /// <summary>The text that came after it the last time.</summary>
    public int Follower;
}
