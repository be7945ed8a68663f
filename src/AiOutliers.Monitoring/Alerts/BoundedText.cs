namespace AiOutliers.Monitoring.Alerts;

/// <summary>Takes text up to a length.</summary>
internal sealed class BoundedText(int most) : StringWriter(System.Globalization.CultureInfo.InvariantCulture)
{
    public override void Write(char value)
    {
        Require(1);
        base.Write(value);
    }

    public override void Write(char[] buffer, int index, int count)
    {
        Require(count);
        base.Write(buffer, index, count);
    }

    public override void Write(ReadOnlySpan<char> buffer)
    {
        Require(buffer.Length);
        base.Write(buffer);
    }

    public override void Write(string? value)
    {
        Require(value?.Length ?? 0);
        base.Write(value);
    }

    private void Require(int more)
    {
        if (GetStringBuilder().Length + more > most)
            throw new InvalidOperationException($"the text has more than {most} characters");
    }
}
