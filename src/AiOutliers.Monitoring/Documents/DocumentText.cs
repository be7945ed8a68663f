using AiOutliers.Detection;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace AiOutliers.Monitoring.Documents;

/// <summary>YAML, of which JSON is a part, as nodes that know their line. What could grow without bound is refused.</summary>
internal static class DocumentText
{
    private const int LongestText = 4 << 20, Deepest = 64;

    /// <exception cref="AiOutliersException">It is not YAML, too long, too deep, or holds aliases.</exception>
    public static IReadOnlyList<YamlNode> Read(string text, string source)
    {
        if (text.Length > LongestText)
            throw new AiOutliersException(ErrorKind.BadInput, $"{source}: a text of documents may have {LongestText >> 20} MB");
        try
        {
            Check(text, source);
            var stream = new YamlStream();
            stream.Load(new StringReader(text));
            return [.. stream.Documents.Select(static document => document.RootNode).Where(static node => !IsEmpty(node))];
        }
        catch (YamlException error)
        {
            throw new AiOutliersException(
                ErrorKind.BadInput, $"{source}:{error.Start.Line}: it is not YAML: {(error.InnerException ?? error).Message}", error);
        }
    }

    /// <summary>
    /// The parser goes as deep as the text; the nodes would be read by recursion. An alias can stand for a million nodes.
    /// </summary>
    private static void Check(string text, string source)
    {
        var parser = new Parser(new StringReader(text));
        var depth = 0;
        while (parser.MoveNext())
        {
            depth += parser.Current!.NestingIncrease;
            if (parser.Current is AnchorAlias)
                throw new AiOutliersException(
                    ErrorKind.BadInput, $"{source}:{parser.Current.Start.Line}: aliases are not allowed; write the value out");
            if (depth > Deepest)
                throw new AiOutliersException(ErrorKind.BadInput, $"{source}:{parser.Current.Start.Line}: it is nested too deeply");
        }
    }

    /// <summary>What stands between two lines of hyphens without a word.</summary>
    private static bool IsEmpty(YamlNode node) => node is YamlScalarNode { Value: null or "", Style: ScalarStyle.Plain };
}
