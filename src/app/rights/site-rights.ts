import type { OwnAttendances } from "../attendance/own.ts";
import { OwnRecords } from "../own-record/own-records.ts";
import type { Access } from "../ports/access.ts";
import type { Ledger } from "../ports/ledger.ts";
import type { Store } from "../ports/store.ts";
import type { DeviceSigner } from "./certificates.ts";
import type { Erasures } from "./erasures.ts";
import type { Freezes } from "./freezes.ts";
import { SitePersonRights } from "./person-rights.ts";
import { Retention } from "./retention.ts";
import type { RetentionDependencies } from "./retention.ts";

export interface SiteRightsDependencies extends Pick<RetentionDependencies, "scheduler" | "isQuiet"> {
  readonly store: Store;
  readonly access: Access;
  readonly ledger: Pick<Ledger, "verifyPinAmong">;
  readonly erasures: Erasures;
  readonly freezes: Freezes;
  readonly signer: DeviceSigner;
  readonly attendance: Pick<OwnAttendances, "open">;
}

/** The rights of people, for administration and for the person at the kiosk. */
export function createRights({ store, access, ledger, erasures, freezes, signer, attendance, scheduler, isQuiet }: SiteRightsDependencies): {
  readonly retention: Retention;
  readonly personRights: SitePersonRights;
  readonly ownRecords: OwnRecords;
} {
  const retention = new Retention({ store, erasures, scheduler, isQuiet });
  return {
    retention,
    personRights: new SitePersonRights({ store, access, erasures, freezes, retention, signer }),
    ownRecords: new OwnRecords({ store, ledger, erasures, freezes, retention, attendance }),
  };
}
