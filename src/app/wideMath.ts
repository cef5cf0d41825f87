/** What scrolls must be reached by keyboard: a formula that is wider than its place can be focused. */
export function followWideMath(): void {
  const judge = (display: HTMLElement): void => {
    if (display.scrollWidth > display.clientWidth) {
      display.tabIndex = 0;
      display.role = "group";
      display.ariaLabel = "Equation, wider than its place";
    } else {
      for (const name of ["tabindex", "role", "aria-label"]) display.removeAttribute(name);
    }
  };
  // One with symbols in it can be focused in any case, to go from symbol to symbol.
  const displays = [...document.querySelectorAll<HTMLElement>(".katex-display")].filter(
    (display) => !display.querySelector("[data-sym]"),
  );
  const resized = new ResizeObserver((entries) => {
    for (const { target } of entries) judge(target as HTMLElement);
  });
  for (const display of displays) resized.observe(display);
  document.fonts.ready.then(() => displays.forEach(judge));
}
