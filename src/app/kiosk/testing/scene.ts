import { OPERATING_POINTS } from "../../../domain/biometrics/operating-points.ts";
import { DEFAULT_RECOGNITION_POLICY } from "../../../domain/biometrics/recognition-policy.ts";
import type { RecognitionPolicy } from "../../../domain/biometrics/recognition-policy.ts";
import { failure } from "../../../domain/errors.ts";
import type { PersonId } from "../../../domain/people/types.ts";
import { err, ok } from "../../../domain/result.ts";
import type { SiteSettings } from "../../api/administration.ts";
import type { Kiosk, KioskState } from "../../api/kiosk.ts";
import { Subject } from "../../observable.ts";
import type { Ledger } from "../../ports/ledger.ts";
import { createKiosk } from "../controller.ts";
import type { KioskDependencies } from "../dependencies.ts";
import { settle, Stage } from "./stage.ts";
import type { Shown } from "./stage.ts";

const SETTINGS: SiteSettings = {
  organisation: "Works", siteId: "s1", siteName: "Gate 1", zone: "Europe/Berlin", locale: "en", lawRegion: "eu", profile: "accurate",
  helpContact: "100", fixedDirection: null, nameShown: "full", speech: false, volume: 0.5, recognition: DEFAULT_RECOGNITION_POLICY,
};

export interface Scene {
  readonly stage: Stage;
  readonly kiosk: Kiosk;
  readonly kinds: string[];
  readonly settings: Subject<SiteSettings | null>;
}

interface SceneOptions {
  readonly policy?: Partial<RecognitionPolicy>;
  readonly lookAlikes?: Readonly<Record<string, readonly PersonId[]>>;
  readonly before?: (stage: Stage) => void;
  /** In place of the stage's. */
  readonly ledger?: Ledger;
  readonly mode?: "live" | "practice";
  readonly random?: number;
  readonly practiceKey?: () => Promise<CryptoKey>;
  readonly ownRecords?: KioskDependencies["ownRecords"];
  readonly badges?: KioskDependencies["badges"];
  readonly faceClosed?: KioskDependencies["faceClosed"];
  readonly refreshReference?: (...offer: Parameters<NonNullable<KioskDependencies["refreshReference"]>>) => unknown;
}

/** A kiosk that was started, with Anna and Bert enrolled. */
export async function open(options: SceneOptions = {}): Promise<Scene> {
  const stage = new Stage();
  for (const face of ["anna", "bert"]) stage.recogniser.gallery.set(face, face as PersonId);
  options.before?.(stage);
  const settings = new Subject<SiteSettings | null>({ ...SETTINGS, recognition: { ...DEFAULT_RECOGNITION_POLICY, ...options.policy } });
  const kiosk = createKiosk({
    camera: stage.camera,
    recogniser: stage.recogniser,
    ledger: options.ledger ?? stage.ledger,
    clock: stage.time,
    scheduler: stage.time,
    random: () => options.random ?? 0,
    settings,
    sync: new Subject({ hub: null, online: true, waiting: 0 }),
    enrolled: () => stage.recogniser.gallery.size,
    openGallery: () => stage.recogniser.open(),
    practiceKey: options.practiceKey ?? (() => Promise.resolve({} as CryptoKey)),
    practiceProfile: "accurate",
    verifyKioskPin: (pin) => Promise.resolve(pin === "246810" ? ok() : err(failure("pin/wrong"))),
    operatingPoints: OPERATING_POINTS,
    ...(options.faceClosed === undefined ? {} : { faceClosed: options.faceClosed }),
    ...(options.badges === undefined ? {} : { badges: options.badges }),
    ...(options.ownRecords === undefined ? {} : { ownRecords: options.ownRecords }),
    refreshReference: (...offer) => void options.refreshReference?.(...offer),
    lookAlikesOf: (personId) => options.lookAlikes?.[personId] ?? [],
  });
  const kinds: string[] = [];
  kiosk.state.subscribe(({ kind }) => {
    if (kinds.at(-1) !== kind) kinds.push(kind);
  });
  await kiosk.start(options.mode ?? "live");
  await settle();
  return { stage, kiosk, kinds, settings };
}

/** A living person: blinks once a second. */
export const living = (face: string, trackId: number, more: Partial<Shown> = {}) => (second: number): readonly Shown[] => [{ face, trackId, eyes: second % 1 > 0.5 && second % 1 < 0.7 ? 0.05 : 0.3, ...more }];
export const nobody = (): readonly Shown[] => [];
export const is = (kiosk: Kiosk, kind: KioskState["kind"]) => (): boolean => kiosk.state.value.kind === kind;
