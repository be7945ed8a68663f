using AiOutliers.Detection;
using AiOutliers.Druid.Files;
using AiOutliers.Tests.Shared;

namespace AiOutliers.Druid.Tests.Files;

public sealed class InputStreamsTests
{
    /// <summary>The system refuses a folder as it refuses a file of somebody else's, and to everybody.</summary>
    [Fact]
    public void Open_WhatMayNotBeRead_SaysWhoMayNot()
    {
        using var folder = new TemporaryFolder();

        var error = Should.Throw<AiOutliersException>(() => InputStreams.Open(folder.Path, "'s.csv'"));

        error.Kind.ShouldBe(ErrorKind.BadInput);
        error.Message.ShouldBe($"'s.csv' may not be read by the user {Environment.UserName}");
    }
}
