import type { Administration } from "../../../app/api/administration.ts";
import type { Failure } from "../../../domain/errors.ts";
import type { Result } from "../../../domain/result.ts";
import "./confirm-dialog.ts";

/**
 * Does something that may ask for a fresh second factor: when it answers `access/confirm-needed`, the factor is asked for
 * in a dialog, and it is done again. Whoever cancels gets that failure back, and nothing was done.
 *
 * @param host the element whose action it is
 */
export async function confirmed<T, E extends Failure>(host: { readonly administration: Administration }, run: () => Promise<Result<T, E>>): Promise<Result<T, E>> {
  const outcome = await run();
  if (outcome.ok || outcome.error.kind !== "access/confirm-needed") return outcome;
  return (await ask(host.administration)) ? run() : outcome;
}

async function ask(administration: Administration): Promise<boolean> {
  const dialog = document.createElement("cf-confirm");
  dialog.administration = administration;
  const answered = new Promise<boolean>((resolve) => {
    dialog.addEventListener("cf-answer", (event) => resolve((event as CustomEvent<{ readonly confirmed: boolean }>).detail.confirmed), { once: true });
  });
  const focused = focusedElement();
  document.body.append(dialog);
  try {
    return await answered;
  } finally {
    dialog.remove();
    focused?.focus();
  }
}

/** The one inside all shadow roots. */
function focusedElement(): HTMLElement | null {
  let { activeElement } = document;
  while (activeElement?.shadowRoot?.activeElement) ({ activeElement } = activeElement.shadowRoot);
  return activeElement instanceof HTMLElement ? activeElement : null;
}
