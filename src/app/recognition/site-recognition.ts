import type { LoadReport } from "../../contracts/matcher.ts";
import { chosenPoint, policyOf } from "../../domain/biometrics/recognition-policy.ts";
import type { OperatingPoint } from "../../domain/biometrics/operating-point.ts";
import type { RefreshFacts } from "../../domain/biometrics/refreshing.ts";
import type { RecogniserProfile } from "../../domain/biometrics/types.ts";
import type { Clock } from "../../domain/clock.ts";
import type { Failure } from "../../domain/errors.ts";
import type { PersonId } from "../../domain/people/types.ts";
import type { Result } from "../../domain/result.ts";
import type { PersonRow, SiteSettings } from "../api/administration.ts";
import type { LookAlikePair, Recognition, RecognitionReport, RenewalOffer } from "../api/recognition.ts";
import type { Scheduler } from "../kiosk/dependencies.ts";
import type { Observable } from "../observable.ts";
import type { Recogniser } from "../ports/recogniser.ts";
import type { Store } from "../ports/store.ts";
import { LiveGallery } from "./live-gallery.ts";
import type { LiveGalleryDependencies } from "./live-gallery.ts";
import { LookAlikes } from "./look-alikes.ts";
import type { Compared } from "./look-alikes.ts";
import { ReferenceRefresh } from "./reference-refresh.ts";
import { Renewals } from "./renewals.ts";
import { makeReport } from "./report.ts";
import { RosterScope } from "./roster-scope.ts";

export interface SiteRecognitionDependencies {
  readonly recogniser: Pick<Recogniser, "status" | "open" | "rekey" | "add" | "remove" | "setRoster" | "closePairs" | "leaveOneOut" | "sealRefreshed">;
  readonly store: Store;
  /** Null before set-up. */
  readonly settings: Observable<SiteSettings | null>;
  readonly rows: Observable<readonly PersonRow[]>;
  readonly operatingPoints: Readonly<Record<RecogniserProfile, OperatingPoint>>;
  /** Before anyone has chosen. */
  readonly firstProfile: RecogniserProfile;
  /** Who may be recognised at this moment, and what opens their templates. */
  readonly contents: LiveGalleryDependencies["contents"];
  readonly transforms?: NonNullable<LiveGalleryDependencies["transforms"]>;
  /** Hears of every load of the gallery. */
  readonly loaded: (report: LoadReport) => Promise<void>;
  readonly clock: Clock;
  readonly scheduler: Scheduler;
}

/** Recognition of the site's people: the gallery, and what is known about how well it works. */
export class SiteRecognition implements Recognition {
  readonly lookAlikes: Observable<readonly LookAlikePair[]>;
  readonly renewals: Observable<readonly RenewalOffer[]>;
  readonly #dependencies: SiteRecognitionDependencies;
  readonly #gallery: LiveGallery;
  readonly #lookAlikes: LookAlikes;
  readonly #roster: RosterScope;
  readonly #refresh: ReferenceRefresh;

  constructor(dependencies: SiteRecognitionDependencies) {
    const { recogniser, store, settings, rows, contents, transforms, loaded, clock, scheduler } = dependencies;
    this.#dependencies = dependencies;
    this.#roster = new RosterScope({ recogniser, store, settings, changed: () => void this.#lookAlikes.policyChanged() });
    this.#lookAlikes = new LookAlikes(recogniser, () => this.#compared());
    this.#gallery = new LiveGallery({
      recogniser,
      store,
      profile: () => this.#profile(),
      contents,
      ...(transforms === undefined ? {} : { transforms }),
      loaded,
      prepare: () => this.#roster.tell(),
      changed: (people) => void this.#lookAlikes.galleryChanged(people),
    });
    settings.subscribe(() => void this.#lookAlikes.policyChanged());
    this.lookAlikes = this.#lookAlikes.pairs;
    this.renewals = new Renewals({ rows, trend: (personId) => store.standing(personId).trend, point: () => this.#point(), clock, scheduler }).offers;
    this.#refresh = new ReferenceRefresh({
      recogniser,
      store,
      point: () => this.#point(),
      lookAlikesOf: (personId) => (this.#lookAlikes.known.value ? this.#lookAlikes.of(personId) : null),
      people: () => contents().templates.length,
      scheduler,
    });
  }

  /** Opens the recogniser with the stored templates, or leaves it open when it is. */
  openGallery(): Promise<Result<unknown, Failure>> {
    return this.#gallery.open();
  }

  /** Whom the face alone cannot tell from this person. Nobody, as long as it is not known. */
  lookAlikesOf(personId: PersonId): readonly PersonId[] {
    return this.#lookAlikes.of(personId);
  }

  /** The same for somebody whose references the matcher has just been given: compared with everybody now. */
  findLookAlikes(personId: PersonId): Promise<readonly PersonId[]> {
    return this.#lookAlikes.find([personId]);
  }

  /** Keeps the probe as a reference if the site allows that and the probe is beyond doubt. */
  refreshReference(personId: PersonId, probe: Float32Array, facts: RefreshFacts): Promise<Result<boolean, Failure>> {
    return this.#refresh.offer(personId, probe, facts);
  }

  report(since: string): Promise<Result<RecognitionReport, Failure>> {
    const { recogniser, store } = this.#dependencies;
    return makeReport(
      {
        recogniser,
        store,
        openGallery: () => this.openGallery(),
        point: () => this.#point(),
        compared: () => this.#compared().people,
      },
      since,
    );
  }

  #profile(): RecogniserProfile {
    return this.#dependencies.settings.value?.profile ?? this.#dependencies.firstProfile;
  }

  #point(): OperatingPoint {
    const { operatingPoints, settings } = this.#dependencies;
    return chosenPoint(operatingPoints[this.#profile()], policyOf(settings.value));
  }

  #compared(): Compared {
    const roster = this.#roster.people;
    const { templates } = this.#dependencies.contents();
    const people = roster === null ? templates.length : templates.filter(({ personId }) => roster.has(personId)).length;
    return { point: this.#point(), roster, people };
  }
}
