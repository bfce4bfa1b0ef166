import { msg, str } from "@lit/localize";
import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";

import type { BringFailure, Brought, OtherDevice } from "../../../app/ports/other-devices.ts";
import type { Result } from "../../../domain/result.ts";
import { giveFile } from "../backup/give-file.ts";
import { Allowed } from "../parts/allowed.ts";
import { confirmed } from "../parts/confirm.ts";
import { AdminElement } from "../parts/element.ts";
import { Follow } from "../parts/follow.ts";
import { count, dateTime } from "../parts/format.ts";
import { base } from "../parts/styles.ts";
import { bringFailureWord, refusedWord } from "./other-device-words.ts";

/** The site's other tablets: until when each was heard of, and how their records come here. */
@customElement("cf-other-devices")
export class OtherDevicesElement extends AdminElement {
  static override styles = [
    base,
    css`
      .card {
        display: grid;
        gap: var(--cf-space-3);
      }

      ul {
        display: grid;
        gap: var(--cf-space-3);
        padding: 0;
        list-style: none;
      }

      li {
        display: grid;
        gap: 6px;
      }

      li > .code {
        overflow-wrap: anywhere;
      }

      .bring-file {
        display: grid;
        gap: 6px;
      }

      input[type="file"] {
        max-inline-size: 100%;
        min-block-size: 44px;
      }
    `,
  ];

  @state() private known: readonly OtherDevice[] = [];
  @state() private working: "hub" | "file" | "write" | null = null;
  @state() private outcome: Result<Brought, BringFailure> | null = null;

  private readonly settings = new Follow(this, () => this.administration.setup.settings);
  private readonly sync = new Follow(this, () => this.administration.sync.status);
  readonly #allowed = new Allowed(this);
  #stop: () => void = () => undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#stop = this.administration.otherDevices?.known.subscribe(() => void this.load()) ?? this.#stop;
    void this.load();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stop();
  }

  private async load(): Promise<void> {
    this.known = (await this.administration.otherDevices?.known.devices()) ?? [];
  }

  private async bring(working: "hub" | "file", run: () => Promise<Result<Brought, BringFailure>>): Promise<void> {
    this.working = working;
    this.outcome = null;
    this.outcome = await run();
    this.working = null;
    await this.load();
  }

  private async write(): Promise<void> {
    const { otherDevices } = this.administration;
    if (!otherDevices) return;
    this.working = "write";
    this.outcome = null;
    const file = await confirmed(this, () => otherDevices.bring.toFile());
    this.working = null;
    if (file.ok) giveFile(`clockface-records-${new Date().toISOString().slice(0, 10)}.ndjson`, file.value);
    else this.outcome = file;
  }

  override render(): TemplateResult | typeof nothing {
    const { otherDevices } = this.administration;
    if (!otherDevices) return nothing;
    const { bring } = otherDevices;
    const paired = (this.sync.value?.hub ?? null) !== null;
    return html`<section class="card" aria-labelledby="others">
      <h2 id="others">${msg("Other tablets", { id: "admin.others" })}</h2>
      <p>
        ${this.known.length === 0
          ? msg("Nothing has come from another tablet yet. A tablet of this site is set up from a backup of this one; its punches then count here too.", { id: "admin.others.none" })
          : msg("Their punches count here up to the time shown. Days after that are not judged yet.", { id: "admin.others.intro" })}
      </p>
      ${this.known.length === 0 ? nothing : html`<ul>${this.known.map((device) => this.row(device))}</ul>`}
      ${this.#allowed.has("records.read")
        ? html`${paired ? html`<div><wa-button appearance="outlined" ?loading=${this.working === "hub"} @click=${() => void this.bring("hub", () => bring.fromHub())}><wa-icon slot="start" name="refresh"></wa-icon>${msg("Fetch from the hub", { id: "admin.others.fetch" })}</wa-button></div>` : nothing}
            <label class="bring-file"
              >${msg("Bring in a file from another tablet", { id: "admin.others.file" })}<input
                type="file"
                accept=".ndjson"
                ?disabled=${this.working !== null}
                @change=${(event: Event) => {
                  const input = event.target as HTMLInputElement;
                  const file = input.files?.[0];
                  input.value = "";
                  if (file) void this.bring("file", () => bring.fromFile(file));
                }}
            /></label>`
        : nothing}
      ${this.#allowed.has("records.export")
        ? html`<div><wa-button appearance="outlined" ?loading=${this.working === "write"} @click=${() => void this.write()}><wa-icon slot="start" name="download"></wa-icon>${msg("Write this tablet's records to a file", { id: "admin.others.write" })}</wa-button></div>
            <p class="small quiet">${msg("The file is sealed: only HR can read it, on a tablet of this site.", { id: "admin.others.write.sealed" })}</p>`
        : nothing}
      ${this.told()}
    </section>`;
  }

  private row({ device, upToSeq, untilMs, heardAt, endedAt, refused }: OtherDevice): TemplateResult {
    const zone = this.settings.value?.zone ?? "UTC";
    return html`<li>
      <span class="code">${device}</span>
      <dl class="facts">
        <dt>${msg("Heard of until", { id: "admin.others.until" })}</dt>
        <dd class="numbers">${endedAt === null ? (untilMs === null ? "–" : dateTime(untilMs, zone)) : msg("Retired", { id: "admin.others.retired" })}</dd>
        <dt>${msg("Came here", { id: "admin.others.heard" })}</dt>
        <dd class="numbers">${dateTime(heardAt, zone)}</dd>
        <dt>${msg("Log entries", { id: "admin.device.entries" })}</dt>
        <dd class="numbers">${count(upToSeq)}</dd>
      </dl>
      ${refused === null ? nothing : html`<wa-callout variant="warning"><wa-icon slot="icon" name="warning"></wa-icon>${refusedWord(refused)}</wa-callout>`}
    </li>`;
  }

  private told(): TemplateResult | typeof nothing {
    const { outcome } = this;
    if (outcome === null) return nothing;
    if (!outcome.ok) return html`<wa-callout variant="warning" role="alert"><wa-icon slot="icon" name="warning"></wa-icon>${bringFailureWord(outcome.error)}</wa-callout>`;
    const { entries } = outcome.value;
    return html`<p class="mark good" role="status"><wa-icon name="circle-check"></wa-icon>${entries === 0 ? msg("Nothing new.", { id: "admin.others.nothing" }) : msg(str`New entries: ${count(entries)}`, { id: "admin.others.brought" })}</p>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "cf-other-devices": OtherDevicesElement;
  }
}
