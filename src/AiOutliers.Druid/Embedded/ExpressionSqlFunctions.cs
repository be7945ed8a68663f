using System.Globalization;
using System.Text.RegularExpressions;

namespace AiOutliers.Druid.Embedded;

/// <summary>The functions of expressions.</summary>
internal sealed partial class ExpressionSql
{
    private static readonly string[] Conditions = ["array_contains", "isnull"];

    /// <summary>After the function's name.</summary>
    private Column Call(string function)
    {
        if (function is not ("case_searched" or "cast"))
            throw Unsupported.Feature($"the function '{function}' in an expression");
        Expect("(");
        var value = function == "cast" ? Cast() : CaseSearched();
        Expect(")");
        return value;
    }

    /// <summary>Pairs of a condition and a value; the last value stands alone, for what no condition takes.</summary>
    private Column CaseSearched()
    {
        var cases = new List<(string Condition, Column Value)>();
        while (_at < _tokens.Count && Conditions.Contains(_tokens[_at]))
        {
            var condition = Condition();
            Expect(",");
            cases.Add((condition, Argument()));
            if (Next(",") is null)
                return Case(cases, Column.Missing);
        }
        return cases.Count > 0 ? Case(cases, Argument()) : throw Unknown();
    }

    /// <summary>Texts where any value is one, as in Druid.</summary>
    private static Column Case(List<(string Condition, Column Value)> cases, Column otherwise)
    {
        var isText = cases.Select(static one => one.Value).Append(otherwise).Any(static value => value.Kind == ColumnKind.Text);
        var (type, kind) = isText ? ("VARCHAR", ColumnKind.Text) : ("DOUBLE", ColumnKind.Double);
        var whens = string.Concat(cases.Select(one => $" WHEN {one.Condition} THEN ({one.Value.Sql})::{type}"));
        return new($"(CASE{whens} ELSE ({otherwise.Sql})::{type} END)", kind);
    }

    /// <summary>A list becomes a join, whose time does not grow with its length.</summary>
    private string Condition()
    {
        var function = _tokens[_at++];
        Expect("(");
        var list = function == "array_contains" ? _parameters.Add(Texts()) : null;
        if (list is not null)
            Expect(",");
        var value = Argument().Sql;
        Expect(")");
        return list is null ? $"({value} IS NULL)" : $"(({value})::VARCHAR IN (SELECT unnest({list}::VARCHAR[])))";
    }

    private Column Cast()
    {
        var value = Argument();
        Expect(",");
        return Text()?.ToUpperInvariant() switch
        {
            "STRING" => new($"({value.Sql})::VARCHAR", ColumnKind.Text),
            "LONG" => new($"try_cast({value.Sql} AS BIGINT)", ColumnKind.Long),
            "DOUBLE" => new($"try_cast({value.Sql} AS DOUBLE)", ColumnKind.Double),
            var type => throw Unsupported.Feature($"a cast to '{type}' in an expression"),
        };
    }

    /// <summary>A text, a column of any kind but several values, or a number that is computed.</summary>
    private Column Argument()
    {
        if (Text() is { } text)
            return new(_parameters.Add(text), ColumnKind.Text);
        if (_at + 1 < _tokens.Count && _tokens[_at + 1] is "," or ")" && (_tokens[_at][0] is '"' or '_' || char.IsLetter(_tokens[_at][0])))
        {
            var column = Named(_tokens[_at++]);
            return column.Kind != ColumnKind.TextList
                ? column
                : throw Unsupported.Feature($"the column {_tokens[_at - 1]} of several values in an expression");
        }
        return _at < _tokens.Count && _tokens[_at] is "cast" or "case_searched" ? Call(_tokens[_at++]) : Sum();
    }

    private List<string> Texts()
    {
        Expect("[");
        var texts = new List<string>();
        while (Text() is { } text)
        {
            texts.Add(text);
            if (Next(",") is null)
                break;
        }
        Expect("]");
        return texts;
    }

    private string? Text() => _at < _tokens.Count && _tokens[_at] is ['\'', _, ..] and var token && ++_at > 0
        ? Escape().Replace(token[1..^1], static match => match.Groups[1].Success
            ? ((char)int.Parse(match.Groups[1].ValueSpan, NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToString()
            : match.Groups[2].Value)
        : null;

    private void Expect(string sign)
    {
        if (Next(sign) is null)
            throw Unknown();
    }

    private Detection.AiOutliersException Unknown() => Unsupported.Feature($"the expression '{_expression}'");

    [GeneratedRegex(@"\\(?:u([0-9a-fA-F]{4})|(.))", RegexOptions.Singleline)]
    private static partial Regex Escape();
}
