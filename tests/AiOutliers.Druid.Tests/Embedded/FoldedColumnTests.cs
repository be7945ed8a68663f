using System.Text;
using System.Text.Json;
using AiOutliers.Detection;
using AiOutliers.Druid.Building;
using AiOutliers.Druid.Embedded;
using AiOutliers.Tests.Shared;

namespace AiOutliers.Druid.Tests.Embedded;

/// <summary>Expressions that choose: columns in which all values but some become one.</summary>
public sealed class FoldedColumnTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly EmbeddedEngine _engine;

    public FoldedColumnTests()
    {
        File.WriteAllText(Path.Combine(_folder.Path, "rows.json"), """
            {"timestamp":"2024-03-01T00:00:00Z","app":"it's \\ \"odd\"","port":53,"tags":["a","b"]}
            {"timestamp":"2024-03-01T00:00:01Z","app":"web","port":443,"tags":["a","b"]}
            {"timestamp":"2024-03-01T00:00:02Z","app":"ssh","port":22,"tags":["a","b"]}
            {"timestamp":"2024-03-01T00:00:03Z","app":null,"port":80,"tags":["a","b"]}
            """);
        _engine = new(_folder.Path);
    }

    public void Dispose()
    {
        _engine.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task GroupBy_FoldedText_KeepsListedValuesAndNull() =>
        (await KeysAsync(FoldedColumn.Of("folded", "app", ["it's \\ \"odd\"", "web", "not there"]).Expression!))
            .ShouldBe([null, "*", "it's \\ \"odd\"", "web"]);

    [Fact]
    public async Task GroupBy_FoldedNumber_ComparesAsText() =>
        (await KeysAsync(FoldedColumn.Of("folded", "port", ["53"]).Expression!)).ShouldBe(["*", "53"]);

    [Fact]
    public async Task GroupBy_NothingListed_FoldsAll() =>
        (await KeysAsync(FoldedColumn.Of("folded", "port", []).Expression!)).ShouldBe(["*"]);

    [Fact]
    public async Task GroupBy_ColumnThatDoesNotExist_IsNull() =>
        (await KeysAsync(FoldedColumn.Of("folded", "nowhere", ["x"]).Expression!)).ShouldBe([null]);

    [Theory]
    [InlineData("case_searched(isnull(app), 'none')", new[] { null, "none" })]
    [InlineData("case_searched(isnull(app), 1, port + 1)", new[] { "1.0", "23.0", "444.0", "54.0" })]
    [InlineData("cast(port, 'LONG')", new[] { "22", "443", "53", "80" })]
    public async Task GroupBy_OtherChoices_AreComputed(string expression, string?[] keys) =>
        (await KeysAsync(expression)).ShouldBe(keys);

    [Theory]
    [InlineData("case_searched(isnull(tags), 'x', 'y')", "several values")]
    [InlineData("case_searched('x')", "case_searched")]
    [InlineData("concat(app, 'x')", "the function 'concat'")]
    [InlineData("cast(app, 'COMPLEX')", "COMPLEX")]
    [InlineData("case_searched(array_contains([app], app), 'x', 'y')", "the expression")]
    public async Task GroupBy_WhatIsNotKnown_IsNamed(string expression, string named) =>
        (await Should.ThrowAsync<AiOutliersException>(() => KeysAsync(expression))).Message.ShouldContain(named);

    private async Task<string?[]> KeysAsync(string expression)
    {
        var query = $$"""
            {"queryType":"groupBy","dataSource":"rows","granularity":"all","intervals":["2024-03-01/2024-03-02"],"dimensions":["folded"],
             "virtualColumns":[
               {"type":"expression","name":"folded","expression":{{JsonSerializer.Serialize(expression)}},"outputType":"STRING"}],
             "aggregations":[{"type":"count","name":"rows"}],"context":{"resultAsArray":true} }
            """;
        using var answer = JsonDocument.Parse(await _engine.AnswerAsync(Encoding.UTF8.GetBytes(query)));
        return [.. answer.RootElement.EnumerateArray().Select(static row => row[0].GetString())];
    }
}
