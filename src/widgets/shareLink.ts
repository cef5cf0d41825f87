/** Longer links are cut short by mail and chat programs. */
export const longestLink = 8000;

/** A QR code of the least redundancy holds this many bytes (ISO/IEC 18004, version 40-L). */
export const longestQrCode = 2953;

/** The address of this page, opening the lab in the state that `text` holds. */
export function shareUrl(page: string, labId: string, text: string): string {
  const [bare = ""] = page.split("#");
  return `${bare}#lab=${encodeURIComponent(labId)}&state=${text}`;
}

/** The state for the lab `labId` in a hash; null where the hash is not for this lab. */
export function sharedState(hash: string, labId: string): string | null {
  const fields = new URLSearchParams(hash.replace(/^#/, ""));
  return fields.get("lab") === labId ? fields.get("state") : null;
}
