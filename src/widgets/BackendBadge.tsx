import type { BackendReport, LabStatus } from "../engine/handle.ts";
import type { BackendName } from "../engine/methods.ts";
import { countText } from "../viz/numberText.ts";

const titles: Record<BackendName, string> = {
  cpu: "CPU",
  wasm: "WebAssembly",
  webgl: "WebGL",
  webgpu: "WebGPU",
};

function titleOf(backend: string): string {
  return Object.hasOwn(titles, backend) ? titles[backend as BackendName] : backend;
}

export interface BackendBadgeProps {
  readonly labId: string;
  /** The one in use. */
  readonly backend: string;
  readonly reports: readonly BackendReport[];
  readonly status: LabStatus;
  readonly still: boolean;
  readonly onBackend: (name: BackendName | "auto") => void;
}

/** Which backend the lab runs on, and why; opens to the others. */
export function BackendBadge({
  labId,
  backend,
  reports,
  status,
  still,
  onBackend,
}: BackendBadgeProps) {
  const panel = `${labId}-backends`;
  const hasFallenBack = reports.some((report) => report.state === "failed");
  const title = still ? "Still picture" : titleOf(backend);
  return (
    <>
      <button
        type="button"
        className="lab-badge"
        popoverTarget={panel}
        disabled={still}
        title={still ? undefined : "What this lab runs on"}
      >
        <span className="sr-only">Runs on </span>
        {title}
        {hasFallenBack && (
          <span className="lab-badge-sign" title="A backend failed and was passed over">
            {" "}
            !
          </span>
        )}
      </button>
      {!still && (
        <div id={panel} popover="auto" className="lab-popover">
          <p className="lab-dialog-title">Runs on {title}</p>
          <p>{reasonOf(backend, reports)}</p>
          {status.phase === "loading" && <p>{status.doing}</p>}
          <table>
            <tbody>
              {reports.map((report) => (
                <ReportRow
                  key={report.name}
                  report={report}
                  isUsed={report.name === backend}
                  onUse={() => onBackend(report.name)}
                />
              ))}
            </tbody>
          </table>
          <p className="lab-buttons">
            <button type="button" onClick={() => onBackend("auto")}>
              Measure and choose for me
            </button>
          </p>
        </div>
      )}
    </>
  );
}

function ReportRow({
  report,
  isUsed,
  onUse,
}: {
  readonly report: BackendReport;
  readonly isUsed: boolean;
  readonly onUse: () => void;
}) {
  return (
    <tr>
      <th scope="row">{titleOf(report.name)}</th>
      <td>
        {stateText(report)}
        {report.why && <small>{report.why}</small>}
      </td>
      <td>
        {isUsed ? (
          "in use"
        ) : (
          <button
            type="button"
            disabled={report.state === "absent"}
            aria-label={`Use ${titleOf(report.name)}`}
            onClick={onUse}
          >
            Use
          </button>
        )}
      </td>
    </tr>
  );
}

function stateText(report: BackendReport): string {
  const speed = report.speed === undefined ? "" : `${countText(report.speed)} runs a second`;
  switch (report.state) {
    case "passed":
      return speed || "passed its self-test";
    case "failed":
      return "failed its self-test";
    case "absent":
      return "not in this browser";
    case "untried":
      return speed || "not tried yet";
  }
}

/** Why this backend is the one in use, from what is known of all of them. */
export function reasonOf(backend: string, reports: readonly BackendReport[]): string {
  const used = reports.find((report) => report.name === backend);
  const measured = reports.filter((report) => report.speed !== undefined);
  const fastest = measured.reduce<BackendReport | undefined>(
    (best, report) => (best && (best.speed ?? 0) >= (report.speed ?? 0) ? best : report),
    undefined,
  );
  const isGpu = (report: BackendReport): boolean =>
    report.name === "webgl" || report.name === "webgpu";
  const gpus = reports.filter(isGpu);
  const sentences: string[] = [];
  if (used?.why) sentences.push(used.why);
  else if (fastest && fastest.name === backend && measured.length > 1) {
    sentences.push("The fastest here for a model of this size, by measurement.");
  } else if (fastest && fastest.name !== backend) {
    sentences.push(`When measured here, ${titleOf(fastest.name)} was faster for this model.`);
  }
  if (gpus.length > 0 && gpus.every((gpu) => gpu.state === "absent" || gpu.state === "failed")) {
    sentences.push("No graphics processor can be used in this browser; everything works without.");
  }
  return sentences.join(" ") || "Chosen for a model of this size.";
}
