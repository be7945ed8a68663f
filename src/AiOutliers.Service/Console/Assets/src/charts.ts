import { Chart } from "./chart";
import type { ChartData } from "./data";
import { askForCauses } from "./stretch";

/** Metrics of one answer, one chart each. */
interface Group {
  element: HTMLElement;
  charts: Chart[];
}

let groups: Group[] = [];

/** Puts a chart into every figure of the part; all charts of the page share one cursor and one stretch of time. */
export function drawCharts(part: ParentNode): void {
  for (const { charts } of groups.filter(group => !group.element.isConnected)) for (const chart of charts) chart.end();
  groups = groups.filter(group => group.element.isConnected);
  for (const element of part.querySelectorAll<HTMLElement>("[data-charts]")) void draw(element);
}

async function draw(element: HTMLElement): Promise<void> {
  const figures = [...element.querySelectorAll<HTMLElement>(".chart[data-metric]")];
  const data = await fetchData(element, viewOf(element));
  if (!element.isConnected) return;
  if (!data) return onceBack(() => void draw(element));
  const hands = { zoom, causes: (from: number, until: number, metric: string) => askForCauses(from, until, metric, data.zone) };
  groups.push({ element, charts: figures.map((figure, at) => new Chart(figure, data, at, hands)) });
  element.dataset["drawn"] = "yes";
}

let asked = 0;

/** All charts show the new stretch at once, and finer rows when they come. */
async function zoom(from: number, until: number): Promise<void> {
  const mine = ++asked;
  for (const { charts } of groups) for (const chart of charts) chart.show(from, until);
  await new Promise(done => setTimeout(done, 120));
  if (mine !== asked) return;
  if (groups[0]) remember(groups[0].element, from, until);
  await Promise.all(groups.map(async ({ element, charts }) => {
    const data = await fetchData(element, [from, until]);
    if (!data) onceBack(() => mine === asked && void zoom(from, until));
    if (data && mine === asked) for (const chart of charts) chart.take(data, from, until);
  }));
}

function onceBack(again: () => void): void {
  document.addEventListener("serviceback", again, { once: true });
}

async function fetchData(element: HTMLElement, view: [number, number] | null): Promise<ChartData | null> {
  const address = new URL(element.dataset["charts"] ?? "", location.href);
  address.searchParams.set("width", String(Math.max(200, Math.round(element.clientWidth))));
  if (view) address.searchParams.set("view", view.map(Math.round).join("/"));
  let data: ChartData | null = null;
  try {
    const answer = await fetch(address, { headers: { Accept: "application/json" } });
    if (answer.ok) data = (await answer.json()) as ChartData;
  } catch {
    // The server is gone; what was drawn stays, and the rest comes when it is back.
    document.dispatchEvent(new Event("servicelost"));
  }
  const failure = element.querySelector<HTMLElement>("[data-failure]");
  if (failure) failure.hidden = data !== null;
  return data;
}

function viewOf(element: HTMLElement): [number, number] | null {
  const [from, until] = (new URL(location.href).searchParams.get("view") ?? "").split("/").map(Number);
  const { from: first, until: last } = element.dataset;
  const whole = from === Number(first) && until === Number(last);
  return from && until && from < until && !whole ? [from, until] : null;
}

/** The address says what is seen, so that a reload and a colleague see the same. */
function remember(element: HTMLElement, from: number, until: number): void {
  const address = new URL(location.href);
  const whole = Math.round(from) <= Number(element.dataset["from"]) && Math.round(until) >= Number(element.dataset["until"]);
  if (whole) address.searchParams.delete("view");
  else address.searchParams.set("view", `${Math.round(from)}/${Math.round(until)}`);
  history.replaceState(history.state, "", address);
}
