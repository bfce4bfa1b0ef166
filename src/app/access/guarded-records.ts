import { failure } from "../../domain/errors.ts";
import { err } from "../../domain/result.ts";
import type { PersonId } from "../../domain/people/types.ts";
import type { Records } from "../api/administration.ts";
import type { LookAlikePair, Recognition, RenewalOffer } from "../api/recognition.ts";
import { LogRecords } from "../records/records.ts";
import { uniteLogs } from "../records/unite-logs.ts";
import { derived, sameText } from "./derived.ts";
import type { Gate } from "./guarded-people.ts";

/** {@link Records} read through the keys of the held roles: what these do not open is not there. Nothing is shown that was not written down. */
export function guardedRecords({ access, store, history, others }: Gate, raw: Records): Records {
  const own: ConstructorParameters<typeof LogRecords>[0] = {
    get length() {
      return store.length;
    },
    get settings() {
      return store.settings;
    },
    subscribe: (listener) => store.subscribe(listener),
    now: () => store.now(),
    entries: (from, to) => (access.ring ? store.entries(from, to, access.ring) : Promise.resolve([])),
  };
  const opened = new LogRecords(own, async (from, to) => {
    const { ring } = access;
    if (ring === null) return [];
    const brought = [await history?.entries(from, to, ring), await others?.entries(from, to, ring)];
    return uniteLogs(brought.flatMap((logs) => logs ?? []));
  });
  let times = 0;
  others?.subscribe(() => (times += 1));
  return {
    revision: derived<number>(others ? [raw.revision, others] : [raw.revision], () => raw.revision.value + times, Object.is),
    punches: async (query) => {
      const checked = access.check("records.read", query.personId);
      if (!checked.ok) return [];
      const punches = (await opened.punches(query)).filter(({ personId }) => access.reaches(personId));
      const { personId } = query;
      const people = new Set(punches.map((punch) => punch.personId)).size;
      const viewed = await access.viewed(personId === undefined ? { what: "punches", department: access.departmentOf(checked.value, "records.read"), people } : { what: "punches", personId });
      return viewed.ok ? punches : [];
    },
    attempts: async (query) => {
      const checked = access.check("records.read");
      // They are about nobody, and so of no department.
      if (!checked.ok || access.departmentOf(checked.value, "records.read") !== null) return [];
      const viewed = await access.viewed({ what: "attempts", department: null, people: 0 });
      return viewed.ok ? raw.attempts(query) : [];
    },
  };
}

/** {@link Recognition}, for whoever may know how well each is recognised. */
export function guardedRecognition({ access, store, session }: Gate, raw: Recognition): Recognition {
  const reaches = (...people: readonly PersonId[]): boolean => access.check("recognition.read").ok && people.every((id) => access.reaches(id));
  const sources = [session, store] as const;
  return {
    lookAlikes: derived<readonly LookAlikePair[]>([...sources, raw.lookAlikes], () => raw.lookAlikes.value.filter(({ one, other }) => reaches(one, other)), sameText),
    renewals: derived<readonly RenewalOffer[]>([...sources, raw.renewals], () => raw.renewals.value.filter(({ personId }) => reaches(personId)), sameText),
    report: async (since) => {
      const checked = access.check("recognition.read");
      if (!checked.ok) return checked;
      const report = await raw.report(since);
      if (!report.ok) return report;
      const viewed = await access.viewed({ what: "recognition", department: null, people: report.value.people });
      return viewed.ok ? report : err(failure(viewed.error.kind, viewed.error.detail));
    },
  };
}
