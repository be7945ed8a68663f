/** A click on the heat map sorts its rows by that time. */
export function listenToMaps(): void {
  document.addEventListener("click", event => {
    const strip = event.target instanceof Element ? event.target.closest<SVGElement>("svg[data-cell]") : null;
    if (!strip) return;
    const box = strip.getBoundingClientRect();
    const [from, until] = [Number(strip.dataset["from"]), Number(strip.dataset["until"])];
    const cell = Number(strip.dataset["cell"]);
    const time = from + ((event.clientX - box.left) / box.width) * (until - from);
    const address = new URL(location.href);
    address.searchParams.set("at", String(from + Math.floor((time - from) / cell) * cell));
    location.assign(address);
  });
}
