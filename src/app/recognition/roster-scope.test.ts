import { describe, expect, it } from "vitest";
import { DEFAULT_RECOGNITION_POLICY } from "../../domain/biometrics/recognition-policy.ts";
import type { RecognitionPolicy } from "../../domain/biometrics/recognition-policy.ts";
import type { EpochMs } from "../../domain/clock.ts";
import type { StoredPerson } from "../../domain/people/stored.ts";
import type { EmployeeNumber, PersonId } from "../../domain/people/types.ts";
import { ok } from "../../domain/result.ts";
import { settle } from "../kiosk/testing/stage.ts";
import { Subject } from "../observable.ts";
import type { StoreChange } from "../ports/store.ts";
import { RosterScope } from "./roster-scope.ts";

const id = (name: string): PersonId => name as PersonId;

function stored(name: string, department: string, status: "active" | "left" = "active"): StoredPerson {
  const person = { id: id(name), employeeNumber: name as EmployeeNumber, name, department, employmentType: "full-time", status, addedAt: 0 as EpochMs } as const;
  return { person, consents: [], pin: null };
}

function scene(policy: Partial<RecognitionPolicy>) {
  const people = new Map([stored("anna", "Assembly"), stored("bert", "Quality"), stored("cleo", "Assembly", "left")].map((one) => [one.person.id, one]));
  const storeChange = new Subject<StoreChange>({ all: false, people: [] });
  const settings = new Subject<{ readonly recognition: RecognitionPolicy } | null>({ recognition: { ...DEFAULT_RECOGNITION_POLICY, ...policy } });
  const told: (readonly PersonId[] | null)[] = [];
  let changes = 0;
  const scope = new RosterScope({
    recogniser: {
      setRoster: (roster) => {
        told.push(roster);
        return Promise.resolve(ok());
      },
    },
    store: { people, subscribe: (listener) => storeChange.subscribe(listener) },
    settings,
    changed: () => void (changes += 1),
  });
  const change = async (one: StoredPerson): Promise<void> => {
    people.set(one.person.id, one);
    storeChange.next({ all: false, people: [one.person.id] });
    await settle();
  };
  const choose = async (next: Partial<RecognitionPolicy>): Promise<void> => {
    settings.next({ recognition: { ...DEFAULT_RECOGNITION_POLICY, ...next } });
    await settle();
  };
  return { scope, told, change, choose, changes: () => changes };
}

const ROSTER = { comparison: "roster", rosterDepartments: ["Assembly", "Packing"] } as const;

describe("the roster's scope", () => {
  it.each(["everyone", "typed-number"] as const)("is nobody's roster under %s", async (comparison) => {
    const { scope, told } = scene({ comparison, rosterDepartments: ["Assembly"] });
    await scope.tell();
    expect([scope.people, told]).toEqual([null, [null]]);
  });

  it("holds the active people of the departments named", async () => {
    const { scope, told } = scene(ROSTER);
    await scope.tell();
    expect(told).toEqual([[id("anna")]]);
  });

  it.each([
    ["comes to a department", stored("bert", "Packing"), ["anna", "bert"]],
    ["leaves a department", stored("anna", "Quality"), []],
    ["leaves the site", stored("anna", "Assembly", "left"), []],
    ["is new", stored("dora", "Assembly"), ["anna", "dora"]],
  ])("follows when somebody %s", async (_what, one, expected) => {
    const { scope, told, change, changes } = scene(ROSTER);
    await change(one);
    expect([...(scope.people ?? [])]).toEqual(expected);
    expect(told).toEqual([expected]);
    expect(changes()).toBe(1);
  });

  it("says nothing again when nothing about it has changed", async () => {
    const { told, change, changes } = scene(ROSTER);
    await change(stored("bert", "Research"));
    expect([told, changes()]).toEqual([[], 0]);
  });

  it("follows what the site chooses", async () => {
    const { scope, told, choose } = scene({});
    await choose(ROSTER);
    await choose({ ...ROSTER, rosterDepartments: ["Quality"] });
    await choose({ comparison: "everyone" });
    expect(told).toEqual([[id("anna")], [id("bert")], null]);
    expect(scope.people).toBeNull();
  });
});
