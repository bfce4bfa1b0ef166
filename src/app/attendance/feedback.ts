import { failure } from "../../domain/errors.ts";
import type { Feedback } from "../../domain/exceptions/types.ts";
import { err, ok } from "../../domain/result.ts";
import type { FeedbackDesk } from "../api/attendance.ts";
import type { Access } from "../ports/access.ts";
import type { Store } from "../ports/store.ts";
import { FEEDBACK_AT_MOST, feedbackPaper, isFeedback } from "./own-feedback.ts";

export interface FeedbackDependencies {
  readonly store: Store;
  readonly access: Access;
}

/** What people told us, and what was answered. Whoever reads no people's records is not told who said it. */
export class SiteFeedback implements FeedbackDesk {
  constructor(private readonly dependencies: FeedbackDependencies) {}

  async list(): ReturnType<FeedbackDesk["list"]> {
    const { access, store } = this.dependencies;
    const checked = access.check("feedback.read");
    if (!checked.ok) return checked;
    const papers = await store.papers({ kinds: ["feedback"] });
    const said = papers.flatMap(({ value }) => (isFeedback(value) ? [value] : []));
    const shown = said.map((one) => (one.personId === null || access.reaches(one.personId) ? one : { ...one, personId: null }));
    const viewed = await access.viewed({ what: "feedback", department: null, people: new Set(shown.flatMap(({ personId }) => personId ?? [])).size });
    return viewed.ok ? ok(shown.sort((one, other) => other.at - one.at)) : viewed;
  }

  async answer(id: string, entered: string): ReturnType<FeedbackDesk["answer"]> {
    const { access, store } = this.dependencies;
    const checked = access.check("feedback.read");
    if (!checked.ok) return checked;
    const by = checked.value.userId;
    const text = entered.replace(/[^\P{Cc}\n]+/gu, " ").trim().slice(0, FEEDBACK_AT_MOST);
    try {
      const written = await store.exclusively(async () => {
        const value = (await store.paper(`feedback:${id}`))?.value;
        if (!isFeedback(value) || text === "") return null;
        const answered: Feedback = { ...value, state: "answered", answer: { by, at: store.now().wallMs, text } };
        return store.commit({ entries: [{ type: "feedback-answered", subject: value.personId, body: { feedback: id, by, text } }], papers: [feedbackPaper(answered)] });
      });
      if (written === null) return err(failure("attendance/store-failed", "no such feedback"));
      if (written.ok) return ok();
      return err(written.error.kind === "store/full" ? failure("attendance/storage-full") : failure("attendance/store-failed", written.error.kind));
    } catch (error) {
      return err(failure("attendance/store-failed", error instanceof Error ? error.name : undefined));
    }
  }
}
