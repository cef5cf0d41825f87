import { wakeEvent, wakeLab } from "../widgets/liveLabs.ts";

/** What there is in all chapters is a long list, which a page that is only read does not need. */
const chapterModules = () => import("./chapterModules.ts");

/** An island comes alive this long before it scrolls into view. */
const nearness = "600px 0px";

async function loaded<M>(
  modules: Readonly<Record<string, () => Promise<M>>>,
  path: string,
): Promise<M> {
  const load = modules[`../../chapters/${path}`];
  if (!load) throw new Error(`this page asks for chapters/${path}, which is not in the book`);
  return load();
}

async function mountLabIsland(place: HTMLElement): Promise<void> {
  const { chapter = "", lab: id = "", figure = "" } = place.dataset;
  const { labModules, figureModules } = await chapterModules();
  const [{ mountLab }, { labs }, figures] = await Promise.all([
    import("../widgets/mountLab.tsx"),
    loaded(labModules, `${chapter}/labs.ts`),
    loaded(figureModules, `${chapter}/figures/${figure}.tsx`),
  ]);
  const lab = labs.find((candidate) => candidate.id === id);
  const Figure = figures[figure];
  if (!lab || !Figure)
    throw new Error(`chapter ${chapter} has no lab "${id}" or figure "${figure}"`);
  mountLab(place, { chapter, lab, figure: Figure });
}

async function mountExerciseIsland(place: HTMLElement): Promise<void> {
  const { chapter = "", exercise: id = "" } = place.dataset;
  const { exerciseModules } = await chapterModules();
  const [{ mountExercise }, { exercises }] = await Promise.all([
    import("../widgets/mountExercise.tsx"),
    loaded(exerciseModules, `${chapter}/exercises.ts`),
  ]);
  const exercise = exercises[id];
  if (!exercise) throw new Error(`chapter ${chapter} has no exercise "${id}"`);
  mountExercise(place, { chapter, id, exercise });
}

async function mountProgressIsland(place: HTMLElement): Promise<void> {
  const { chapter = "", exercises = "" } = place.dataset;
  const { mountProgress, progressKey } = await import("../widgets/mountExercise.tsx");
  mountProgress(
    place,
    exercises.split(" ").map((id) => progressKey(chapter, id)),
  );
}

const mounts: Readonly<Record<string, (place: HTMLElement) => Promise<void>>> = {
  lab: mountLabIsland,
  exercise: mountExerciseIsland,
  progress: mountProgressIsland,
};

/** Says under the still picture that the live one did not come, and offers to try again. */
function showFailure(place: HTMLElement, error: unknown): void {
  const why = error instanceof Error ? error.message : String(error);
  const message = document.createElement("p");
  message.className = "lab-failure";
  message.role = "alert";
  message.textContent = `This part could not be loaded (${why}). The picture stays; check the connection and `;
  const retry = document.createElement("button");
  retry.type = "button";
  retry.className = "quiet-button";
  retry.textContent = "try again";
  retry.addEventListener("click", () => {
    message.remove();
    wake(place);
  });
  message.append(retry);
  place.after(message);
}

const awake = new WeakSet<HTMLElement>();

function wake(place: HTMLElement): void {
  if (awake.has(place)) return;
  awake.add(place);
  mounts[place.dataset.island ?? ""]?.(place).catch((error: unknown) => {
    awake.delete(place);
    showFailure(place, error);
  });
}

/** Loads each lab and exercise when it comes near the reader, or when somebody asks for it. */
export function startIslands(): void {
  const places = [...document.querySelectorAll<HTMLElement>("[data-island]")];
  const watcher = new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries) {
        if (!isIntersecting || !(target instanceof HTMLElement)) continue;
        watcher.unobserve(target);
        wake(target);
      }
    },
    { rootMargin: nearness },
  );
  for (const place of places) watcher.observe(place);
  document.addEventListener(wakeEvent, (event) => {
    const id: unknown = event instanceof CustomEvent ? event.detail?.lab : undefined;
    for (const place of places) {
      if (place.dataset.island === "lab" && place.dataset.lab === id) wake(place);
    }
  });
  wakeLinked();
  addEventListener("hashchange", wakeLinked);
}

/** A link to a state loads its lab wherever it stands on the page. */
function wakeLinked(): void {
  const id = new URLSearchParams(location.hash.slice(1)).get("lab");
  if (id) wakeLab(id);
}
