/** From this width the contents stand beside the text, always open. As in `page.css`. */
const wide = "(min-width: 80rem)";

/** Marks the section being read in the page's contents, and opens them where there is room. */
export function followContents(): void {
  const fold = document.querySelector<HTMLDetailsElement>(".contents details");
  if (!fold) return;
  const room = matchMedia(wide);
  const settle = (): void => {
    fold.open = room.matches;
  };
  room.addEventListener("change", settle);
  settle();
  const links = new Map(
    [...fold.querySelectorAll("a")].map((link) => [link.hash.slice(1), link] as const),
  );
  const headings = [...links.keys()].flatMap((id) => document.getElementById(id) ?? []);
  const mark = (): void => {
    const passed = headings.filter(
      (heading) => heading.getBoundingClientRect().top < innerHeight / 3,
    );
    const current = passed.at(-1)?.id;
    for (const [id, link] of links) {
      if (id === current) link.setAttribute("aria-current", "location");
      else link.removeAttribute("aria-current");
    }
  };
  new IntersectionObserver(mark, { rootMargin: "0px 0px -66% 0px" }).observe(document.body);
  const watcher = new IntersectionObserver(mark, { rootMargin: "0px 0px -66% 0px" });
  for (const heading of headings) watcher.observe(heading);
}

/** Folds the chapters menu when the reader turns to something else. */
export function closeMenus(): void {
  const menu = document.querySelector<HTMLDetailsElement>("details.menu");
  if (!menu) return;
  document.addEventListener("click", ({ target }) => {
    if (target instanceof Node && !menu.contains(target)) menu.open = false;
  });
  menu.addEventListener("keydown", ({ key }) => {
    if (key !== "Escape" || !menu.open) return;
    menu.open = false;
    menu.querySelector("summary")?.focus();
  });
}

/** Turns the code of every band to the language chosen in one of them. */
export function joinCodeTabs(): void {
  document.addEventListener("change", ({ target }) => {
    if (!(target instanceof HTMLInputElement) || !target.matches(".tabs input")) return;
    const top = target.getBoundingClientRect().top;
    for (const other of document.querySelectorAll<HTMLInputElement>(".tabs input")) {
      if (other.value === target.value) other.checked = true;
    }
    scrollBy({ top: target.getBoundingClientRect().top - top, behavior: "instant" });
  });
}
