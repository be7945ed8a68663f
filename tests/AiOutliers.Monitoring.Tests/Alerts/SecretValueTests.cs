using System.Diagnostics;
using AiOutliers.Detection;
using AiOutliers.Monitoring.Alerts;

namespace AiOutliers.Monitoring.Tests.Alerts;

public sealed class SecretValueTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_AFile_IsItsContentWithoutTheLineEnd()
    {
        var path = Path.Combine(_folder.Path, "secret");
        File.WriteAllText(path, "s3cret\n");
        File.CreateSymbolicLink(path + "-link", path);

        SecretValue.Read("file:" + path, "night", "secret").ShouldBe("s3cret");
        SecretValue.Read($"file:{path}-link", "night", "secret").ShouldBe("s3cret");
    }

    [Fact]
    public void Parts_OfAnAddress_AreThoseThatMayBeKeys() =>
        SecretValue.Parts("https://u:passw0rd@h.net/hook/T0KEN42?key=a%20b%20c%20d").ShouldBe(
            ["https://u:passw0rd@h.net/hook/T0KEN42?key=a%20b%20c%20d", "passw0rd", "passw0rd", "T0KEN42", "T0KEN42", "a%20b%20c%20d", "a b c d"]);

    /// <summary>A pipe would block the sending of all alerts, a device fill the memory.</summary>
    [Theory]
    [InlineData("missing")]
    [InlineData("pipe")]
    [InlineData("/dev/zero")]
    [InlineData("large")]
    public void Read_WhatIsNotASmallFile_IsRefusedByName(string name)
    {
        var path = Path.Combine(_folder.Path, name);
        if (name == "pipe")
            Process.Start("mkfifo", [path]).WaitForExit();
        if (name == "large")
            File.WriteAllBytes(path, new byte[64 * 1024 + 1]);

        Should.Throw<AiOutliersException>(() => SecretValue.Read("file:" + path, "night", "secret"))
            .Message.ShouldStartWith($"the secret of the contact 'night' cannot be had: the file {path} cannot be read");
    }
}
