import { calendarDay } from "../../domain/attendance/day.ts";
import { daysOfContent } from "../../domain/exceptions/content-days.ts";
import { earnedBy, leaveBalances, leftOver } from "../../domain/exceptions/balances.ts";
import type { BalanceContext, EarnedLeave } from "../../domain/exceptions/balances.ts";
import { cancelledOf } from "../../domain/exceptions/effects.ts";
import type { BalanceEntry, ExceptionRequest, LeaveBalance, RequestContent } from "../../domain/exceptions/types.ts";
import type { PersonId } from "../../domain/people/types.ts";
import type { RecordRing } from "../ports/store.ts";
import type { Reckoning, ReckonOptions } from "../attendance/ports.ts";
import type { Duties, PersonDuty } from "./person-duty.ts";
import type { RequestPapers } from "./request-papers.ts";

export interface BalanceSheet {
  readonly balances: readonly LeaveBalance[];
  readonly entries: readonly BalanceEntry[];
  /** What last year left over and may be carried on. */
  readonly leftOver: readonly { readonly leaveKind: string; readonly minutes: number }[];
}

/** Works out what people have of each kind of leave. */
export class BalanceSheets {
  constructor(
    private readonly papers: RequestPapers,
    private readonly duties: Duties,
    private readonly reckoning: Pick<Reckoning, "days">,
  ) {}

  async of(duty: PersonDuty, ring?: RecordRing): Promise<BalanceSheet> {
    const { id } = duty.person;
    const [requests, entries] = await Promise.all([this.papers.ofPerson(id, ring), this.papers.balanceEntries(id, ring)]);
    const rules = this.duties.rulesOn(duty, this.duties.today);
    const context: BalanceContext = {
      year: Number(this.duties.today.slice(0, 4)),
      zone: this.duties.zone,
      kinds: rules?.rules.leaveKinds ?? [],
      requests,
      entries,
      earned: await this.#earned(id, requests, ring),
      ...(duty.plan?.firstDay === undefined ? {} : { firstDay: duty.plan.firstDay }),
    };
    const carried = this.#carries(duty, context.year) ? leftOver(context) : [];
    return { balances: leaveBalances(context), entries, leftOver: carried };
  }

  /** What cancelling would take off compensatory leave; null where the request that it is about has earned none. */
  async earnedBut(personId: PersonId, { cancels, content }: Extract<RequestContent, { readonly kind: "cancel" }>, ring?: RecordRing): Promise<EarnedLeave | null> {
    if (content.kind !== "overtime" || content.compensation !== "leave") return null;
    const requests = await this.papers.ofPerson(personId, ring);
    const gone = { personId, cancelled: cancelledOf({ id: cancels, content }, this.duties.zone) };
    const [now, without] = await Promise.all([this.#earned(personId, requests, ring), this.#earned(personId, requests.filter(({ id }) => id !== cancels), ring, gone)]);
    return { now, without };
  }

  /** Nothing is left of a year in which the person was not here. */
  #carries({ person, plan }: PersonDuty, year: number): boolean {
    const since = plan?.firstDay ?? calendarDay(person.addedAt, this.duties.zone);
    return Number(since.slice(0, 4)) < year;
  }

  /** From the days on which such overtime lies, as they are worked out. */
  async #earned(personId: PersonId, requests: readonly ExceptionRequest[], ring?: RecordRing, asIf?: NonNullable<ReckonOptions["asIf"]>): Promise<number> {
    const days = requests
      .filter(({ content, state }) => state === "approved" && content.kind === "overtime" && content.compensation === "leave")
      .flatMap(({ content }) => daysOfContent(content, this.duties.zone) ?? []);
    const from = days.map((one) => one.from).sort()[0];
    const to = days.map((one) => one.to).sort().at(-1);
    if (from === undefined || to === undefined) return 0;
    const results = await this.reckoning.days({ from, to, people: [personId] }, { ...(ring === undefined ? {} : { ring }), ...(asIf === undefined ? {} : { asIf }) });
    return results.ok ? earnedBy(results.value.people.flatMap((one) => one.days), requests) : 0;
  }
}
