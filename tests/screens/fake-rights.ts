import type { PersonRights, RetentionOverview, RightsOf } from "../../src/app/api/rights.ts";
import { Subject } from "../../src/app/observable.ts";
import type { EpochMs } from "../../src/domain/clock.ts";
import { failure } from "../../src/domain/errors.ts";
import type { ErasureCertificate } from "../../src/domain/people/erasure-certificate.ts";
import type { DoneErasure } from "../../src/domain/people/erasure.ts";
import type { PersonId } from "../../src/domain/people/types.ts";
import { err, ok } from "../../src/domain/result.ts";

const DAY_MS = 86_400_000;
const ago = (days: number): EpochMs => (Date.now() - days * DAY_MS) as EpochMs;

export const CERTIFICATE: ErasureCertificate = {
  kind: "clockface-erasure-certificate",
  v: 1,
  number: "20261120-7F3A9C21",
  organisation: "晨光精密制造",
  site: "东门",
  person: { employeeNumber: "1042", name: "王芳" },
  what: "face",
  reason: "consent-withdrawn",
  askedAt: "2026-11-20T01:12:03.000Z",
  doneAt: "2026-11-20T01:12:04.000Z",
  epochs: [3, 4],
  bytes: "destroyed",
  receipt: "001031-5D8812FE",
  device: "9c21f07a3be4d8165a02",
  algorithm: "Ed25519",
  publicKey: "MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=",
  signature: "z6QhC1r9bS0m9o1cB2r5h0k9Wm3x1M4u8f2y0p7QyJ3s5T6v8w1X2Y3Z4a5b6c7d8e9f0g1h2i3j4k5l6m7n8g==",
};

/** Rights that do nothing but remember what was asked for. */
export class FakePersonRights implements PersonRights {
  readonly revision = new Subject(0);
  readonly states = new Map<PersonId, RightsOf>();
  overviewShown: RetentionOverview | null = null;

  constructor(
    private readonly calls: (readonly unknown[])[],
    private readonly isFresh: () => boolean,
  ) {}

  of(personId: PersonId): RightsOf | null {
    return this.states.get(personId) ?? { frozen: null, hold: false, erasures: [], ends: [{ personId, what: "face", reason: "unused", dueAt: ago(-121), held: false }] };
  }

  #asked<T>(value: T, ...call: readonly unknown[]) {
    this.calls.push(call);
    return Promise.resolve(ok(value));
  }

  readonly eraseFace: PersonRights["eraseFace"] = (personId) => (this.isFresh() ? this.#asked(undefined, "rights.eraseFace", personId) : Promise.resolve(err(failure("access/confirm-needed"))));
  readonly eraseRecord: PersonRights["eraseRecord"] = (personId) => this.#asked({ ...CERTIFICATE, what: "record" as const }, "rights.eraseRecord", personId);
  readonly freeze: PersonRights["freeze"] = (whom, reason) => this.#asked(undefined, "rights.freeze", whom, reason);
  readonly askRelease: PersonRights["askRelease"] = (whom) => this.#asked(undefined, "rights.askRelease", whom);
  readonly release: PersonRights["release"] = (whom) => this.#asked(undefined, "rights.release", whom);
  readonly setHold: PersonRights["setHold"] = (personId, on) => this.#asked(undefined, "rights.setHold", personId, on);
  readonly certificate: PersonRights["certificate"] = (number) => this.#asked({ ...CERTIFICATE, number }, "rights.certificate", number);
  readonly changeSchedule: PersonRights["changeSchedule"] = (schedule) => this.#asked(undefined, "rights.changeSchedule", schedule);
  readonly runSchedule: PersonRights["runSchedule"] = (clockConfirmed) => this.#asked({ erased: 1 }, "rights.runSchedule", clockConfirmed);

  overview(): RetentionOverview | null {
    return this.overviewShown;
  }
}

/** A person whose face was reported at the kiosk, with a release asked for by somebody else. */
export function reported(): RightsOf {
  return { frozen: { at: ago(1), by: null, reason: "reported at the kiosk", releaseAskedBy: "陈静", askedByYou: false }, hold: true, erasures: [], ends: [] };
}

export function finished(personId: PersonId, over: Partial<DoneErasure> = {}): DoneErasure {
  return { certificate: CERTIFICATE.number, personId, what: "face", reason: "consent-withdrawn", by: "self", askedAt: ago(2), doneAt: ago(2), epochs: [3, 4], bytes: "destroyed", seq: 1031, ...over };
}

/** What the page of data rights shows of a site in use. */
export function retentionOf(person: { readonly id: PersonId; readonly employeeNumber: string; readonly name: string }): RetentionOverview {
  const { id: personId, employeeNumber, name } = person;
  return {
    schedule: { unusedFaceMonths: 6, recordMonths: 24, attemptMonths: 3, healthMonths: 3, attachmentMonths: 6 },
    coming: [
      { erasure: { personId, what: "face", reason: "unused", dueAt: ago(-12), held: false }, employeeNumber, name },
      { erasure: { personId, what: "record", reason: "retention", dueAt: ago(3), held: true }, employeeNumber, name },
      { erasure: { personId, what: "health", reason: "retention", dueAt: ago(-20), held: false }, employeeNumber, name },
    ],
    pending: [{ erasure: { certificate: "20261122-01AF33C0", personId, what: "face", reason: "person-left", by: "schedule", askedAt: ago(0) }, employeeNumber, name }],
    done: [
      { erasure: finished(personId), employeeNumber, name },
      { erasure: finished(personId, { certificate: "20261101-9C0E11AB", what: "record", reason: "retention", by: "schedule" }), employeeNumber: null, name: null },
    ],
    lastRunAt: ago(0.4),
    doubt: null,
  };
}
