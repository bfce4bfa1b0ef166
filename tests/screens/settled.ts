/** Frames in a row in which nothing changed. */
const STILL_FRAMES = 5;
const AT_MOST_MS = 3_000;

/** Every element of the page with those in shadow trees, what it says, and what still moves. */
function look(root: Document | ShadowRoot): string {
  let seen = "";
  for (const element of root.querySelectorAll("*")) {
    seen += `${element.localName}${element.attributes.length}`;
    if (element.shadowRoot !== null) seen += look(element.shadowRoot);
  }
  // What spins for ever never comes to an end.
  const moving = root.getAnimations().filter((animation) => animation.playState === "running" && animation.effect?.getComputedTiming().endTime !== Number.POSITIVE_INFINITY);
  return `${seen} ${(root instanceof Document ? root.body : root).textContent} ${moving.map(({ currentTime }) => String(currentTime)).join()}`;
}

/** Resolves when a screen has come to rest: it looked the same in several frames in a row. */
export async function settled(): Promise<void> {
  const end = performance.now() + AT_MOST_MS;
  let before = "";
  for (let still = 0; still < STILL_FRAMES && performance.now() < end; ) {
    // A hidden page draws no frames.
    await new Promise((resolve) => (document.hidden ? setTimeout(resolve, 16) : requestAnimationFrame(resolve)));
    const now = look(document);
    still = now === before ? still + 1 : 0;
    before = now;
  }
}
