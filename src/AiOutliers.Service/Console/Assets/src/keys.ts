import { openPalette } from "./palette";

/** `g o` goes to a page, `j` and `k` move in lists, `n` and `p` turn the pages of a list, `a` and `v` go to
 *  what can be said of an incident, `/` opens the palette. */
export function listenToKeys(): void {
  let waitsForPage = false;
  document.addEventListener("keydown", event => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    const page = waitsForPage ? document.querySelector<HTMLAnchorElement>(`[data-key="${CSS.escape(event.key)}"]`) : null;
    waitsForPage = event.key === "g" && !waitsForPage;
    const act = document.querySelector<HTMLElement>(`[data-act="${CSS.escape(event.key)}"]`);
    if (page) page.click();
    else if (event.key === "/") openPalette();
    else if (event.key === "?") document.querySelector<HTMLDialogElement>("#keys")?.showModal();
    else if (event.key === "j" || event.key === "k") move(event.key === "j" ? 1 : -1);
    else if (act instanceof HTMLAnchorElement) act.click();
    else if (act) act.focus();
    else return;
    event.preventDefault();
  });
  document.querySelector("[data-opens-keys]")?.addEventListener("click", event => {
    event.preventDefault();
    document.querySelector<HTMLDialogElement>("#keys")?.showModal();
  });
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest("input, select, textarea, dialog") !== null;
}

/** From row to row: the link of each gets the focus. */
function move(by: number): void {
  const links = [...document.querySelectorAll<HTMLElement>("main tbody tr a[data-row]")];
  const at = links.findIndex(link => link === document.activeElement);
  links[Math.min(links.length - 1, Math.max(0, at + by))]?.focus();
}
