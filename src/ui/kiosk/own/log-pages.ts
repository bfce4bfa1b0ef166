import { msg, str } from "@lit/localize";
import { html, nothing, type TemplateResult } from "lit";

import { OWN_LOG_DAYS } from "../../../app/api/own-record.ts";
import type { OwnDay, OwnFacts, OwnLog } from "../../../app/api/own-record.ts";
import { startOfDay } from "../../../domain/attendance/day.ts";
import type { Punch } from "../../../domain/attendance/types.ts";
import { notice, type NoticeFacts } from "../../admin/enrol/notice.ts";
import { iconIn, iconOut } from "../../components/icons.ts";
import { directionText } from "../../i18n/direction.ts";
import { dateAndTime, dayInWords, timeToTheSecond } from "../../i18n/format.ts";
import { locale } from "../../i18n/localize.ts";
import { consentGivenText, keptFacts, lookedAtText, lookerText } from "./own-texts.ts";

const NOTHING_READ: OwnLog = { days: [], looks: [], reading: true };

export function punchesPage(log: OwnLog | null, zone: string): TemplateResult {
  const { days, reading } = log ?? NOTHING_READ;
  return html`${days.map((day) => dayOf(day, zone))} ${readingOf(days.length === 0, reading)}`;
}

function dayOf({ day, punches }: OwnDay, zone: string): TemplateResult {
  return html`<h2>${dayInWords(startOfDay(day, zone), zone, locale.value)}</h2>
    <ul>
      ${punches.map((punch) => punchOf(punch, zone))}
    </ul>`;
}

function punchOf(punch: Punch, zone: string): TemplateResult {
  const note =
    punch.status === "undone"
      ? msg("Taken back: does not count", { id: "kiosk.own.punch.undone" })
      : punch.status === "suppressed"
        ? msg("A repeat: does not count", { id: "kiosk.own.punch.suppressed" })
        : punch.method === "attested"
          ? msg("Attested by a supervisor", { id: "kiosk.own.punch.attested" })
          : null;
  return html`<li class=${punch.status}>
    <span class="direction">${punch.direction === "in" ? iconIn() : iconOut()} ${directionText(punch.direction)}</span>
    <span class="time">${timeToTheSecond(punch.wallMs, zone)}</span>
    <span class="note">${note === null ? nothing : html`${note} · `}${punch.receipt}</span>
  </li>`;
}

export function looksPage(log: OwnLog | null, zone: string): TemplateResult {
  const { looks, reading } = log ?? NOTHING_READ;
  return html`<ul>
      ${looks.map((look) => html`<li><span>${lookerText(look)}</span><span class="note">${lookedAtText(look.what)} · ${dateAndTime(look.at, zone, locale.value)}</span></li>`)}
    </ul>
    ${readingOf(looks.length === 0, reading)}`;
}

export function keptPage(facts: OwnFacts, zone: string): TemplateResult {
  return html`<dl>${keptFacts(facts, zone).map(({ name, text }) => html`<dt>${name}</dt><dd>${text}</dd>`)}</dl>`;
}

/** What the person agreed to, in the language in which it is read now. */
export function consentPage({ consent }: OwnFacts, site: NoticeFacts, zone: string): TemplateResult {
  return html`${consent === null
      ? html`<p class="body">${msg("You have not consented to anything. This is what you would be told:", { id: "kiosk.own.consent.none" })}</p>`
      : html`<p class="body">${consentGivenText(consent, zone)}</p>`}
    ${notice(locale.value, site).map(({ heading, paragraphs }) => html`<h2>${heading}</h2>${paragraphs.map((paragraph) => html`<p class="read">${paragraph}</p>`)}`)}`;
}

function readingOf(empty: boolean, reading: boolean): TemplateResult {
  if (reading) return html`<p class="body" role="status">${msg("Reading", { id: "kiosk.own.reading" })}</p>`;
  return html`<p class="body">${empty ? msg(str`Nothing in the last ${OWN_LOG_DAYS} days. For earlier, ask HR.`, { id: "kiosk.own.empty" }) : msg(str`The last ${OWN_LOG_DAYS} days. For earlier, ask HR.`, { id: "kiosk.own.days" })}</p>`;
}
