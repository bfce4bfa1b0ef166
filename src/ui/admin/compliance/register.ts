import { msg } from "@lit/localize";

import { scheduleOf } from "../../../domain/retention/schedule.ts";
import { holdSentence, KEPT_KINDS, keptKind, keptUntil } from "../../i18n/retention-words.ts";
import { aboutSite, type PaperDocument, type PaperSection } from "./paper.ts";
import { preparedAnswers, type SiteFacts } from "./prepared-answers.ts";
import { PART_WORDS } from "./words.ts";

/** One kind of processing, as a register lists it. */
export interface Processing {
  readonly data: string;
  readonly whose: string;
  readonly purpose: string;
  readonly readers: string;
  readonly until: string;
}

/** What is processed on this tablet, by the settings in force. */
export function processings({ settings }: SiteFacts): readonly Processing[] {
  const schedule = scheduleOf(settings);
  const everybody = msg("Everybody who works here", { id: "compliance.whose.everybody" });
  const askers = msg("Whoever hands a request in", { id: "compliance.whose.askers" });
  const deciders = msg("The person, those who decide, HR", { id: "compliance.readers.deciders" });
  const kept = (kind: (typeof KEPT_KINDS)[number]): Pick<Processing, "data" | "until"> => ({ data: keptKind(kind), until: keptUntil(kind, schedule) });
  return [
    { ...kept("faces"), whose: msg("People who consented", { id: "compliance.whose.consented" }), purpose: msg("To know who punches", { id: "compliance.purpose.faces" }), readers: msg("Nobody: the matcher alone compares them", { id: "compliance.readers.matcher" }) },
    { ...kept("records"), whose: everybody, purpose: msg("To record working time, and to decide requests about it", { id: "compliance.purpose.records" }), readers: msg("The person, their supervisor, HR, the auditor", { id: "compliance.readers.records" }) },
    { ...kept("health"), whose: askers, purpose: msg("To decide a make-up punch, where the site's rules ask for it", { id: "compliance.purpose.health" }), readers: deciders },
    { ...kept("attachments"), whose: askers, purpose: msg("To prove what a request says", { id: "compliance.purpose.attachments" }), readers: deciders },
    { ...kept("attempts"), whose: msg("Nobody by name", { id: "compliance.whose.nobody" }), purpose: msg("To see faults, attacks and unfair errors", { id: "compliance.purpose.attempts" }), readers: msg("Whoever looks after the tablet, the auditor", { id: "compliance.readers.attempts" }) },
    {
      data: msg("Users of administration: name, role, keys, what they did", { id: "compliance.kind.users" }),
      whose: msg("Those who manage", { id: "compliance.whose.users" }),
      purpose: msg("To let in whom it concerns, and to show what they did", { id: "compliance.purpose.users" }),
      readers: msg("System administrators, the auditor", { id: "compliance.readers.users" }),
      until: msg("As long as the log is kept", { id: "compliance.until.log" }),
    },
    { ...kept("backups"), whose: everybody, purpose: msg("To lose nothing", { id: "compliance.purpose.backups" }), readers: msg("Whoever holds the backup key", { id: "compliance.readers.backups" }) },
  ];
}

/** GDPR article 30, PIPL articles 55 and 56: what, whose, what for, who reads it, how long, who receives it, how it is guarded. */
export function registerPaper(facts: SiteFacts): PaperDocument {
  const answers = preparedAnswers(facts);
  const contact = facts.settings.helpContact;
  const told = (part: "basis" | "recipients" | "measures"): PaperSection => ({ heading: PART_WORDS[part](), paragraphs: [answers[part]] });
  return {
    title: registerTitle(),
    about: [...aboutSite(facts.settings), ...(contact === "" ? [] : [`${msg("Contact", { id: "compliance.contact" })}: ${contact}`])],
    sections: [
      {
        heading: msg("What is processed", { id: "compliance.register.what" }),
        paragraphs: [holdSentence()],
        table: { head: headings(), rows: processings(facts).map(({ data, whose, purpose, readers, until }) => [data, whose, purpose, readers, until]) },
      },
      told("basis"),
      told("recipients"),
      told("measures"),
    ],
  };
}

/** For the notice board: what anybody may know without asking. */
export function retentionPaper({ settings }: SiteFacts): PaperDocument {
  const schedule = scheduleOf(settings);
  return {
    title: retentionTitle(),
    about: aboutSite(settings),
    sections: [
      {
        heading: msg("Kinds of data", { id: "compliance.retention.kinds" }),
        paragraphs: [holdSentence()],
        table: { head: [msg("Kind of data", { id: "retention.kind" }), msg("Erased", { id: "retention.until" })], rows: KEPT_KINDS.map((kind) => [keptKind(kind), keptUntil(kind, schedule)]) },
      },
    ],
  };
}

export function registerTitle(): string {
  return msg("Register of processing", { id: "compliance.register" });
}

export function retentionTitle(): string {
  return msg("How long data are kept", { id: "retention.title" });
}

/** In the order of {@link Processing}. */
export function headings(): readonly string[] {
  return [
    msg("Kind of data", { id: "retention.kind" }),
    msg("Whose", { id: "compliance.register.whose" }),
    msg("What for", { id: "compliance.register.purpose" }),
    msg("Who may read it", { id: "compliance.register.readers" }),
    msg("Erased", { id: "retention.until" }),
  ];
}
