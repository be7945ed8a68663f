import type uPlot from "uplot";
import type { ChartSeries } from "./data";
import { short, timeIn } from "./words";

/** What stands under the cursor: measured, expected, by how much, and why. */
export class Tip {
  private readonly box = document.createElement("div");
  private readonly time: (milliseconds: number) => string;

  constructor(private readonly figure: HTMLElement, zone: string) {
    this.box.className = "tip";
    this.box.hidden = true;
    this.time = timeIn(zone);
    figure.append(this.box);
  }

  show(plot: uPlot, series: ChartSeries): void {
    const { idx, left } = plot.cursor;
    const isHere = idx !== null && idx !== undefined && left !== undefined && left >= 0;
    this.box.hidden = !isHere;
    if (!isHere) return;
    const lines = this.words(series, idx);
    this.box.replaceChildren(...lines.map((words, at) => {
      const line = document.createElement(at === 0 ? "b" : "div");
      line.textContent = words;
      return line;
    }));
    const x = plot.over.offsetLeft + left;
    const width = this.box.offsetWidth;
    this.box.style.left = `${x + 12 + width < this.figure.clientWidth ? x + 12 : Math.max(0, x - 12 - width)}px`;
    this.box.style.top = "24px";
  }

  words(series: ChartSeries, row: number): string[] {
    const [value, expected] = [series.value[row], series.expected[row]];
    const band = series.lower && series.upper ? ` (${short(series.lower[row])} to ${short(series.upper[row])})` : "";
    const times = value && expected && expected > 0 ? `, × ${(value / expected).toPrecision(2)}` : "";
    const reason = series.reasons[series.anomalous.indexOf(row)];
    return [
      `${this.time(series.time[row]!)}  ${value === null ? "no data" : short(value)}`,
      `usual ${short(expected)}${band}${times}`,
      ...(series.behind ? [`a week before ${short(series.behind[row])}`] : []),
      ...(series.anomalous.includes(row) ? [reason ? `Anomalous: ${reason}` : "Anomalous"] : []),
    ];
  }
}
