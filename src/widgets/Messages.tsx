import { useState } from "react";
import type { Notice } from "../training/lab.ts";

export interface MessagesProps {
  /** The newest failure of an action, or null. */
  readonly failure: string | null;
  readonly onDismissFailure: () => void;
  readonly notice: Notice | null;
}

/** What the lab has to tell, over the lower edge of the picture, so that nothing moves. */
export function Messages({ failure, onDismissFailure, notice }: MessagesProps) {
  const [dismissed, setDismissed] = useState<string | null>(null);
  const isNew = notice !== null && notice.text !== dismissed;
  return (
    <div className="lab-messages">
      <div role="status">
        {isNew && (
          <Message
            tone={notice.tone}
            text={notice.text}
            onDismiss={() => setDismissed(notice.text)}
          />
        )}
      </div>
      <div role="alert">
        {failure !== null && <Message tone="failure" text={failure} onDismiss={onDismissFailure} />}
      </div>
    </div>
  );
}

interface MessageProps {
  readonly tone: Notice["tone"];
  readonly text: string;
  readonly onDismiss: () => void;
}

const signs: Record<Notice["tone"], string> = { information: "i", warning: "!", failure: "×" };

function Message({ tone, text, onDismiss }: MessageProps) {
  return (
    <p className="lab-message" data-tone={tone}>
      <span className="lab-message-sign" aria-hidden="true">
        {signs[tone]}
      </span>
      <span className="lab-message-text">{text}</span>
      <button type="button" onClick={onDismiss} aria-label="Dismiss this message">
        OK
      </button>
    </p>
  );
}
