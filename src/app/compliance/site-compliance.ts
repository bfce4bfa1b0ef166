import { sha256 } from "@noble/hashes/sha2.js";
import * as v from "valibot";
import type { EntryDraft } from "../../domain/attendance/entries.ts";
import { calendarDay } from "../../domain/attendance/day.ts";
import { checkAssessment, parseAssessment } from "../../domain/compliance/assessment.ts";
import type { Assessment } from "../../domain/compliance/assessment.ts";
import { faceClosed, REASON_MAX_LENGTH } from "../../domain/compliance/face-use.ts";
import type { FaceClosed } from "../../domain/compliance/face-use.ts";
import { ELSEWHERE_AT_MOST } from "../../domain/compliance/filing.ts";
import { incidentDraftSchema, isClosed, mayStep, overdueClocks, parseIncident, stepDraftSchema } from "../../domain/compliance/incident.ts";
import type { Incident, IncidentDraft, StepDraft } from "../../domain/compliance/incident.ts";
import { failure } from "../../domain/errors.ts";
import { canonical, hexOf } from "../../domain/log/cbor.ts";
import type { UserId } from "../../domain/people/access.ts";
import { err, ok } from "../../domain/result.ts";
import type { Result } from "../../domain/result.ts";
import { derived, sameText } from "../access/derived.ts";
import type { SessionAccess } from "../access/session-access.ts";
import type { AdministratorSession } from "../api/access.ts";
import type { SiteSettings } from "../api/administration.ts";
import type { Compliance, ComplianceConcerns, ComplianceFailure } from "../api/compliance.ts";
import { Subject } from "../observable.ts";
import type { Observable } from "../observable.ts";
import type { Change, Paper, Store, StoreFailure } from "../ports/store.ts";

/** How often it is asked whether a clock ran out, milliseconds. */
const LOOK_EVERY_MS = 10_000;

const assessmentId = (version: number): string => `assessment:${version}`;
const incidentId = (id: string): string => `incident:${id}`;

export interface SiteComplianceDependencies {
  readonly store: Store;
  readonly access: SessionAccess;
  readonly session: Observable<AdministratorSession | null>;
  readonly newId: () => string;
  readonly every: (intervalMs: number, run: () => void) => () => void;
}

/** Assessments and incidents are papers of the site, each step an entry of the log beside them. */
export class SiteCompliance implements Compliance {
  readonly faceClosed: Observable<FaceClosed | null>;
  readonly concerns = new Subject<ComplianceConcerns | null>(null);
  readonly #dependencies: SiteComplianceDependencies;
  #incidents: readonly Incident[] = [];

  constructor(dependencies: SiteComplianceDependencies) {
    this.#dependencies = dependencies;
    const { store, session, every } = dependencies;
    this.faceClosed = derived([store], () => faceClosed(store.settings, store.templates.size), Object.is);
    store.subscribe(({ all, papers }) => {
      this.#tell();
      if (all || papers?.includes("setting") === true) void this.load();
    });
    session.subscribe(() => this.#tell());
    every(LOOK_EVERY_MS, () => this.#tell());
  }

  /** Reads the incidents that are kept. */
  async load(): Promise<void> {
    this.#incidents = await this.#readIncidents();
    this.#tell();
  }

  async assessments(): Promise<Result<readonly Assessment[], ComplianceFailure>> {
    const checked = this.#dependencies.access.check("compliance.read");
    if (!checked.ok) return checked;
    return this.#trying(async () => ok(await this.#readAssessments()));
  }

  async recordAssessment(entered: unknown): Promise<Result<void, ComplianceFailure>> {
    const { store, access } = this.#dependencies;
    const actor = access.check("compliance.change");
    if (!actor.ok) return actor;
    const by = actor.value.userId;
    const { settings } = store;
    const found = checkAssessment(entered, calendarDay(store.now().wallMs, settings?.zone ?? "UTC"));
    if ("problems" in found) return err({ ...failure("compliance/assessment-bad"), problems: found.problems });
    const { draft } = found;
    return this.#change(async () => {
      const [last] = await this.#readAssessments();
      const version = Math.max(last?.version ?? 0, store.settings?.assessment?.version ?? 0) + 1;
      const at = store.now().wallMs;
      const assessment: Assessment = { version, at, by, draft };
      return ok({
        change: {
          ...this.#settingsWith((before) => ({ ...before, assessment: { version, at, nextReviewOn: draft.nextReviewOn } })),
          entries: [{ type: "assessment", subject: null, body: { by, version, way: draft.kind, nextReview: draft.nextReviewOn, contentHash: hexOf(sha256(canonical(draft))) } }],
          papers: [paper(assessmentId(version), assessment)],
        },
        value: undefined,
      });
    });
  }

  async switchFaces(on: boolean, reason: string): Promise<Result<void, ComplianceFailure>> {
    const { store, access } = this.#dependencies;
    const actor = access.check("face.switch");
    if (!actor.ok) return actor;
    const by = actor.value.userId;
    const why = reason.replace(/[\p{Cc}\s]+/gu, " ").trim();
    if (why === "" || Array.from(why).length > REASON_MAX_LENGTH) return err(failure("compliance/reason-empty"));
    return this.#change(() => {
      if ((store.settings?.faceOff === undefined) === on) return Promise.resolve(ok(null));
      const at = store.now().wallMs;
      return Promise.resolve(
        ok({
          change: {
            ...this.#settingsWith((before) => (on ? withFaces(before) : { ...before, faceOff: { reason: why, by, at } })),
            entries: [{ type: "face-use", subject: null, body: { by, on, reason: why } }],
          },
          value: undefined,
        }),
      );
    });
  }

  async setFacesElsewhere(people: number): Promise<Result<void, ComplianceFailure>> {
    const { access } = this.#dependencies;
    const actor = access.check("compliance.change");
    if (!actor.ok) return actor;
    if (!Number.isSafeInteger(people) || people < 0 || people > ELSEWHERE_AT_MOST) return err(failure("compliance/number-bad"));
    return this.#change(() =>
      Promise.resolve(
        ok({
          change: {
            ...this.#settingsWith((before) => ({ ...before, facesElsewhere: people })),
            entries: [{ type: "filing", subject: null, body: { by: actor.value.userId, elsewhere: people } }],
          },
          value: undefined,
        }),
      ),
    );
  }

  async incidents(): Promise<Result<readonly Incident[], ComplianceFailure>> {
    const checked = this.#dependencies.access.check("compliance.read");
    if (!checked.ok) return checked;
    return this.#trying(async () => ok(await this.#readIncidents()));
  }

  async openIncident(entered: IncidentDraft): Promise<Result<Incident, ComplianceFailure>> {
    const { store, access, newId } = this.#dependencies;
    const actor = access.check("incidents.change");
    if (!actor.ok) return actor;
    const parsed = v.safeParse(incidentDraftSchema, entered);
    if (!parsed.success || parsed.output.foundAt > store.now().wallMs) return err(failure("compliance/incident-bad"));
    const by = actor.value.userId;
    const { output: draft } = parsed;
    return this.#change(() => {
      const incident: Incident = { id: newId(), openedAt: store.now().wallMs, openedBy: by, draft, steps: [] };
      const { what: text, ...facts } = draft;
      return Promise.resolve(
        ok({ change: { entries: [{ type: "incident", subject: null, body: { by, incident: incident.id, step: "opened", text, content: JSON.stringify(facts) } }], papers: [paper(incidentId(incident.id), incident)] }, value: incident }),
      );
    });
  }

  async addStep(id: string, entered: StepDraft): Promise<Result<Incident, ComplianceFailure>> {
    const { store, access } = this.#dependencies;
    const actor = access.check("incidents.change");
    if (!actor.ok) return actor;
    const parsed = v.safeParse(stepDraftSchema, entered);
    if (!parsed.success || (parsed.output.kind === "correction" && parsed.output.foundAt > store.now().wallMs)) return err(failure("compliance/step-bad"));
    const by = actor.value.userId;
    const { output: draft } = parsed;
    return this.#change(async () => {
      const before = parseIncident((await store.paper(incidentId(id)))?.value);
      if (before === null) return err(failure("compliance/no-such-incident"));
      if (!mayStep(before, draft)) return err(failure("compliance/step-not-now"));
      const incident: Incident = { ...before, steps: [...before.steps, { at: store.now().wallMs, by, draft }] };
      return ok({ change: { entries: [stepEntry(id, by, draft)], papers: [paper(incidentId(id), incident)] }, value: incident });
    });
  }

  async exporting(what: Parameters<Compliance["exporting"]>[0], content: Blob): ReturnType<Compliance["exporting"]> {
    const { access } = this.#dependencies;
    const checked = access.check("compliance.export");
    if (!checked.ok) return checked;
    const { userId, grants } = checked.value;
    const contentHash = hexOf(sha256(new Uint8Array(await content.arrayBuffer())));
    return access.append({ type: "exported", subject: null, body: { by: userId, role: access.roleFor(grants, "compliance.export") ?? "", what: `compliance-${what}`, department: null, people: 0, contentHash } });
  }

  async #readAssessments(): Promise<readonly Assessment[]> {
    const papers = await this.#dependencies.store.papers({ kinds: ["setting"] });
    return papers.flatMap(({ id, value }) => (id.startsWith(assessmentId(0).slice(0, -1)) ? (parseAssessment(value) ?? []) : [])).sort((one, other) => other.version - one.version);
  }

  async #readIncidents(): Promise<readonly Incident[]> {
    const papers = await this.#dependencies.store.papers({ kinds: ["setting"] });
    return papers.flatMap(({ id, value }) => (id.startsWith(incidentId("")) ? (parseIncident(value) ?? []) : [])).sort((one, other) => other.openedAt - one.openedAt);
  }

  #settingsWith(change: (before: SiteSettings) => SiteSettings): Pick<Change, "settings"> {
    const { settings } = this.#dependencies.store;
    return settings === null ? {} : { settings: change(settings) };
  }

  /** Decides and writes while nobody else does; `null` when there is nothing to write. */
  #change<T>(decide: () => Promise<Result<{ readonly change: Change; readonly value: T } | null, ComplianceFailure>>): Promise<Result<T, ComplianceFailure>> {
    const { store } = this.#dependencies;
    return this.#trying(() =>
      store.exclusively(async () => {
        const decided = await decide();
        if (!decided.ok) return decided;
        if (decided.value === null) return ok(undefined as T);
        const written = await store.commit(decided.value.change);
        return written.ok ? ok(decided.value.value) : err(storeFailure(written.error));
      }),
    );
  }

  async #trying<T>(work: () => Promise<Result<T, ComplianceFailure>>): Promise<Result<T, ComplianceFailure>> {
    try {
      return await work();
    } catch (error) {
      return err(failure("compliance/store-failed", error instanceof Error ? error.name : undefined));
    }
  }

  #tell(): void {
    const next = this.#concerns();
    if (!sameText(this.concerns.value, next)) this.concerns.next(next);
  }

  #concerns(): ComplianceConcerns | null {
    const { store, access } = this.#dependencies;
    const { settings } = store;
    if (settings === null || !access.check("compliance.read").ok) return null;
    const now = store.now().wallMs;
    const here = store.templates.size;
    return {
      assessmentMissing: settings.assessment === undefined && here > 0,
      reviewDue: settings.assessment !== undefined && settings.assessment.nextReviewOn < calendarDay(now, settings.zone),
      overdue: this.#incidents.flatMap((incident) => overdueClocks(incident, now).map(({ clock, dueAt }) => ({ incident: incident.id, clock, dueAt }))),
      openIncidents: this.#incidents.filter((incident) => !isClosed(incident)).length,
      filing: { here, elsewhere: settings.facesElsewhere ?? 0 },
    };
  }
}

function withFaces(before: SiteSettings): SiteSettings {
  const after = { ...before };
  Reflect.deleteProperty(after, "faceOff");
  return after;
}

function paper(id: string, value: unknown): Paper {
  return { id, kind: "setting", subject: null, untilUtcDay: null, value };
}

function stepEntry(incident: string, by: UserId, draft: StepDraft): EntryDraft {
  const { kind, text, ...facts } = draft;
  return { type: "incident", subject: null, body: { by, incident, step: kind, ...(draft.kind === "clock" ? { clock: draft.clock } : {}), text, content: JSON.stringify(facts) } };
}

function storeFailure(error: StoreFailure): ComplianceFailure {
  return error.kind === "store/full" ? failure("compliance/storage-full") : failure("compliance/store-failed", error.kind);
}
