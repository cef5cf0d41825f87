import { type ComponentType, type DragEvent, useCallback, useMemo, useRef, useState } from "react";
import type { BackendReport, LabStatus } from "../engine/handle.ts";
import type { BackendName } from "../engine/methods.ts";
import type { Frame, Lab } from "../training/lab.ts";
import { guardedActions, messageOf, stillActions } from "./actions.ts";
import { BackendBadge } from "./BackendBadge.tsx";
import { Boundary } from "./Boundary.tsx";
import { FailedFace } from "./FailedFace.tsx";
import { loadFile } from "./FileButtons.tsx";
import type { FigureProps, LabActions } from "./figure.ts";
import { KeysDialog } from "./KeysDialog.tsx";
import { FieldRow, MoreControls } from "./LabControls.tsx";
import type { LabCommand } from "./labKeys.ts";
import { Measures } from "./Measures.tsx";
import { Messages } from "./Messages.tsx";
import { ShareDialog } from "./ShareDialog.tsx";
import { StateLine } from "./StateLine.tsx";
import { Stillness } from "./stillness.ts";
import { Transport } from "./Transport.tsx";
import { trainedState } from "./trainedState.ts";
import { useLabKeys } from "./useLabKeys.ts";
import { useProjection } from "./useProjection.ts";
import { useSharedState } from "./useSharedState.ts";

export interface LabShellProps {
  readonly lab: Lab;
  /** Null only while nothing can be drawn yet. */
  readonly frame: Frame | null;
  readonly figure: ComponentType<FigureProps>;
  /** The picture of the build: the same layout, nothing to operate. */
  readonly still?: boolean;
  readonly actions?: LabActions;
  /** How the figure watches more than its lab does, where others on the page watch too. */
  readonly onWatch?: LabActions["watch"];
  readonly status?: LabStatus;
  readonly reports?: readonly BackendReport[];
  readonly onBackend?: (name: BackendName | "auto") => Promise<unknown>;
  /** Opens the lab anew after a failure. */
  readonly onRetry?: () => void;
}

const ready: LabStatus = { phase: "ready" };
const noReports: readonly BackendReport[] = [];

/**
 * The frame around every lab's figure: invitation, picture, controls, transport, state line. The build
 * draws its still with the same component, so that the live lab takes its place without a jump.
 */
export function LabShell(props: LabShellProps) {
  const { lab, frame, still = false, status = ready, onRetry } = props;
  if (!frame) {
    return (
      <section className="lab" data-lab={lab.id} aria-label={lab.title}>
        <p className="lab-invitation">{lab.invitation}</p>
        {status.phase === "failed" && <FailedFace why={status.why} onRetry={onRetry} />}
      </section>
    );
  }
  return (
    <Boundary
      failed={(why, retry) => (
        <section className="lab" data-lab={lab.id} aria-label={lab.title}>
          <p className="lab-invitation">{lab.invitation}</p>
          <FailedFace why={why} onRetry={onRetry ?? retry} />
        </section>
      )}
    >
      <Stillness value={still}>
        <LabFace {...props} frame={frame} />
      </Stillness>
    </Boundary>
  );
}

function LabFace(props: LabShellProps & { readonly frame: Frame }) {
  const { lab, frame, still = false, status = ready, reports = noReports } = props;
  const Figure = props.figure;
  const section = useRef<HTMLElement>(null);
  const keys = useRef<HTMLDialogElement>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const [pace, setPace] = useState<number | undefined>(undefined);
  const source = props.actions ?? stillActions;
  const watch = props.onWatch;
  const actions = useMemo(() => guardedActions(source, setFailure, watch), [source, watch]);
  const { projection, toggle, leave } = useProjection(section);
  const { onBackend } = props;
  const switchBackend = useCallback(
    (name: BackendName | "auto") => {
      onBackend?.(name).catch((error: unknown) => setFailure(messageOf(error)));
    },
    [onBackend],
  );

  const apply = (index: number): void => {
    const preset = lab.presets?.[index];
    if (preset) void actions.edit(preset.edit);
  };
  const takeTrained = (): Promise<void> =>
    trainedState(lab)
      .then((state) => actions.load(state))
      .catch((error: unknown) => setFailure(messageOf(error)));
  useLabKeys(section, projection !== null, (command) => {
    if (command.do === "preset") apply(command.index);
    else if (command.do === "keys") keys.current?.showModal();
    else if (command.do === "leave") leave();
    else drive(command.do, lab, frame, actions, pace);
  });
  useSharedState(lab.id, still, actions, setFailure);
  const drop = useFileDrop(still, actions, lab);
  const stateId = `${lab.id}-state`;
  const isLoading = status.phase === "loading";

  return (
    <section
      ref={section}
      className="lab"
      data-lab={lab.id}
      data-still={still || undefined}
      data-projected={projection ?? undefined}
      aria-label={lab.title}
      aria-describedby={stateId}
      aria-busy={isLoading || undefined}
      tabIndex={-1}
      {...drop}
    >
      <p className="lab-invitation">{lab.invitation}</p>
      <div className={lab.trains ? "lab-body lab-body-trains" : "lab-body"}>
        <div className="lab-picture">
          <Boundary failed={(why, retry) => <FailedFace why={why} onRetry={retry} />}>
            <Figure frame={frame} lab={actions} projected={projection !== null} />
          </Boundary>
          {isLoading && <p className="lab-preparing">Preparing… {status.doing}</p>}
          <Messages
            failure={failure}
            onDismissFailure={() => setFailure(null)}
            notice={frame.notice}
          />
        </div>
        {lab.trains && <Measures frame={frame} still={still} projected={projection !== null} />}
      </div>
      {status.phase === "failed" && (
        <FailedFace
          why={status.why}
          onRetry={props.onRetry}
          onCpu={frame.backend === "cpu" ? undefined : () => switchBackend("cpu")}
        />
      )}
      <FieldRow lab={lab} frame={frame} actions={actions} still={still} onPreset={apply} />
      {lab.trains && (
        <Transport
          frame={frame}
          actions={actions}
          still={still}
          pace={pace}
          onPace={setPace}
          onTrained={lab.checkpoint && (() => void takeTrained())}
        />
      )}
      <StateLine id={stateId} text={lab.describe(frame)} />
      <div className="lab-tools">
        <HistoryButton name="Undo" can={frame.canUndo} still={still} onClick={actions.undo} />
        <HistoryButton name="Redo" can={frame.canRedo} still={still} onClick={actions.redo} />
        {!lab.trains && (
          <button type="button" disabled={still} onClick={() => void actions.reset()}>
            Start over
          </button>
        )}
        <span className="lab-tools-gap" />
        <BackendBadge
          labId={lab.id}
          backend={frame.backend}
          reports={reports}
          status={status}
          still={still}
          onBackend={switchBackend}
        />
        <ShareDialog labId={lab.id} actions={actions} still={still} onFail={setFailure} />
        <button type="button" disabled={still} aria-pressed={projection !== null} onClick={toggle}>
          {projection === null ? "Project" : "Leave"}
        </button>
        <button
          type="button"
          className="lab-keys-button"
          disabled={still}
          aria-label="Keys"
          title="Keys"
          onClick={() => keys.current?.showModal()}
        >
          ?
        </button>
      </div>
      <MoreControls lab={lab} frame={frame} actions={actions} still={still} />
      {!still && <KeysDialog dialog={keys} />}
    </section>
  );
}

interface HistoryButtonProps {
  readonly name: string;
  readonly can: boolean;
  readonly still: boolean;
  readonly onClick: () => unknown;
}

function HistoryButton({ name, can, still, onClick }: HistoryButtonProps) {
  return (
    <button
      type="button"
      className={can ? undefined : "lab-idle"}
      disabled={still || !can}
      onClick={() => void onClick()}
    >
      {name}
    </button>
  );
}

type Drive = Exclude<LabCommand["do"], "preset" | "keys" | "leave">;

function drive(command: Drive, lab: Lab, frame: Frame, actions: LabActions, pace?: number): void {
  if (command === "restart") void actions.reset();
  else if (command === "undo" && frame.canUndo) void actions.undo();
  else if (command === "redo" && frame.canRedo) void actions.redo();
  else if (!lab.trains) return;
  else if (command === "toggle") void (frame.playing ? actions.pause() : actions.play(pace));
  else if (command === "forward") void actions.train(1);
  else if (command === "back" && frame.step > frame.firstStep) void actions.seek(frame.step - 1);
}

/** A saved file dropped on the lab is loaded. */
function useFileDrop(still: boolean, actions: LabActions, lab: Lab) {
  const [isOver, setOver] = useState(false);
  if (still) return {};
  const carriesFile = (event: DragEvent): boolean => event.dataTransfer.types.includes("Files");
  return {
    "data-dropping": isOver || undefined,
    onDragOver: (event: DragEvent) => {
      if (!carriesFile(event)) return;
      event.preventDefault();
      setOver(true);
    },
    onDragLeave: () => setOver(false),
    onDrop: (event: DragEvent) => {
      const file = event.dataTransfer.files[0];
      setOver(false);
      if (!file) return;
      event.preventDefault();
      void loadFile(file, actions, lab);
    },
  };
}
