import { useRef, useState } from "react";
import { countText } from "../viz/numberText.ts";
import { messageOf } from "./actions.ts";
import type { LabActions } from "./figure.ts";
import { longestLink, longestQrCode, shareUrl } from "./shareLink.ts";

export interface ShareDialogProps {
  readonly labId: string;
  readonly actions: LabActions;
  readonly still: boolean;
  readonly onFail: (message: string) => void;
}

interface Shared {
  readonly url: string;
  readonly picture: string | null;
}

async function shared(labId: string, actions: LabActions): Promise<Shared> {
  const { capsuleLink } = await import("../training/capsuleLink.ts");
  const url = shareUrl(
    location.href,
    labId,
    await capsuleLink(new Uint8Array(await actions.save())),
  );
  if (url.length > longestLink) {
    throw new Error(
      `This state makes a link of ${countText(url.length)} characters, and links over ${countText(longestLink)} get cut off on their way. Save it as a file instead (under More).`,
    );
  }
  if (url.length > longestQrCode) return { url, picture: null };
  const { toDataURL } = await import("qrcode");
  const picture = await toDataURL(url, { errorCorrectionLevel: "L", margin: 2, width: 320 });
  return { url, picture };
}

/** A link, and a QR code, that open the lab exactly as it is now. */
export function ShareDialog({ labId, actions, still, onFail }: ShareDialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const field = useRef<HTMLInputElement>(null);
  const [link, setLink] = useState<Shared | null>(null);
  const [copied, setCopied] = useState("");
  const open = async (): Promise<void> => {
    try {
      setCopied("");
      setLink(await shared(labId, actions));
      dialog.current?.showModal();
      field.current?.select();
    } catch (error) {
      onFail(messageOf(error));
    }
  };
  const copy = async (): Promise<void> => {
    field.current?.select();
    try {
      await navigator.clipboard.writeText(link?.url ?? "");
      setCopied("Copied.");
    } catch {
      setCopied("The link is selected; copy it with Ctrl+C or ⌘C.");
    }
  };
  return (
    <>
      <button type="button" disabled={still} onClick={() => void open()}>
        Share
      </button>
      {!still && (
        <dialog ref={dialog} className="lab-dialog" aria-label="Share this state">
          <p className="lab-dialog-title">Share this state</p>
          <p>Whoever opens this link finds the lab exactly as it is now.</p>
          <p className="lab-buttons">
            <input
              ref={field}
              className="lab-text-field"
              readOnly
              value={link?.url ?? ""}
              aria-label="Link"
            />
            <button type="button" onClick={() => void copy()}>
              Copy
            </button>
          </p>
          <p role="status" className="lab-dialog-status">
            {copied}
          </p>
          {link?.picture ? (
            <img className="lab-qr" src={link.picture} alt="QR code of the link" />
          ) : (
            <p>This state is too large for a QR code; the link holds it.</p>
          )}
          <form method="dialog">
            <button type="submit">Close</button>
          </form>
        </dialog>
      )}
    </>
  );
}
