import type uPlot from "uplot";

/** What a user does with a chart. */
export interface Hands {
  zoom: (from: number, until: number) => void;
  causes: (from: number, until: number, metric: string) => void;
}

type Bounds = () => [number, number];
/** Wheel and keys: the wheel moves a zoomed chart, with Ctrl it zooms; arrows move the cursor, + and - zoom, 0 shows all. */
export function listenToHands(figure: HTMLElement, plot: uPlot, bounds: Bounds, zoom: Hands["zoom"]): void {
  const range = (): [number, number] => [plot.scales["x"]!.min ?? 0, plot.scales["x"]!.max ?? 1];
  const scale = (around: number, factor: number) => {
    const [from, until] = range();
    zoom(...within(around - (around - from) * factor, around + (until - around) * factor, bounds()));
  };
  plot.over.addEventListener("wheel", event => {
    const [from, until] = range();
    const [first, last] = bounds();
    if (event.ctrlKey) scale(plot.posToVal(event.offsetX, "x"), event.deltaY > 0 ? 1.25 : 0.8);
    else if (from > first || until < last)
      zoom(...moved(from, until, (event.deltaX || event.deltaY) / plot.over.clientWidth, [first, last]));
    else return;
    event.preventDefault();
  }, { passive: false });
  plot.over.addEventListener("dblclick", () => zoom(...bounds()));
  figure.addEventListener("keydown", event => {
    const middle = (range()[0] + range()[1]) / 2;
    if (event.key === "+") scale(middle, 0.5);
    else if (event.key === "-") scale(middle, 2);
    else if (event.key === "0") zoom(...bounds());
    else if (event.key === "ArrowLeft" || event.key === "ArrowRight") step(figure, plot, event.key === "ArrowRight" ? 1 : -1);
    else return;
    event.preventDefault();
  });
}

function within(from: number, until: number, [first, last]: [number, number]): [number, number] {
  return [Math.max(first, from), Math.min(last, until)];
}

function moved(from: number, until: number, share: number, [first, last]: [number, number]): [number, number] {
  const by = Math.min(Math.max((until - from) * share, first - from), last - until);
  return [from + by, until + by];
}

/** The cursor goes to the next row, whose words are said. */
function step(figure: HTMLElement, plot: uPlot, by: number): void {
  const times = plot.data[0];
  const at = Math.min(times.length - 1, Math.max(0, (plot.cursor.idx ?? -1) + by));
  plot.setCursor({ left: plot.valToPos(times[at] ?? 0, "x"), top: 8 });
  const live = document.getElementById("live");
  if (live) live.textContent = figure.querySelector(".tip")?.textContent ?? "";
}
