/** The browser knows the names of the time zones: the field completes them from it. */
export function offerZones(): void {
  const field = document.querySelector<HTMLInputElement>("[data-zones]");
  field?.addEventListener("focus", () => {
    field.list?.replaceChildren(...["UTC", ...Intl.supportedValuesOf("timeZone")].map(name => new Option(name, name)));
  }, { once: true });
}
