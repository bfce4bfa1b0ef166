import { failure } from "../../domain/errors.ts";
import { err, ok } from "../../domain/result.ts";
import type { Result } from "../../domain/result.ts";
import type { Operation } from "../../domain/people/access.ts";
import type { PersonId } from "../../domain/people/types.ts";
import type { Device, Enrolment, Setup, Sync } from "../api/administration.ts";
import type { AccessFailure } from "../ports/access.ts";
import type { Gate } from "./guarded-people.ts";

/** Before set-up there is nobody yet, and nothing to guard. */
function allowed({ access, store }: Gate, operation: Operation, personId?: PersonId): Result<unknown, AccessFailure> {
  return store.settings === null ? ok() : access.check(operation, personId);
}

export function guardedDevice(gate: Gate, raw: Device): Device {
  const may = (operation: Operation): boolean => allowed(gate, operation).ok;
  return {
    check: {
      preview: raw.check.preview,
      view: raw.check.view,
      open: async () => {
        const checked = may("people.enrol") ? ok() : allowed(gate, "device.read");
        return checked.ok ? raw.check.open() : err(failure("camera/failed", "not allowed"));
      },
      close: () => raw.check.close(),
    },
    camera: raw.camera,
    cameraAlarm: raw.cameraAlarm,
    storage: raw.storage,
    acknowledgeLosses: async () => {
      if (may("device.change")) await raw.acknowledgeLosses();
    },
    recogniser: raw.recogniser,
    report: async () => (may("device.read") ? raw.report() : null),
    persist: async () => may("device.change") && (await raw.persist()),
    cameras: async () => (may("device.read") ? raw.cameras() : []),
    chooseCamera: async (deviceId) => {
      if (may("device.change")) await raw.chooseCamera(deviceId);
    },
    confirmCamera: async () => {
      const checked = allowed(gate, "device.change");
      return checked.ok ? raw.confirmCamera() : checked;
    },
  };
}

export function guardedSetup(gate: Gate, raw: Setup): Setup {
  return {
    settings: raw.settings,
    offerTotp: (organisation, name) => raw.offerTotp(organisation, name),
    run: (input) => raw.run(input),
    change: async (settings) => {
      const checked = gate.access.check("settings.change");
      return checked.ok ? raw.change(settings) : checked;
    },
  };
}

export function guardedSync(gate: Gate, raw: Sync): Sync {
  return {
    status: raw.status,
    pair: async (token) => {
      const checked = gate.access.check("sync.change");
      return checked.ok ? raw.pair(token) : checked;
    },
    unpair: async () => {
      if (gate.access.check("sync.change").ok) await raw.unpair();
    },
    pushNow: async () => {
      if (gate.access.check("device.read").ok) await raw.pushNow();
    },
  };
}

export function guardedEnrolment(gate: Gate, raw: Enrolment): Enrolment {
  let whom: PersonId | undefined;
  return {
    state: raw.state,
    preview: raw.preview,
    start: async (personId) => {
      const checked = gate.access.check("people.enrol", personId);
      if (!checked.ok) return checked;
      whom = personId;
      return raw.start(personId);
    },
    store: async () => {
      const checked = gate.access.check("people.enrol", whom);
      if (checked.ok) return raw.store();
      // The session ended while the camera was open: what was captured is nobody's to keep.
      raw.cancel();
      return checked;
    },
    again: () => raw.again(),
    cancel: () => raw.cancel(),
  };
}
