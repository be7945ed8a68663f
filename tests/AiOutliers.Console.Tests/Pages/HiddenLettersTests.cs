using AiOutliers.Service.Console;

namespace AiOutliers.Console.Tests.Pages;

public sealed class HiddenLettersTests
{
    [Theory]
    [InlineData("<td>&#x202E;evil</td>", "<td>\uFFFDevil</td>")]
    [InlineData("<td>a&#x200B;b&#x2069;&#xFEFF;</td>", "<td>a\uFFFDb\uFFFD\uFFFD</td>")]
    [InlineData("<td title=\"&#x202E;evil\">x</td>", "<td title=\"&#x202E;evil\">x</td>")]
    [InlineData("<textarea name=\"a\">&#x202E;evil</textarea>&#x202E;", "<textarea name=\"a\">&#x202E;evil</textarea>\uFFFD")]
    [InlineData("<pre id=\"b\">&#x202E;\n</pre>", "<pre id=\"b\">&#x202E;\n</pre>")]
    [InlineData("<p>&#x645;&#x633;&#x200D;&#xE9;</p>", "<p>&#x645;&#x633;&#x200D;&#xE9;</p>")]
    [InlineData("<present>&#x202E;</present>", "<present>\uFFFD</present>")]
    public void Marked_WhatIsRead_ShowsThem_AndWhatIsSentBackKeepsThem(string html, string expected) =>
        HiddenLetters.Marked(html).ShouldBe(expected);
}
