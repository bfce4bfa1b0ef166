import type { MissingPunch } from "../../../app/api/own-attendance.ts";
import type { EntryRef } from "../../../domain/attendance/engine/types.ts";
import type { Day, Month } from "../../../domain/attendance/rules/types.ts";
import type { ExceptionRequest, RequestContent, RequestId, RequestKind } from "../../../domain/exceptions/types.ts";

/** What a form begins with. */
export interface FormStart {
  readonly kind: RequestKind;
  readonly day?: Day;
  /** A punch that is missing: everything of it but the reason is known. */
  readonly missing?: MissingPunch;
  /** Something that was begun before. */
  readonly draft?: ExceptionRequest;
  /** What an appeal is about. */
  readonly about?: Extract<RequestContent, { readonly kind: "appeal" }>["about"];
  /** What is to be cancelled. */
  readonly cancels?: Extract<RequestContent, { readonly kind: "cancel" }>;
  /** The punch that a correction is about. */
  readonly cites?: EntryRef;
}

/** Where somebody is in their own record. */
export type OwnPlace =
  | { readonly page: "home" }
  | { readonly page: "month"; readonly month?: Month }
  | { readonly page: "requests" }
  | { readonly page: "request"; readonly id: RequestId }
  | { readonly page: "form"; readonly start: FormStart }
  | { readonly page: "balances" | "messages" | "feedback" | "tutorial" | "data" | "punches" | "looks" | "kept" | "consent" | "withdraw" | "freeze" | "prove" | "done" };

/** Where "Back" leads. */
export function placeBefore({ page }: OwnPlace): OwnPlace {
  switch (page) {
    case "request":
    case "form":
      return { page: "requests" };
    case "punches":
    case "looks":
    case "kept":
    case "consent":
    case "withdraw":
    case "freeze":
      return { page: "data" };
    case "home":
    case "month":
    case "requests":
    case "balances":
    case "messages":
    case "feedback":
    case "tutorial":
    case "data":
    case "prove":
    case "done":
      return { page: "home" };
  }
}

/** Asks for another place of the own record. */
export class OwnGoEvent extends CustomEvent<OwnPlace> {
  constructor(place: OwnPlace) {
    super("cf-own-go", { detail: place, bubbles: true, composed: true });
  }
}

/** Tells which place of the own record is shown. */
export class OwnPlaceEvent extends CustomEvent<OwnPlace> {
  constructor(place: OwnPlace) {
    super("cf-own-place", { detail: place });
  }
}

declare global {
  interface HTMLElementEventMap {
    "cf-own-place": OwnPlaceEvent;
    "cf-own-go": OwnGoEvent;
  }
}
