import { REQUEST_KINDS } from "../../../domain/exceptions/types.ts";
import type { ExceptionRequest, RequestKind, RequestState } from "../../../domain/exceptions/types.ts";
import type { PersonId } from "../../../domain/people/types.ts";

export const SHOWN = ["waiting", "mine", "late", "decided", "all"] as const;
export type Shown = (typeof SHOWN)[number];

/** What the list shows, as it stands in the address. */
export interface RequestChoice {
  readonly shown: Shown;
  readonly kind: RequestKind | "";
  readonly person: string;
  readonly from: string;
  readonly to: string;
}

const WAITING: ReadonlySet<RequestState> = new Set<RequestState>(["colleague", "supervisor", "hr", "late"]);
const isDay = (text: string | null): text is string => text !== null && /^\d{4}-\d{2}-\d{2}$/.test(text);

export function readChoice(search: string): RequestChoice {
  const parameters = new URLSearchParams(search);
  const [from, to] = [parameters.get("from"), parameters.get("to")];
  return {
    shown: SHOWN.find((one) => one === parameters.get("shown")) ?? "waiting",
    kind: REQUEST_KINDS.find((one) => one === parameters.get("kind")) ?? "",
    person: parameters.get("person") ?? "",
    from: isDay(from) ? from : "",
    to: isDay(to) ? to : "",
  };
}

/** The day of a person that an address asks to correct: `?correct=PERSON&day=DAY`; null where it asks for nothing. */
export function readCorrection(search: string): { readonly personId: PersonId; readonly day: string } | null {
  const parameters = new URLSearchParams(search);
  const [person, day] = [parameters.get("correct") ?? "", parameters.get("day")];
  return person !== "" && isDay(day) ? { personId: person as PersonId, day } : null;
}

export function writeChoice({ shown, kind, person, from, to }: RequestChoice): Readonly<Record<string, string>> {
  return { shown: shown === "waiting" ? "" : shown, kind, person, from, to };
}

/** Whether a row is among those that were chosen. */
export function isChosen({ request, mine }: { readonly request: ExceptionRequest; readonly mine: boolean }, { shown, kind, person }: RequestChoice): boolean {
  if (kind !== "" && request.content.kind !== kind) return false;
  if (person !== "" && request.personId !== person) return false;
  switch (shown) {
    case "waiting":
      return WAITING.has(request.state);
    case "mine":
      return mine;
    case "late":
      return request.state === "late";
    case "decided":
      return !WAITING.has(request.state);
    case "all":
      return true;
  }
}
