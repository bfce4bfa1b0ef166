import type { SessionAccess } from "../access/session-access.ts";
import type { OwnRequests } from "../attendance/own-ports.ts";
import type { Reckoning, RuleSource } from "../attendance/ports.ts";
import type { Observable } from "../observable.ts";
import type { Store } from "../ports/store.ts";
import { BalanceSheets } from "./balance-sheets.ts";
import { Deadlines } from "./deadlines.ts";
import { Filing } from "./filing.ts";
import { PersonRequests } from "./own-requests.ts";
import { Duties } from "./person-duty.ts";
import type { RequestPapers } from "./request-papers.ts";
import { SiteRequests } from "./requests.ts";
import { Steps } from "./steps.ts";

export interface ExceptionsDependencies {
  readonly store: Store;
  readonly access: SessionAccess;
  readonly session: Observable<unknown>;
  readonly rules: RuleSource;
  readonly reckoning: Pick<Reckoning, "days">;
  /** What the reckoning reads requests from: made before it. */
  readonly papers: RequestPapers;
  /** @returns how to take it back */
  readonly after: (delayMs: number, run: () => void) => () => void;
}

export interface Exceptions {
  /** For whoever is signed in. */
  readonly requests: SiteRequests;
  /** For the person who stands in front. */
  readonly own: OwnRequests;
  readonly deadlines: Deadlines;
}

/** Requests, put together from their parts. The deadlines do nothing before they are started. */
export function createExceptions({ store, access, session, rules, reckoning, papers, after }: ExceptionsDependencies): Exceptions {
  const duties = new Duties({ store, rules, reckoning });
  const sheets = new BalanceSheets(papers, duties, reckoning);
  const filing = new Filing({ store, papers, duties, sheets });
  const steps = new Steps({ store, papers, duties, rules });
  return {
    requests: new SiteRequests({ store, access, session, rules, reckoning, papers, duties, sheets, filing, steps }),
    own: new PersonRequests({ store, papers, duties, sheets, filing, steps }),
    deadlines: new Deadlines({ store, papers, duties, steps, after }),
  };
}
