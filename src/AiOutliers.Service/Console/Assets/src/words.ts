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
  return milliseconds => format.format(milliseconds).replace("Sept", "Sep");
}

const [second, minute, hour, day] = [1e3, 6e4, 36e5, 864e5];

/** How uPlot writes the ticks of a time axis: by the clock of 24 hours, and the date where a new day begins. */
export const clock: (string | number | null)[][] = [
  [365 * day, "{YYYY}", null, null, null, null, null, null, 1],
  [28 * day, "{MMM}", "\n{YYYY}", null, null, null, null, null, 1],
  [day, "{D} {MMM}", "\n{YYYY}", null, null, null, null, null, 1],
  [hour, "{HH}:{mm}", "\n{D} {MMM}", null, "\n{D} {MMM}", null, null, null, 1],
  [minute, "{HH}:{mm}", "\n{D} {MMM}", null, "\n{D} {MMM}", null, null, null, 1],
  [second, "{HH}:{mm}:{ss}", "\n{D} {MMM}", null, "\n{D} {MMM}", null, null, null, 1],
];
