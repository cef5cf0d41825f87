/** The theme that the reader chose; `system` follows the machine. `index.html` applies it before the first paint. */
const storageKey = "unrolled:theme";

function stored(): string {
  try {
    return localStorage.getItem(storageKey) ?? "system";
  } catch {
    return "system";
  }
}

function apply(theme: string): void {
  const { dataset } = document.documentElement;
  if (theme === "system") delete dataset.theme;
  else dataset.theme = theme;
  try {
    if (theme === "system") localStorage.removeItem(storageKey);
    else localStorage.setItem(storageKey, theme);
  } catch {
    // Without storage the choice holds for this page alone.
  }
}

/** Shows the theme switch, set to what the reader chose before. */
export function startThemeSwitch(): void {
  const control = document.querySelector<HTMLElement>("[data-theme-switch]");
  if (!control) return;
  const chosen = stored();
  for (const input of control.querySelectorAll("input")) {
    input.checked = input.value === chosen;
    input.addEventListener("change", () => apply(input.value));
  }
  control.hidden = false;
}
