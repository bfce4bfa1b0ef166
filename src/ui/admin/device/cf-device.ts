import { msg, str } from "@lit/localize";
import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";

import type { DeviceReport, SyncStatus, UpdateStatus } from "../../../app/api/administration.ts";
import type { CameraStatus } from "../../../app/ports/camera.ts";
import type { RecogniserStatus } from "../../../app/ports/recogniser.ts";
import { sentences } from "../../i18n/sentences.ts";
import "../parts/camera-check.ts";
import { Allowed } from "../parts/allowed.ts";
import "../audit/cf-device-proof.ts";
import { AdminElement } from "../parts/element.ts";
import { Follow } from "../parts/follow.ts";
import { bytes, count, dateTime } from "../parts/format.ts";
import { base } from "../parts/styles.ts";
import { cameraDifferenceWord, cameraFailure } from "../parts/words.ts";
import "./cf-other-devices.ts";
import "./cf-pairing.ts";
import "./cf-storage-notice.ts";
import { secondCopyWord } from "./storage-words.ts";

type Inference = Extract<RecogniserStatus, { readonly kind: "ready" }>["inference"];
type Race = NonNullable<Inference["race"]>;

/** How this tablet is: recogniser, camera, storage, the way to the hub, version. */
@customElement("cf-device")
export class DeviceElement extends AdminElement {
  static override styles = [
    base,
    css`
      .columns {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(380px, 100%), 1fr));
        gap: var(--cf-space-3);
        align-items: start;
      }

      .card {
        display: grid;
        gap: var(--cf-space-3);
      }

      .meter {
        block-size: 8px;
        border-radius: 4px;
        inline-size: 100%;
      }

      ul.rows {
        display: grid;
        gap: 6px;
        padding: 0;
        list-style: none;
      }
    `,
  ];

  @state() private report: DeviceReport | null = null;
  @state() private showCamera = false;
  @state() private pairing = false;
  @state() private working: "push" | "persist" | "update" | "confirm" | null = null;
  @state() private notConfirmed: string | null = null;
  @state() private notKept = false;

  readonly #allowed = new Allowed(this);
  private readonly cameraAlarm = new Follow(this, () => this.administration.device.cameraAlarm);
  private readonly copiesState = new Follow(this, () => this.administration.device.storage);
  private readonly camera = new Follow(this, () => this.administration.device.camera);
  private readonly recogniser = new Follow(this, () => this.administration.device.recogniser);
  private readonly sync = new Follow(
    this,
    () => this.administration.sync.status,
    () => void this.read(),
  );
  private readonly updates = new Follow(this, () => this.administration.updates.status);
  private readonly settings = new Follow(this, () => this.administration.setup.settings);

  override connectedCallback(): void {
    super.connectedCallback();
    void this.read();
  }

  private async read(): Promise<void> {
    this.report = await this.administration.device.report();
  }

  private async persist(): Promise<void> {
    this.working = "persist";
    this.notKept = !(await this.administration.device.persist());
    this.working = null;
    await this.read();
  }

  private async confirmCamera(): Promise<void> {
    this.working = "confirm";
    const outcome = await this.administration.device.confirmCamera();
    this.working = null;
    this.notConfirmed = outcome.ok ? null : outcome.error.kind;
  }

  private async push(): Promise<void> {
    this.working = "push";
    await this.administration.sync.pushNow();
    this.working = null;
  }

  private async takeUpdate(): Promise<void> {
    this.working = "update";
    await this.administration.updates.apply();
    this.working = null;
  }

  override render(): TemplateResult {
    return html`<div class="page">
      <h1 tabindex="-1">${msg("Device", { id: "admin.nav.device" })}</h1>
      ${this.alarm()} <cf-storage-notice .administration=${this.administration}></cf-storage-notice>
      <div class="columns">${this.recogniserCard()}${this.cameraCard()}${this.hubCard()}<cf-other-devices .administration=${this.administration}></cf-other-devices><cf-device-proof .administration=${this.administration}></cf-device-proof>${this.storageCard()}${this.versionCard()}</div>
    </div>`;
  }

  private recogniserCard(): TemplateResult {
    const status = this.recogniser.value ?? { kind: "closed" as const };
    const profile = this.report?.profile;
    const unusable = status.kind === "ready" ? status.gallery.refused.length : 0;
    return html`<section class="card" aria-labelledby="recogniser">
      <h2 id="recogniser">${msg("Recogniser", { id: "admin.setup.profile" })}</h2>
      <dl class="facts">
        <dt>${msg("State", { id: "admin.state" })}</dt>
        <dd>${recogniserWord(status)}</dd>
        <dt>${msg("Profile", { id: "admin.device.profile" })}</dt>
        <dd>${profile === undefined ? "–" : profile === "accurate" ? msg("Accurate", { id: "admin.profile.accurate" }) : msg("Clear", { id: "admin.profile.clear" })}</dd>
        ${status.kind === "ready"
          ? html`<dt>${msg("People it knows", { id: "admin.device.people" })}</dt>
              <dd class="numbers">${msg(str`${count(status.gallery.people)}, with ${count(status.gallery.references)} references, loaded in ${count(Math.round(status.gallery.ms))} ms`, { id: "admin.device.people.loaded" })}</dd>
              <dt>${msg("Models", { id: "admin.device.models" })}</dt>
              <dd class="code">${status.inference.modelSet}</dd>
              <dt>${msg("Runs on", { id: "admin.device.backend" })}</dt>
              <dd class="numbers">${runtimeWord(status.inference)}</dd>
              ${status.inference.race === undefined ? nothing : raceFact(status.inference.race, this.settings.value?.zone ?? "UTC")}`
          : nothing}
      </dl>
      ${unusable === 0 ? nothing : html`<wa-callout variant="warning"><wa-icon slot="icon" name="warning"></wa-icon>${msg(str`Enrolled faces that cannot be used: ${unusable}. In People, filter by face and enrol those again.`, { id: "admin.device.refused" })}</wa-callout>`}
      ${status.kind === "failed"
        ? html`<wa-callout variant="warning"><wa-icon slot="icon" name="warning"></wa-icon>${msg("The face way is closed; the PIN way stays open. Reload the page when the network is there.", { id: "admin.device.failed" })} <span class="code">${status.failure.kind}</span></wa-callout>`
        : nothing}
      ${this.report !== null && !this.report.crossOriginIsolated
        ? html`<p class="small quiet">${msg("The server does not isolate the page, so one thread has to do. Recognition is slower.", { id: "admin.device.isolated" })}</p>`
        : nothing}
    </section>`;
  }

  private cameraCard(): TemplateResult {
    const status = this.camera.value ?? { kind: "off" as const };
    return html`<section class="card" aria-labelledby="camera">
      <h2 id="camera">${msg("Camera", { id: "admin.check.choice" })}</h2>
      <p>${cameraWord(status)}</p>
      ${this.showCamera
        ? html`<cf-camera-check .administration=${this.administration}></cf-camera-check>
            <div><wa-button appearance="outlined" @click=${() => (this.showCamera = false)}>${msg("Close the picture", { id: "admin.device.camera.close" })}</wa-button></div>`
        : html`<div><wa-button appearance="outlined" @click=${() => (this.showCamera = true)}><wa-icon slot="start" name="camera"></wa-icon>${msg("Show the picture", { id: "admin.device.camera.show" })}</wa-button></div>`}
    </section>`;
  }

  private alarm(): TemplateResult | typeof nothing {
    const alarm = this.cameraAlarm.value ?? null;
    if (alarm === null) return nothing;
    const zone = this.settings.value?.zone ?? "UTC";
    const named = (label: string): string => (label === "" ? msg("a camera without a name", { id: "admin.camera.nameless" }) : label);
    return html`<wa-callout variant="warning" class="alarm" role=${alarm.kind === "changed" ? "alert" : nothing}
      ><wa-icon slot="icon" name="warning"></wa-icon>
      <div class="stack">
        ${alarm.kind === "not-confirmed"
          ? html`<p><strong>${msg("No camera was confirmed yet.", { id: "admin.camera.unconfirmed" })}</strong> ${msg("Look at the picture, then confirm: from then on the kiosk notices when somebody puts another camera in its place.", { id: "admin.camera.unconfirmed.todo" })}</p>`
          : html`<p><strong>${msg("Another camera than the one that was confirmed.", { id: "admin.camera.other" })}</strong> ${alarm.stillThere ? msg("The face way rests until you confirm it; PINs go on.", { id: "admin.camera.other.rests" }) : msg("The confirmed camera is back, and the face way is open.", { id: "admin.camera.other.back" })}</p>
              <dl class="facts">
                <dt>${msg("Confirmed", { id: "admin.camera.confirmed" })}</dt>
                <dd>${named(alarm.confirmedLabel)}</dd>
                <dt>${msg("Found", { id: "admin.camera.found" })}</dt>
                <dd>${named(alarm.label)}, <span class="numbers">${dateTime(alarm.since, zone)}</span></dd>
                ${alarm.differences.length === 0
                  ? nothing
                  : html`<dt>${msg("What differs", { id: "admin.camera.differs" })}</dt>
                      <dd><ul class="rows">${alarm.differences.map((difference) => html`<li>${cameraDifferenceWord(difference)}</li>`)}</ul></dd>`}
              </dl>
              ${alarm.looksVirtual ? html`<p>${msg("The name is one that programs use which make a camera out of a file. Confirm it only if you know why it is there.", { id: "admin.camera.virtual" })}</p>` : nothing}`}
        <div class="row">
          <wa-button ?hidden=${!this.#allowed.has("device.change")} variant="brand" ?loading=${this.working === "confirm"} @click=${() => void this.confirmCamera()}>${alarm.kind === "changed" && !alarm.stillThere ? msg("Confirm the present one", { id: "admin.camera.confirm.now" }) : msg("Confirm this camera", { id: "admin.camera.confirm" })}</wa-button>
          ${this.showCamera ? nothing : html`<wa-button appearance="outlined" @click=${() => (this.showCamera = true)}>${msg("Look, or choose another", { id: "admin.camera.choose" })}</wa-button>`}
        </div>
        ${this.notConfirmed === null ? nothing : html`<p role="alert">${sentences(cameraFailure(this.notConfirmed).what, cameraFailure(this.notConfirmed).todo)}</p>`}
      </div></wa-callout
    >`;
  }

  private storageCard(): TemplateResult {
    const { report } = this;
    if (report === null) return html`<section class="card"><h2>${msg("Storage", { id: "admin.device.storage" })}</h2><wa-spinner></wa-spinner></section>`;
    const { storage, quarantined } = report;
    const zone = this.settings.value?.zone ?? "UTC";
    return html`<section class="card" aria-labelledby="storage">
      <h2 id="storage">${msg("Storage", { id: "admin.device.storage" })}</h2>
      <dl class="facts">
        <dt>${msg("Used", { id: "admin.device.used" })}</dt>
        <dd class="numbers">${msg(str`${bytes(storage.usedBytes)} of ${bytes(storage.quotaBytes)}`, { id: "admin.device.used.of" })}</dd>
        <dt>${msg("Log entries", { id: "admin.device.entries" })}</dt>
        <dd class="numbers">${count(report.entries)}</dd>
        <dt>${msg("Kept by the browser", { id: "admin.device.persistent" })}</dt>
        <dd>
          ${storage.persistent
            ? html`<span class="mark good"><wa-icon name="circle-check"></wa-icon>${msg("Until it is deleted by hand", { id: "admin.device.persistent.yes" })}</span>`
            : html`<span class="mark care"><wa-icon name="warning"></wa-icon>${msg("May be cleared when space runs out", { id: "admin.device.persistent.no" })}</span>`}
        </dd>
        ${this.copies(zone)}
        <dt>${msg("Set aside", { id: "admin.device.quarantined" })}</dt>
        <dd>${quarantined.length === 0 ? msg("Nothing", { id: "admin.device.quarantined.none" }) : msg(str`Cannot be read: ${quarantined.length}`, { id: "admin.device.quarantined.some" })}</dd>
      </dl>
      ${quarantined.length === 0
        ? nothing
        : html`<ul class="rows small">
              ${quarantined.map(({ store, id, kind, at }) => html`<li><span class="code">${store} ${id}</span> <span class="quiet">${kind}, <span class="numbers">${dateTime(at, zone)}</span></span></li>`)}
            </ul>
            <p class="small quiet">${msg("They are kept as they are, and everything else works. An unreadable face is enrolled again on the person's page.", { id: "admin.device.quarantined.todo" })}</p>`}
      ${storage.persistent || !this.#allowed.has("device.change")
        ? nothing
        : html`<div>
            <wa-button appearance="outlined" ?loading=${this.working === "persist"} @click=${() => void this.persist()}>${msg("Ask the browser to keep it", { id: "admin.device.persist" })}</wa-button>
          </div>`}
      ${this.notKept && !storage.persistent ? html`<p class="small" role="status">${msg("The browser declined. Install the app on the home screen, then ask again.", { id: "admin.device.persist.no" })}</p>` : nothing}
    </section>`;
  }

  private copies(zone: string): TemplateResult | typeof nothing {
    const copies = this.copiesState.value;
    if (copies === undefined) return nothing;
    const good = copies.second === "whole";
    return html`<dt>${msg("Second copy", { id: "admin.storage.second" })}</dt>
      <dd><span class="mark ${good ? "good" : "care"}"><wa-icon name=${good ? "circle-check" : "warning"}></wa-icon>${secondCopyWord(copies.second)}</span></dd>
      <dt>${msg("Read through and checked", { id: "admin.storage.scrubbed" })}</dt>
      <dd class="numbers">${copies.scrubbedAt === null ? msg("Not yet", { id: "admin.storage.scrubbed.never" }) : dateTime(copies.scrubbedAt, zone)}</dd>`;
  }

  private hubCard(): TemplateResult {
    const sync = this.sync.value;
    if (sync === undefined) return html``;
    const zone = this.settings.value?.zone ?? "UTC";
    const moment = (at: number | null): string => (at === null ? msg("Never", { id: "admin.hub.never" }) : dateTime(at, zone));
    return html`<section class="card" aria-labelledby="hub">
      <h2 id="hub">${msg("Hub", { id: "admin.hub" })}</h2>
      <p>${syncWord(sync)}</p>
      <dl class="facts">
        ${sync.hub === null
          ? nothing
          : html`<dt>${msg("Address", { id: "admin.hub.address" })}</dt>
              <dd class="code">${sync.hub.url}</dd>
              <dt>${msg("Site", { id: "admin.punch.site" })}</dt>
              <dd>${sync.hub.site}</dd>
              <dt>${msg("Token valid until", { id: "admin.hub.token" })}</dt>
              <dd class="numbers">${dateTime(sync.hub.expiresAt, zone)}</dd>
              <dt>${msg("Last success", { id: "admin.hub.last" })}</dt>
              <dd class="numbers">${moment(sync.lastSuccessAt)}</dd>
              ${sync.nextAttemptAt === null
                ? nothing
                : html`<dt>${msg("Next attempt", { id: "admin.hub.next" })}</dt>
                    <dd class="numbers">${moment(sync.nextAttemptAt)}</dd>`}`}
        <dt>${msg("Waiting", { id: "admin.hub.waiting" })}</dt>
        <dd class="numbers">${msg(str`${count(sync.waiting)} entries`, { id: "admin.hub.entries" })}</dd>
        ${sync.quarantined === 0
          ? nothing
          : html`<dt>${msg("Refused by the hub", { id: "admin.hub.quarantined" })}</dt>
              <dd class="numbers">${count(sync.quarantined)}</dd>`}
      </dl>
      <div class="row">
        ${sync.hub === null
          ? nothing
          : html`<wa-button appearance="outlined" ?loading=${this.working === "push"} @click=${() => void this.push()}><wa-icon slot="start" name="refresh"></wa-icon>${msg("Push now", { id: "admin.hub.push" })}</wa-button>`}
        <wa-button ?hidden=${!this.#allowed.has("sync.change")} variant=${sync.hub === null || sync.state === "needs-token" ? "brand" : "neutral"} appearance=${sync.hub === null || sync.state === "needs-token" ? "accent" : "outlined"} @click=${() => (this.pairing = true)}
          >${sync.hub === null ? msg("Pair a hub", { id: "admin.hub.pair" }) : msg("Enter a new token", { id: "admin.hub.renew" })}</wa-button
        >
      </div>
      <cf-pairing .administration=${this.administration} ?open=${this.pairing} @cf-close=${() => (this.pairing = false)}></cf-pairing>
    </section>`;
  }

  private versionCard(): TemplateResult {
    const status = this.updates.value ?? { kind: "current" as const };
    const zone = this.settings.value?.zone ?? "UTC";
    return html`<section class="card" aria-labelledby="version">
      <h2 id="version">${msg("Version", { id: "admin.device.version" })}</h2>
      <dl class="facts">
        <dt>Clockface</dt>
        <dd class="code">${this.report?.version ?? "–"}</dd>
        <dt>${msg("Device number", { id: "admin.device.id" })}</dt>
        <dd class="code">${this.report?.deviceId ?? "–"}</dd>
        <dt>${msg("Processor cores", { id: "admin.device.cores" })}</dt>
        <dd class="numbers">${this.report?.cores ?? "–"}</dd>
      </dl>
      <p>${updateWord(status, zone)}</p>
      ${status.kind === "waiting" && this.#allowed.has("device.change")
        ? html`<div><wa-button variant="brand" ?loading=${this.working === "update"} @click=${() => void this.takeUpdate()}>${msg("Update now", { id: "admin.update.now" })}</wa-button></div>`
        : nothing}
    </section>`;
  }
}

function runtimeWord({ backend, threads }: Pick<Inference, "backend" | "threads">): string {
  return backend === "webgpu" ? "WebGPU" : msg(str`WebAssembly, threads: ${threads}`, { id: "admin.device.wasm" });
}

/** How the ways to run the models compared on this tablet. */
function raceFact(race: Race, zone: string): TemplateResult {
  return html`<dt>${msg("Compared at start", { id: "admin.device.race" })}</dt>
    <dd>
      <ul class="rows numbers">
        ${race.results.map((result) => html`<li>${runtimeWord(result)}: ${result.medianMs === null ? msg("not usable here", { id: "admin.device.race.unusable" }) : msg(str`${count(Math.round(result.medianMs))} ms a face`, { id: "admin.device.race.ms" })}</li>`)}
      </ul>
      <span class="small quiet numbers">${dateTime(race.atMs, zone)}</span>
    </dd>`;
}

function recogniserWord(status: RecogniserStatus): TemplateResult {
  switch (status.kind) {
    case "closed":
      return html`<span class="mark quiet">${msg("Off", { id: "admin.device.off" })}</span>`;
    case "loading":
      return html`<span class="mark quiet"><wa-spinner></wa-spinner>${msg("Loading", { id: "admin.device.loading" })}</span>`;
    case "ready":
      return html`<span class="mark good"><wa-icon name="circle-check"></wa-icon>${msg("Ready", { id: "admin.device.ready" })}</span>`;
    case "failed":
      return html`<span class="mark care"><wa-icon name="warning"></wa-icon>${msg("Not working", { id: "admin.device.broken" })}</span>`;
  }
}

function cameraWord(status: CameraStatus): string {
  switch (status.kind) {
    case "off":
      return msg("Off. The kiosk opens it.", { id: "admin.device.camera.off" });
    case "opening":
      return msg("Opening the camera", { id: "admin.check.opening" });
    case "live":
      return status.label === "" ? msg("On", { id: "admin.device.camera.on" }) : msg(str`On: ${status.label}`, { id: "admin.device.camera.live" });
    case "fault": {
      const { what, todo } = cameraFailure(status.failure.kind);
      return sentences(what, todo);
    }
  }
}

function syncWord(sync: SyncStatus): TemplateResult {
  const offline = sync.online ? nothing : html` <span class="quiet">${msg("The tablet is offline at the moment.", { id: "admin.hub.offline" })}</span>`;
  switch (sync.state) {
    case "alone":
      return html`<span class="quiet">${msg("This tablet stands alone: its punches are on it and nowhere else. Pair a hub to have a second copy, or export the punches regularly.", { id: "admin.hub.alone" })}</span>`;
    case "idle":
      return html`<span class="mark good"><wa-icon name="circle-check"></wa-icon>${msg("Everything is at the hub", { id: "admin.hub.idle" })}</span>${offline}`;
    case "pushing":
      return html`<span class="mark"><wa-spinner></wa-spinner>${msg("Sending", { id: "admin.hub.pushing" })}</span>`;
    case "waiting":
      return html`<span>${msg("Waiting for the hub. Nothing is lost; it is tried again by itself.", { id: "admin.hub.waits" })}</span>${offline}`;
    case "needs-token":
      return html`<span class="mark care"><wa-icon name="warning"></wa-icon>${msg("The hub wants a new token", { id: "admin.hub.needs-token" })}</span>`;
    case "refused":
      return html`<span class="mark care"><wa-icon name="warning"></wa-icon>${msg("The hub refused some entries", { id: "admin.hub.refused" })}</span> <span class="quiet">${msg("They are kept here. Tell whoever runs the hub.", { id: "admin.hub.refused.todo" })}</span>`;
  }
}

function updateWord(status: UpdateStatus, zone: string): string {
  switch (status.kind) {
    case "current":
      return msg("This is the newest version known here.", { id: "admin.update.current" });
    case "waiting":
      return msg(str`A new version has been ready since ${dateTime(status.since, zone)}. It is taken when the kiosk has been idle for a while.`, { id: "admin.update.waiting" });
    case "offline-ready":
      return msg("Ready to start without a network.", { id: "admin.update.offline" });
    case "unsupported":
      return msg("This browser cannot keep the app for offline use.", { id: "admin.update.unsupported" });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "cf-device": DeviceElement;
  }
}
