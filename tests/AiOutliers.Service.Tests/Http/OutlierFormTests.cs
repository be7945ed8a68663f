using System.Text;
using AiOutliers.Detection;
using AiOutliers.Service.Api.V1;
using CsCheck;

namespace AiOutliers.Service.Tests.Http;

public sealed class OutlierFormTests
{
    [Fact]
    public void DecodeInPlace_AnyBytes_ComeBack() => Gen.Byte.Array[1, 300].Select(Gen.Bool, Gen.Bool).Sample((bytes, escaped, padded) =>
    {
        var text = Convert.ToBase64String(bytes);
        text = padded ? text : text.TrimEnd('=');
        text = escaped ? Uri.EscapeDataString(text) : text;

        var form = OutlierForm.DecodeInPlace(Encoding.ASCII.GetBytes($"model=YQ==&data={text}&query="));

        form.Data!.Value.ToArray().ShouldBe(bytes);
        form.Query.ShouldBeNull();
        form.Model!.Value.ToArray().ShouldBe("a"u8.ToArray());
    });

    [Fact]
    public void DecodeInPlace_LongText_ComesBackWithAndWithoutLineBreaks() => Gen.Byte.Array[3000, 20_000].Select(Gen.Bool).Sample((bytes, broken) =>
    {
        var text = Convert.ToBase64String(bytes, broken ? Base64FormattingOptions.InsertLineBreaks : Base64FormattingOptions.None);

        OutlierForm.DecodeInPlace(Encoding.ASCII.GetBytes("data=" + text)).Data!.Value.ToArray().ShouldBe(bytes);
    });

    [Theory]
    [InlineData(4000)]
    [InlineData(8192)]
    [InlineData(8193)]
    [InlineData(12_000)]
    public void DecodeInPlace_OneBadCharacterFarIn_IsRefused(int length)
    {
        var text = Enumerable.Repeat((byte)'A', length).ToArray();
        text[length - 100] = (byte)'{';

        Should.Throw<AiOutliersException>(() => OutlierForm.DecodeInPlace((byte[])[.. "data="u8, .. text])).Message.ShouldContain("'data'");
    }

    [Fact]
    public void DecodeInPlace_BrokenBase64_NamesTheField() =>
        Should.Throw<AiOutliersException>(() => OutlierForm.DecodeInPlace("query=%7B%7D"u8.ToArray())).Message.ShouldContain("'query'");

    [Theory]
    [InlineData("")]
    [InlineData("&&=&")]
    [InlineData("data")]
    [InlineData("data=&query=")]
    public void DecodeInPlace_NothingInIt_IsNoField(string body)
    {
        var form = OutlierForm.DecodeInPlace(Encoding.ASCII.GetBytes(body));

        (form.Data ?? form.Query ?? form.Model).ShouldBeNull();
    }
}
