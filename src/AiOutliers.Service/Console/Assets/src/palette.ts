/** Goes to a page or a sensor by a part of its name. */
export function offerPalette(): void {
  const palette = find();
  const input = palette?.querySelector("input");
  if (!palette || !input) return;
  document.querySelector("[data-opens-palette]")?.addEventListener("click", event => {
    event.preventDefault();
    openPalette();
  });
  input.addEventListener("input", () => filter(palette, input.value));
  palette.addEventListener("keydown", event => {
    const links = [...palette.querySelectorAll<HTMLElement>("li:not([hidden]) a")];
    const at = links.findIndex(link => link === document.activeElement);
    if (event.key === "Enter" && at < 0) links[0]?.click();
    else if (event.key === "ArrowDown") links[Math.min(links.length - 1, at + 1)]?.focus();
    else if (event.key === "ArrowUp") (links[at - 1] ?? input).focus();
    else return;
    event.preventDefault();
  });
}

export function openPalette(): void {
  const palette = find();
  if (!palette || palette.open) return;
  palette.showModal();
  palette.querySelector("input")?.select();
}

const find = () => document.querySelector<HTMLDialogElement>("#palette");

function filter(palette: HTMLElement, text: string): void {
  const wanted = text.toLowerCase();
  for (const entry of palette.querySelectorAll("li"))
    entry.hidden = !entry.textContent.toLowerCase().includes(wanted);
}
