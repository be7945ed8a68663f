import "htmx.org";
import { drawCharts } from "./charts";
import { listenToKeys } from "./keys";
import { listenToMaps } from "./maps";
import { offerPalette } from "./palette";
import { offerTheme } from "./theme";
import { listenToCopy } from "./copy";

function begin(part: ParentNode): void {
  drawCharts(part);
}

/** A region that was swapped says so, politely; one that could not be had says what to do. */
function announce(words: string): void {
  const live = document.getElementById("live");
  if (live) live.textContent = words;
}

document.addEventListener("htmx:afterSwap", event => {
  const region = event.target as HTMLElement;
  begin(region);
  announce(region.querySelector("[data-said]")?.getAttribute("data-said") ?? "Updated");
});
for (const failure of ["htmx:sendError", "htmx:timeout"])
  document.addEventListener(failure, event => void askAgain((event as CustomEvent).detail.elt as HTMLElement));
document.addEventListener("htmx:afterRequest", event => {
  if ((event as CustomEvent).detail.successful) announceLost(false);
});

/** The server is gone: what is on the page stays, is marked as old, and the next answer makes it new. */
function announceLost(lost: boolean): void {
  document.querySelector("main")?.classList.toggle("old", lost);
  const notice = document.getElementById("lost");
  if (notice && notice.hidden === lost) notice.hidden = !lost;
}

let asking = false;

/** Waits for an answer, and sends the form that had none once more; what is asked every few seconds comes back by itself. */
async function askAgain(from: HTMLElement): Promise<void> {
  announceLost(true);
  if (asking) return;
  asking = true;
  while (!(await fetch("/health/live").then(answer => answer.ok, () => false)))
    await new Promise(done => setTimeout(done, 2000));
  asking = false;
  announceLost(false);
  if (from instanceof HTMLFormElement && from.isConnected) from.requestSubmit();
}

begin(document);
offerTheme();
offerPalette();
listenToKeys();
listenToMaps();
listenToCopy();
