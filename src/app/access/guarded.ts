import { failure } from "../../domain/errors.ts";
import { err } from "../../domain/result.ts";
import type { Result } from "../../domain/result.ts";
import type { PersonId } from "../../domain/people/types.ts";
import type { Traces } from "../api/access.ts";
import type { Device, Enrolment, People, Records, Setup, Sync } from "../api/administration.ts";
import type { Recognition } from "../api/recognition.ts";
import type { AccessFailure } from "../ports/access.ts";
import { guardedDevice, guardedEnrolment, guardedSetup, guardedSync } from "./guarded-device.ts";
import { guardedPeople } from "./guarded-people.ts";
import type { Gate } from "./guarded-people.ts";
import { guardedRecognition, guardedRecords } from "./guarded-records.ts";

interface Open {
  readonly setup: Setup;
  readonly people: People;
  readonly enrolment: Enrolment;
  readonly records: Records;
  readonly recognition: Recognition;
  readonly device: Device;
  readonly sync: Sync;
}

/** Administration as the screens get it: whatever they ask for, the rights of whoever is signed in decide here. */
export function guarded<T extends Open>(gate: Gate, open: T): T & { readonly traces: Traces } {
  return {
    ...open,
    setup: guardedSetup(gate, open.setup),
    people: guardedPeople(gate, open.people),
    enrolment: guardedEnrolment(gate, open.enrolment),
    records: guardedRecords(gate, open.records),
    recognition: guardedRecognition(gate, open.recognition),
    device: guardedDevice(gate, open.device),
    sync: guardedSync(gate, open.sync),
    traces: tracesOf(gate),
  };
}

export function tracesOf({ access }: Gate): Traces {
  return {
    viewing: (personId) => access.viewed({ what: "person", personId }),
    exporting: async (what: string, people: readonly PersonId[], content: Blob): Promise<Result<void, AccessFailure>> => {
      const checked = access.check("records.export");
      if (!checked.ok) return checked;
      const those = new Set(people);
      if (![...those].every((id) => access.reaches(id))) return err(failure("access/not-allowed"));
      const { userId, grants } = checked.value;
      const digest = await crypto.subtle.digest("SHA-256", await content.arrayBuffer());
      const contentHash = Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
      const body = { by: userId, role: access.roleFor(grants, "records.export") ?? "", what, department: access.departmentOf(checked.value, "records.export"), people: those.size, contentHash };
      return access.append({ type: "exported", subject: null, body });
    },
  };
}
