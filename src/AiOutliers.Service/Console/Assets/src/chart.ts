import uPlot from "uplot";
import type { ChartData, ChartSeries } from "./data";
import { listenToHands, type Hands } from "./hands";
import { drawIncidents, drawOdd, nameRoom } from "./marks";
import { Tip } from "./tip";
import { colours, type Colours } from "./colours";
import { clock, short } from "./words";

const sync = uPlot.sync("console");

/** One metric: what was measured, what was expected, the band of the ordinary, and the incidents. */
export class Chart {
  private readonly plot: uPlot;
  private readonly sizes: ResizeObserver;
  private readonly tip: Tip;
  private colours: Colours = colours();
  /** Where a drag has begun in this chart; those of the other charts only follow. */
  private pressed: { shift: boolean } | null = null;
  private readonly recolour = () => {
    this.colours = colours();
    this.plot.redraw(false, true);
  };

  constructor(
    private readonly figure: HTMLElement, private data: ChartData, private readonly index: number,
    private readonly hands: Hands,
  ) {
    figure.querySelector("img")?.remove();
    this.tip = new Tip(figure, data.zone);
    this.plot = new uPlot(this.options(), this.columns(), figure);
    this.sizes = new ResizeObserver(() => this.plot.setSize(this.size()));
    this.sizes.observe(figure);
    document.addEventListener("themechange", this.recolour);
    this.plot.over.addEventListener("mousedown", event => (this.pressed = { shift: event.shiftKey }));
    listenToHands(figure, this.plot, () => [this.data.from, this.data.until], hands.zoom);
  }

  get series(): ChartSeries {
    return this.data.series[this.index]!;
  }

  show(from: number, until: number): void {
    this.plot.setScale("x", { min: from, max: until });
  }

  take(data: ChartData, from: number, until: number): void {
    this.data = { ...data, from: this.data.from, until: this.data.until };
    this.plot.setData(this.columns(), false);
    this.plot.setScale("x", { min: from, max: until });
  }

  end(): void {
    this.sizes.disconnect();
    document.removeEventListener("themechange", this.recolour);
    this.plot.destroy();
  }

  private columns(): uPlot.AlignedData {
    const { time, value, expected, lower, upper, behind } = this.series;
    const none = time.map(() => null);
    return [time, upper ?? none, lower ?? none, behind ?? none, expected, value];
  }

  private size(): { width: number; height: number } {
    return { width: this.figure.clientWidth, height: Math.max(200, this.figure.clientHeight) };
  }

  private options(): uPlot.Options {
    const ink = (name: keyof Colours) => () => this.colours[name];
    const axis: uPlot.Axis = {
      stroke: ink("muted"), font: "12px system-ui, sans-serif",
      grid: { stroke: ink("grid"), width: 1 }, ticks: { stroke: ink("line"), width: 1, size: 4 },
    };
    const line = (stroke: keyof Colours | null, width: number): uPlot.Series => ({
      ...(stroke ? { stroke: ink(stroke) } : {}), width, points: { show: false }, spanGaps: false,
    });
    return {
      ...this.size(), ms: 1, tzDate: ms => uPlot.tzDate(new Date(ms), this.data.zone),
      legend: { show: false }, padding: [nameRoom, null, null, null],
      cursor: {
        sync: { key: sync.key, setSeries: false }, drag: { x: true, y: false, setScale: false }, points: { show: false },
      },
      scales: { x: { time: true, min: this.data.from, max: this.data.until }, y: { range: (_, low, high) => roomFor(low, high) } },
      axes: [{ ...axis, values: clock }, { ...axis, size: 64, values: (_, ticks) => ticks.map(short) }],
      series: [{}, line(null, 0), line(null, 0), line("faint", 1), line("accent", 1), line("ink", 1.4)],
      bands: [{ series: [1, 2], fill: ink("band") }],
      hooks: {
        drawClear: [plot => drawIncidents(plot, this.series, this.colours)],
        draw: [plot => drawOdd(plot, this.series, this.colours)],
        setCursor: [plot => this.tip.show(plot, this.series)],
        setSelect: [plot => this.selected(plot)],
      },
    };
  }

  /** A drag zooms; with Shift it chooses the stretch whose causes are asked for. */
  private selected(plot: uPlot): void {
    const { left, width } = plot.select;
    if (width <= 0) return;
    const [from, until] = [plot.posToVal(left, "x"), plot.posToVal(left + width, "x")];
    const pressed = this.pressed;
    this.pressed = null;
    if (pressed?.shift) {
      const { step } = this.data;
      this.hands.causes(Math.floor(from / step) * step, Math.ceil(until / step) * step, this.series.metric);
      return;
    }
    plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
    if (pressed) this.hands.zoom(from, until);
  }
}

/** From zero where the values are near it, with a little free above. */
function roomFor(low: number | null, high: number | null): [number, number] {
  const [least, most] = [low ?? 0, high ?? 1];
  const floor = least >= 0 && least < most / 2 ? 0 : least - (most - least) * 0.05;
  return [floor, most + (most - floor || 1) * 0.05];
}
