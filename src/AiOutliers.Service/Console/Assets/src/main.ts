import "htmx.org";
import { drawCharts } from "./charts";
import { listenToKeys } from "./keys";
import { listenToMaps } from "./maps";
import { offerPalette } from "./palette";
import { offerTheme } from "./theme";
import { listenToCopy } from "./copy";
import { offerZones } from "./zones";

function begin(part: ParentNode): void {
  drawCharts(part);
}

/** A region that was swapped says so, politely; one that could not be had says what to do. */
function announce(words: string): void {
  const live = document.getElementById("live");
  if (live && live.textContent !== words) live.textContent = words;
}

document.addEventListener("htmx:afterSwap", event => {
  const region = event.target as HTMLElement;
  // What a field completes with is not news.
  if (region instanceof HTMLDataListElement) return;
  begin(region);
  const said = region.closest("[data-said]") ?? region.querySelector("[data-said]");
  // What comes every few seconds is told where its words have changed.
  if (!region.getAttribute("hx-trigger")?.startsWith("every")) announce(said?.getAttribute("data-said") ?? "Updated");
  else if (said) announce(said.getAttribute("data-said") ?? "");
});
document.addEventListener("htmx:responseError", event => {
  const { xhr, target } = (event as CustomEvent<{ xhr: XMLHttpRequest; target: HTMLElement }>).detail;
  const told = new DOMParser().parseFromString(xhr.responseText, "text/html").querySelector(".state.error[role=alert]");
  if (target.closest("main")) showRefusal(target, told ?? refusalOf(xhr.status));
});
for (const failure of ["htmx:sendError", "htmx:timeout"])
  document.addEventListener(failure, event => void askAgain((event as CustomEvent).detail.elt as HTMLElement));
document.addEventListener("servicelost", () => void askAgain(document.body));
document.addEventListener("htmx:afterRequest", event => {
  const { successful, target } = (event as CustomEvent<{ successful: boolean; target: HTMLElement }>).detail;
  if (!successful) return;
  announceLost(false);
  if (target.id === refused) document.getElementById("refusal")?.remove();
});

let refused = "";

/** Where the answer has no words: what is too long for an address is refused before a page sees it. */
function refusalOf(status: number): Element {
  const [title, words] = status === 414
    ? ["Too long for an address", "What you ask for has to fit into an address of 8,000 letters. Shorten it, or ask version 2 with curl."]
    : ["This did not work", `The service answered ${status}. Try again, or load the page again.`];
  const told = document.createElement("section");
  told.className = "panel state error";
  told.setAttribute("role", "alert");
  const head = told.appendChild(document.createElement("h2"));
  head.textContent = title;
  told.appendChild(document.createElement("p")).textContent = words;
  return told;
}

/** The server's own words, on top of what was to be replaced; once, however often it is asked for. */
function showRefusal(target: HTMLElement, told: Element): void {
  const shown = document.getElementById("refusal");
  if (shown?.textContent === told.textContent) return;
  shown?.remove();
  told.id = "refusal";
  refused = target.id;
  (target.matches("dl") ? target.parentElement! : target).prepend(document.adoptNode(told));
}

/** The server is gone: what is on the page stays, is marked as old, and the next answer makes it new. */
function announceLost(lost: boolean): void {
  document.querySelector("main")?.classList.toggle("old", lost);
  const notice = document.getElementById("lost");
  if (notice && notice.hidden === lost) notice.hidden = !lost;
}

const unanswered = new Set<HTMLFormElement>();
let asking = false;

/** Waits for an answer, and sends each form that had none once more; what is asked every few seconds comes back by itself. */
async function askAgain(from: HTMLElement): Promise<void> {
  announceLost(true);
  if (from instanceof HTMLFormElement) unanswered.add(from);
  if (asking) return;
  asking = true;
  do await new Promise(done => setTimeout(done, 2000));
  while (!(await fetch("/health/live").then(answer => answer.ok, () => false)));
  asking = false;
  announceLost(false);
  for (const form of unanswered) if (form.isConnected) form.requestSubmit();
  unanswered.clear();
  document.dispatchEvent(new Event("serviceback"));
}

begin(document);
offerTheme();
offerPalette();
listenToKeys();
listenToMaps();
listenToCopy();
offerZones();
