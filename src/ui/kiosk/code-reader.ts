/** What every badge's text begins with. */
const BEGINS = "CFB1:";
/** A reader with a cable types faster than anybody's fingers: keys farther apart begin anew, milliseconds. */
const APART_MS = 120;

/** Hears badges from a code reader that types like a keyboard. Returns the way to stop. */
export function followCodeReader(found: (text: string) => void): () => void {
  let typed = "";
  let lastMs = 0;
  const key = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const nowMs = event.timeStamp;
    if (nowMs - lastMs > APART_MS) typed = "";
    lastMs = nowMs;
    if (event.key.length === 1) typed += event.key;
    if (event.key !== "Enter" || !typed.startsWith(BEGINS)) return;
    // The screen on which a number is typed is not to take it for one.
    event.preventDefault();
    event.stopImmediatePropagation();
    found(typed);
    typed = "";
  };
  window.addEventListener("keydown", key, { capture: true });
  return () => window.removeEventListener("keydown", key, { capture: true });
}
