using System.Text;
using AiOutliers.Detection;
using AiOutliers.Service.Http;

namespace AiOutliers.Service.Tests.Http;

public sealed class MultipartFormTests
{
    private const string Type = "multipart/form-data; boundary=\"x y\"";

    [Fact]
    public void Fields_OfAForm_AreFoundWhereTheyStand()
    {
        const string Body = "preamble\r\n--x y\r\nContent-Disposition: form-data; name=\"data\"\r\nContent-Type: text/plain\r\n\r\nW10=\r\n"
            + "--x y\r\ncontent-disposition: form-data; name=model; filename=\"m.txt\"\r\n\r\n\r\n--x y--\r\nepilogue";

        Fields(Type, Body).ShouldBe(["data=W10=", "model="]);
        // Nothing has to stand before the first one.
        Fields(Type, Body["preamble\r\n".Length..]).ShouldBe(["data=W10=", "model="]);
    }

    [Theory]
    [InlineData("multipart/form-data", "", "names no boundary")]
    [InlineData(Type, "", "ends in the middle")]
    [InlineData(Type, "--x y", "ends in the middle")]
    [InlineData(Type, "--x y\r\nContent-Disposition: form-data; name=data\r\n\r\nW10=", "ends in the middle")]
    [InlineData(Type, "--x y\r\nContent-Disposition: form-data; name=data\r\n--x y--", "ends in the middle")]
    [InlineData(Type, "--other\r\nContent-Disposition: form-data; name=data\r\n\r\nW10=\r\n--other--", "ends in the middle")]
    public void Fields_OfABrokenForm_AreRefused(string type, string body, string words) =>
        Should.Throw<AiOutliersException>(() => Fields(type, body)).Message.ShouldContain(words);

    private static string[] Fields(string type, string body) =>
        [.. MultipartForm.Fields(type, Encoding.UTF8.GetBytes(body)).Select(static field => $"{field.Name}={Encoding.UTF8.GetString(field.Value.Span)}")];
}
