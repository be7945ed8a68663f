const prefixes = ["", " k", " M", " G", " T", " P"];

/** Three significant digits and a decimal prefix, as everywhere in the console. */
export function short(value: number | null | undefined): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return "–";
  let [scaled, prefix] = [value, 0];
  while (Math.abs(scaled) >= 999.5 && prefix < prefixes.length - 1) [scaled, prefix] = [scaled / 1000, prefix + 1];
  const text = Math.abs(scaled) >= 100 ? scaled.toFixed(0) : String(Number(scaled.toPrecision(3)));
  return text + prefixes[prefix];
}

export function timeIn(zone: string): (milliseconds: number) => string {
  const format = new Intl.DateTimeFormat("en-GB", {
    timeZone: zone, weekday: "short", day: "2-digit", month: "short", hour: "2-digit", minute: "2-digit", hour12: false,
  });
  return milliseconds => format.format(milliseconds);
}
