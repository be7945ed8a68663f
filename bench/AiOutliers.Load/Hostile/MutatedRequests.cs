using System.Text;

namespace AiOutliers.Load.Hostile;

/// <summary>The requests of the test, each made from its number alone, so that one that breaks something can be made again.</summary>
internal sealed class MutatedRequests(string model)
{
    private static readonly string[] Fields = ["data", "query", "model", "payload"];

    private readonly IReadOnlyList<byte[]> _contents = Seeds.Contents(model);
    private readonly IReadOnlyList<byte[]> _whole = Seeds.Whole(model);

    /// <param name="number">The request's number.</param>
    /// <param name="isHttp">Whether it is a request of HTTP whatever its body says; else its head is mutated, too.</param>
    public byte[] Make(int number, out bool isHttp)
    {
        var random = new Random(number);
        isHttp = random.Next(10) > 0;
        return isHttp ? Posted(random) : Mutation.Of(random, _whole[random.Next(_whole.Count)]);
    }

    private byte[] Posted(Random random)
    {
        var path = Seeds.Paths[random.Next(Seeds.Paths.Length)];
        var form = Form(random, isPayload: path.EndsWith("identifier", StringComparison.Ordinal) && random.Next(5) > 0);
        if (random.Next(4) == 0)
            form = Mutation.Of(random, form);
        var head = $"POST {path} HTTP/1.1\r\nHost: x\r\nContent-Type: {Type(random)}\r\nContent-Length: {form.Length}\r\n\r\n";
        return [.. Encoding.ASCII.GetBytes(head), .. form];
    }

    private static string Type(Random random) => random.Next(40) switch
    {
        0 => "multipart/form-data; boundary=b",
        1 => "application/json",
        2 => "application/x-www-form-urlencoded; charset=utf-7",
        3 => "text/plain",
        _ => "application/x-www-form-urlencoded",
    };

    /// <summary>One or two fields; what is in them is mutated, most of the time.</summary>
    private byte[] Form(Random random, bool isPayload)
    {
        var form = new StringBuilder();
        for (var field = random.Next(1, 3); field > 0; field--)
        {
            var content = isPayload ? Seeds.Payload : _contents[random.Next(_contents.Count)];
            if (random.Next(8) > 0)
                content = Mutation.Of(random, content);
            var name = isPayload ? "payload" : Fields[random.Next(Fields.Length)];
            form.Append(form.Length == 0 ? "" : "&").Append(name).Append('=')
                .Append(Uri.EscapeDataString(name == "payload" ? Encoding.UTF8.GetString(content) : Convert.ToBase64String(content)));
        }
        return Encoding.ASCII.GetBytes(form.ToString());
    }
}
