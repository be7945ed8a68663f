/** The switch between light and dark; the choice is a cookie, so that the next page comes in it. */
export function offerTheme(): void {
  const root = document.documentElement;
  document.querySelector("[data-theme-switch]")?.addEventListener("click", event => {
    event.preventDefault();
    const next = isDark() ? "light" : "dark";
    root.dataset["theme"] = next;
    document.cookie = `theme=${next}; path=/; max-age=31536000; samesite=lax`;
    document.dispatchEvent(new Event("themechange"));
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => document.dispatchEvent(new Event("themechange")));
}

function isDark(): boolean {
  const theme = document.documentElement.dataset["theme"];
  return theme ? theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
}
