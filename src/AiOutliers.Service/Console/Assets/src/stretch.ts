/** Fills the form that asks for the causes of a stretch of time, and sends it. */
export function askForCauses(from: number, until: number, metric: string, zone: string): void {
  const form = document.querySelector<HTMLFormElement>("#stretch");
  if (!form) return;
  const time = clockOf(zone);
  set(form, "begin", time(from));
  set(form, "end", time(until));
  set(form, "of", metric);
  form.requestSubmit();
}

function set(form: HTMLFormElement, name: string, value: string): void {
  const field = form.elements.namedItem(name);
  if (field instanceof HTMLInputElement || field instanceof HTMLSelectElement) field.value = value;
}

/** As the fields take it: 2024-09-24 14:10, on the page's clock. */
function clockOf(zone: string): (milliseconds: number) => string {
  const format = new Intl.DateTimeFormat("sv-SE", {
    timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit",
  });
  return milliseconds => format.format(milliseconds);
}
