/** A button that copies the text of what it names. */
export function listenToCopy(): void {
  document.addEventListener("click", async event => {
    const button = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-copies]") : null;
    const text = button && document.getElementById(button.dataset["copies"] ?? "")?.textContent;
    if (!button || text === null || text === undefined) return;
    try {
      await navigator.clipboard.writeText(text);
      button.textContent = "copied";
    } catch {
      // Without TLS a browser lets no page write to the clipboard: the text is selected instead.
      getSelection()?.selectAllChildren(document.getElementById(button.dataset["copies"] ?? "")!);
      button.textContent = "selected";
    }
  });
}
