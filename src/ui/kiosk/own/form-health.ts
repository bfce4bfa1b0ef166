import { msg } from "@lit/localize";
import { html, nothing, type TemplateResult } from "lit";

import type { HealthDeclaration, MakeUpAllowance } from "../../../domain/exceptions/types.ts";
import { conditionWord, healthFieldWord } from "../../i18n/requests.ts";

const USUAL = 36.5;
const LEAST = 34;
const MOST = 43;

/** What the site asks about one's health, and who reads it. */
export function healthFields(health: HealthDeclaration, { health: asked, healthRequired }: Pick<MakeUpAllowance, "health" | "healthRequired">, change: (health: HealthDeclaration) => void): TemplateResult {
  const needed = (field: (typeof asked)[number]): string => (healthRequired.includes(field) ? ` ${msg("(needed)", { id: "own.form.needed" })}` : "");
  const temperature = health.temperature ?? USUAL;
  const step = (by: number): void => change({ ...health, temperature: Math.min(MOST, Math.max(LEAST, Math.round((temperature + by) * 10) / 10)) });
  return html`<div class="card" role="group" aria-label=${msg("Health declaration", { id: "own.form.health" })}>
    <h2>${msg("Health declaration", { id: "own.form.health" })}</h2>
    <p class="quiet-text">${msg("Read by HR and whoever decides, and by nobody else. Every look is noted.", { id: "own.form.health.who" })}</p>
    ${asked.includes("condition")
      ? html`<span class="label">${healthFieldWord("condition")}${needed("condition")}</span>
          <div class="chips">${(["well", "unwell"] as const).map((condition) => html`<button type="button" class="chip" aria-pressed=${health.condition === condition} @click=${() => change({ ...health, condition })}>${conditionWord(condition)}</button>`)}</div>`
      : nothing}
    ${asked.includes("temperature")
      ? html`<span class="label">${healthFieldWord("temperature")}${needed("temperature")}</span>
          <div class="chips" role="group" aria-label=${healthFieldWord("temperature")}>
            <button type="button" class="chip" aria-label=${msg("A tenth less", { id: "own.form.temperature.less" })} @click=${() => step(-0.1)}>−</button>
            <button type="button" class="chip numbers" aria-pressed=${health.temperature !== undefined} @click=${() => change({ ...health, temperature })}>${temperature.toFixed(1)} °C</button>
            <button type="button" class="chip" aria-label=${msg("A tenth more", { id: "own.form.temperature.more" })} @click=${() => step(0.1)}>+</button>
          </div>`
      : nothing}
    ${asked.includes("itinerary")
      ? html`<label><span class="label">${healthFieldWord("itinerary")}${needed("itinerary")}</span><input type="text" maxlength="500" autocomplete="off" .value=${health.itinerary ?? ""} @input=${(event: Event) => change({ ...health, itinerary: (event.target as HTMLInputElement).value })} /></label>`
      : nothing}
  </div>`;
}
