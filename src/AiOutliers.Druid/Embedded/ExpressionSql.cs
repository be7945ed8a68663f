using System.Text.RegularExpressions;

namespace AiOutliers.Druid.Embedded;

/// <summary>
/// Druid's expressions, as far as arithmetic and choices go: numbers, names, + - * / % ^, parentheses, case_searched over array_contains
/// and isnull, cast. Whole numbers divide without a rest, as in Druid. What else there is, is an error that names it.
/// </summary>
internal sealed partial class ExpressionSql
{
    private const int DeepestNesting = 50;

    /// <summary>Each may be one level of the statement's tree, whose depth the database bounds by 1,000.</summary>
    private const int MostTokens = 500;

    private readonly string _expression;
    private readonly Func<string, Column> _column;
    private readonly SqlParameters _parameters;
    private readonly List<string> _tokens;
    private int _at;
    private int _depth;

    private ExpressionSql(string expression, Func<string, Column> column, SqlParameters parameters)
    {
        (_expression, _column, _parameters) = (expression, column, parameters);
        _tokens = [.. Token().Matches(expression).Select(static match => match.Value).Take(MostTokens + 1)];
        if (_tokens.Count > MostTokens)
            throw Unsupported.Feature($"an expression of more than {MostTokens} parts");
    }

    /// <param name="expression">The text.</param>
    /// <param name="column">What a name stands for.</param>
    /// <param name="parameters">Get its texts.</param>
    public static Column Translate(string expression, Func<string, Column> column, SqlParameters parameters)
    {
        var reader = new ExpressionSql(expression, column, parameters);
        var result = reader.Sum();
        return reader._at == reader._tokens.Count ? result : throw reader.Unknown();
    }

    private Column Sum()
    {
        if (++_depth > DeepestNesting)
            throw Unsupported.Feature($"an expression nested more than {DeepestNesting} deep");
        var left = Product();
        while (Next("+", "-") is { } sign)
            left = Join(left, sign, Product());
        _depth--;
        return left;
    }

    private Column Product()
    {
        var left = Power();
        while (Next("*", "/", "%") is { } sign)
            left = Join(left, sign, Power());
        return left;
    }

    private Column Power()
    {
        var left = Unary();
        return Next("^") is null ? left : new($"pow({left.Sql}, {Unary().Sql})", ColumnKind.Double);
    }

    private Column Unary()
    {
        if (Next("-") is not null)
            return Unary() is var inner ? new($"(-{inner.Sql})", inner.Kind) : default;
        if (Next("(") is not null)
        {
            var inner = Sum();
            return Next(")") is not null ? inner : throw Unknown();
        }
        var token = _at < _tokens.Count ? _tokens[_at++] : throw Unknown();
        if (char.IsAsciiDigit(token[0]) || token[0] == '.')
            return new(token, token.All(char.IsAsciiDigit) ? ColumnKind.Long : ColumnKind.Double);
        if (_at < _tokens.Count && _tokens[_at] == "(")
            return Call(token);
        var column = Named(token);
        return column.IsNumber || column.Kind == ColumnKind.Missing
            ? column
            : throw Unsupported.Feature($"the text column {token} in an expression");
    }

    private Column Named(string token)
    {
        if (token == "\"" || token[0] != '"' && token[0] != '_' && !char.IsLetter(token[0]))
            throw Unsupported.Feature($"'{token}' in an expression");
        return _column(token[0] == '"' ? token[1..^1].Replace("\\\"", "\"", StringComparison.Ordinal) : token);
    }

    private static Column Join(Column left, string sign, Column right)
    {
        var whole = left.Kind == ColumnKind.Long && right.Kind == ColumnKind.Long;
        if (sign == "/" && whole)
            return new($"({left.Sql} // {right.Sql})", ColumnKind.Long);
        return whole
            ? new($"({left.Sql} {sign} {right.Sql})", ColumnKind.Long)
            : new($"(({left.Sql})::DOUBLE {sign} ({right.Sql})::DOUBLE)", ColumnKind.Double);
    }

    private string? Next(params ReadOnlySpan<string> signs) => _at < _tokens.Count && signs.Contains(_tokens[_at]) ? _tokens[_at++] : null;

    [GeneratedRegex("""
        "(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|\.\d+|[\p{L}_][\p{L}\p{Nd}_.]*|[^\s]
        """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Token();
}
