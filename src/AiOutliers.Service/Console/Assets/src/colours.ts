const names = ["ink", "muted", "faint", "line", "grid", "accent", "band", "alarm", "shade"] as const;

export type Colours = Record<(typeof names)[number], string>;

/** The theme's colours as the browser has computed them: a canvas knows no custom properties. */
export function colours(): Colours {
  const probe = document.createElement("span");
  probe.className = "probe";
  document.body.append(probe);
  const found = Object.fromEntries(names.map(name => {
    probe.style.color = `var(--${name})`;
    return [name, getComputedStyle(probe).color];
  }));
  probe.remove();
  return found as Colours;
}
