namespace AiOutliers.Druid.Embedded;

/// <summary>A function of two columns.</summary>
internal enum ColumnFunction
{
    Plus,

    Minus,

    Times,

    /// <summary>Division, by zero 0.</summary>
    Over,

    /// <summary>Division, by zero infinite or not a number.</summary>
    Quotient,
}
