using AiOutliers.Service.Console;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace AiOutliers.Console.Tests;

public sealed class ListPartTests
{
    [Theory]
    [InlineData("", 120, 1, 1, 50)]
    [InlineData("?page=2", 120, 2, 51, 100)]
    [InlineData("?page=3", 120, 3, 101, 120)]
    [InlineData("?page=4", 120, 3, 101, 120)]
    [InlineData("?page=99999999999999999999", 120, 1, 1, 50)]
    [InlineData("?page=9223372036854775807", 120, 3, 101, 120)]
    [InlineData("?page=-1", 120, 1, 1, 50)]
    [InlineData("?page=0", 120, 1, 1, 50)]
    [InlineData("?page=2", 50, 1, 1, 50)]
    [InlineData("?page=2", 0, 1, 0, 0)]
    public void Of_AnAddress_IsAPartThatThereIs(string query, long all, long number, long first, long last)
    {
        var part = PartOf(query, all);

        (part.Number, part.First, part.Last).ShouldBe((number, first, last));
    }

    [Fact]
    public void Of_Rows_AreThoseOfThePart() => PartOf("?page=2", 60).Of(Enumerable.Range(1, 60)).ShouldBe(Enumerable.Range(51, 10));

    [Fact]
    public void Address_OfAnotherPart_KeepsTheRest()
    {
        var part = PartOf("?page=2", 500);

        part.Address("/monitors", "/monitors?q=a%26b&page=2", 3).ShouldBe("/monitors?q=a%26b&page=3");
        part.Address("/monitors", "/monitors?q=a%26b&page=2", 1).ShouldBe("/monitors?q=a%26b");
        part.Address("/settings", "/settings/keys", 2).ShouldBe("/settings?page=2");
    }

    private static ListPart PartOf(string query, long all) =>
        ListPart.Of(new QueryCollection(QueryHelpers.ParseQuery(query)), "page", all);
}
