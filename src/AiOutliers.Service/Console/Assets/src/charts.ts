import { Chart } from "./chart";
import type { ChartData } from "./data";

let shown: Chart[] = [];

/** Puts a chart into every figure of the part; all share one cursor and one stretch of time. */
export function drawCharts(part: ParentNode): void {
  const group = part.querySelector<HTMLElement>("[data-charts]");
  if (!group) return;
  for (const chart of shown) chart.end();
  shown = [];
  void draw(group);
}

async function draw(group: HTMLElement): Promise<void> {
  const figures = [...group.querySelectorAll<HTMLElement>(".chart[data-metric]")];
  const view = viewOf(group);
  const data = await fetchData(group, view);
  if (!data) return;
  shown = figures.map((figure, at) => new Chart(figure, data, at, (from, until) => zoom(group, from, until)));
  group.dataset["drawn"] = "yes";
}

let asked = 0;

/** All charts show the new stretch at once, and finer rows when they come. */
async function zoom(group: HTMLElement, from: number, until: number): Promise<void> {
  const mine = ++asked;
  for (const chart of shown) chart.show(from, until);
  await new Promise(done => setTimeout(done, 120));
  if (mine !== asked) return;
  remember(group, from, until);
  const data = await fetchData(group, [from, until]);
  if (data && mine === asked) for (const chart of shown) chart.take(data, from, until);
}

async function fetchData(group: HTMLElement, view: [number, number] | null): Promise<ChartData | null> {
  const address = new URL(group.dataset["charts"] ?? "", location.href);
  address.searchParams.set("width", String(Math.max(200, Math.round(group.clientWidth))));
  if (view) address.searchParams.set("view", view.map(Math.round).join("/"));
  try {
    const answer = await fetch(address, { headers: { Accept: "application/json" } });
    if (answer.ok) return (await answer.json()) as ChartData;
  } catch {
    // The server is gone; what was drawn stays.
  }
  const failure = group.querySelector<HTMLElement>("[data-failure]");
  if (failure) failure.hidden = false;
  return null;
}

function viewOf(group: HTMLElement): [number, number] | null {
  const [from, until] = (new URL(location.href).searchParams.get("view") ?? "").split("/").map(Number);
  const { from: first, until: last } = group.dataset;
  const whole = from === Number(first) && until === Number(last);
  return from && until && from < until && !whole ? [from, until] : null;
}

/** The address says what is seen, so that a reload and a colleague see the same. */
function remember(group: HTMLElement, from: number, until: number): void {
  const address = new URL(location.href);
  const whole = Math.round(from) <= Number(group.dataset["from"]) && Math.round(until) >= Number(group.dataset["until"]);
  if (whole) address.searchParams.delete("view");
  else address.searchParams.set("view", `${Math.round(from)}/${Math.round(until)}`);
  history.replaceState(history.state, "", address);
}
