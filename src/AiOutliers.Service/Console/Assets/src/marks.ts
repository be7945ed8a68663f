import type uPlot from "uplot";
import type { ChartSeries } from "./data";
import type { Colours } from "./colours";

/** Pixels above the grid, where the incidents' names stand: on no line and no mark. */
export const nameRoom = 22;

/** A shaded column for each incident, with its shape and kind above it where there is room. */
export function drawIncidents(plot: uPlot, series: ChartSeries, colours: Colours): void {
  const { ctx, bbox } = plot;
  const density = devicePixelRatio;
  let free = bbox.left;
  ctx.save();
  ctx.font = `${12 * density}px system-ui, sans-serif`;
  ctx.textBaseline = "top";
  ctx.textAlign = "left";
  for (const incident of series.incidents) {
    const begin = plot.valToPos(incident.start, "x", true);
    const left = Math.max(begin, bbox.left);
    const right = Math.min(Math.max(plot.valToPos(incident.end, "x", true), begin + 3 * density), bbox.left + bbox.width);
    if (right < bbox.left || left > right) continue;
    ctx.fillStyle = colours.shade;
    ctx.fillRect(left, bbox.top, right - left, bbox.height);
    const name = `${incident.shape} ${incident.kind}`;
    const width = ctx.measureText(name).width;
    const at = Math.min(Math.max((left + right - width) / 2, bbox.left), bbox.left + bbox.width - width);
    const text = at >= free ? name : incident.shape;
    const x = at >= free ? at : (left + right) / 2 - 4 * density;
    if (x < free) continue;
    ctx.fillStyle = colours.alarm;
    ctx.fillText(text, x, bbox.top - 17 * density);
    free = x + ctx.measureText(text).width + 6 * density;
  }
  ctx.restore();
}

/** A dot on every anomalous row. */
export function drawOdd(plot: uPlot, series: ChartSeries, colours: Colours): void {
  const { ctx } = plot;
  ctx.save();
  clip(plot);
  ctx.fillStyle = colours.alarm;
  ctx.beginPath();
  for (const row of series.anomalous) {
    const value = series.value[row];
    if (value === null || value === undefined) continue;
    const [x, y] = [plot.valToPos(series.time[row]!, "x", true), plot.valToPos(value, "y", true)];
    ctx.moveTo(x, y);
    ctx.arc(x, y, 2.5 * devicePixelRatio, 0, 2 * Math.PI);
  }
  ctx.fill();
  ctx.restore();
}

function clip(plot: uPlot): void {
  const { left, top, width, height } = plot.bbox;
  plot.ctx.beginPath();
  plot.ctx.rect(left, top, width, height);
  plot.ctx.clip();
}
