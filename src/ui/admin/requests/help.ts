import { msg } from "@lit/localize";
import { html, type TemplateResult } from "lit";

/** What goes wrong most often, why, and whom to ask. */
export function commonErrors(contact: string): TemplateResult {
  const topics: readonly (readonly [string, string, string])[] = [
    [
      msg("There is no entry for requests", { id: "admin.request.help.entry" }),
      msg("The role does not reach the person, nobody judges the person's attendance, or this page is of an old version.", { id: "admin.request.help.entry.why" }),
      msg("Ask HR which role is needed, and on the schedule page whether the person is exempt. Reload the page to get the present version.", { id: "admin.request.help.entry.ask" }),
    ],
    [
      msg("Time-out: the window is over", { id: "admin.request.help.window" }),
      msg("A punch can be made up for some days alone, and nothing of a month is taken after its cut-off day. The rules of the site say how many.", { id: "admin.request.help.window.why" }),
      msg("The person puts it before HR as a special case. HR decides it here, with a reason.", { id: "admin.request.help.window.ask" }),
    ],
    [
      msg("No make-up punch is left", { id: "admin.request.help.quota" }),
      msg("What was granted and what waits both count. A rejected or withdrawn one gives its place back.", { id: "admin.request.help.quota.why" }),
      msg("Withdraw one that is not needed, or put it before HR as a special case.", { id: "admin.request.help.quota.ask" }),
    ],
    [
      msg("The day or the shift is wrong", { id: "admin.request.help.data" }),
      msg("The day is worked out from the shift that is planned. A wrong plan makes a wrong day.", { id: "admin.request.help.data.why" }),
      msg("The supervisor puts the schedule right. A wrong punch is corrected by a request; nothing that was recorded is changed.", { id: "admin.request.help.data.ask" }),
    ],
    [
      msg("I cannot decide a request", { id: "admin.request.help.own" }),
      msg("Nobody decides what is their own, what they wrote down for somebody, or a swap that they are part of. Users who are not linked to an employee cannot be compared.", { id: "admin.request.help.own.why" }),
      msg("Hand it to somebody else who may decide it. A user is linked to an employee on the users page.", { id: "admin.request.help.own.ask" }),
    ],
    [
      msg("The tablet was out of order", { id: "admin.request.help.outage" }),
      msg("Outages are noted with their start and end.", { id: "admin.request.help.outage.why" }),
      msg("A make-up punch can cite the outage; it is shown with the request.", { id: "admin.request.help.outage.ask" }),
    ],
  ];
  return html`<section class="help" aria-labelledby="help">
    <h2 id="help">${msg("When something does not work", { id: "admin.request.help" })}</h2>
    ${topics.map(
      ([title, why, ask]) =>
        html`<details>
          <summary>${title}</summary>
          <p>${why}</p>
          <p><strong>${msg("What to do:", { id: "admin.request.help.todo" })}</strong> ${ask}</p>
        </details>`,
    )}
    ${contact === "" ? "" : html`<p class="quiet">${msg("Otherwise ask:", { id: "admin.request.help.contact" })} ${contact}</p>`}
  </section>`;
}
