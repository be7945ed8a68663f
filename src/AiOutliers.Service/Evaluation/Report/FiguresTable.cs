using System.Net;
using AiOutliers.Detection;
using AiOutliers.Engine.Evaluation;

namespace AiOutliers.Service.Evaluation.Report;

/// <summary>Figures as an HTML table, with the best published figure beside where there is one.</summary>
internal sealed class FiguresTable(PublishedTable? published)
{
    public void Write(TextWriter page, string[] leading, IEnumerable<FiguresLine> lines)
    {
        var all = lines.ToArray();
        var besides = all.Any(line => Best(line) is not null);
        page.Write("""<div class="scroll"><table><thead><tr>""");
        foreach (var heading in leading.Append("detector"))
            page.Write($"""<th class="name">{heading}</th>""");
        foreach (var column in EvaluationFigures.Columns)
            page.Write($"<th>{column.Heading}</th>");
        page.WriteLine(besides ? "<th>best published</th></tr></thead><tbody>" : "</tr></thead><tbody>");
        foreach (var line in all)
        {
            page.Write("<tr>");
            foreach (var cell in line.Leading.Append(WebUtility.HtmlEncode(line.Judge)))
                page.Write($"""<td class="name">{cell}</td>""");
            foreach (var column in EvaluationFigures.Columns)
                page.Write($"<td>{Quantity.Fixed(column.Of(line.Figures), column.Decimals)}</td>");
            if (besides)
                page.Write(Best(line) is { } best
                    ? $"<td>{Quantity.Fixed(best.VusPr, 3)} {WebUtility.HtmlEncode(best.Method)}</td>"
                    : "<td>–</td>");
            page.WriteLine("</tr>");
        }
        page.WriteLine("</tbody></table></div>");
    }

    private (double VusPr, string Method)? Best(FiguresLine line) => line.File is null ? null : published?.BestOf(line.File);
}
