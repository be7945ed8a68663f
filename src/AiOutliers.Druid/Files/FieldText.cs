using System.Text;
using System.Text.Unicode;

namespace AiOutliers.Druid.Files;

/// <summary>Fields as texts.</summary>
internal static class FieldText
{
    private const int MostShown = 40;

    /// <summary>What is not UTF-8 is Latin-1, as spreadsheets under Windows write it.</summary>
    public static string Of(ReadOnlySpan<byte> field) => (Utf8.IsValid(field) ? Encoding.UTF8 : Encoding.Latin1).GetString(field);

    /// <summary>For a message.</summary>
    public static string Shown(ReadOnlySpan<byte> field) =>
        Of(field) is { Length: > MostShown } text ? text[..MostShown] + "…" : Of(field);
}
