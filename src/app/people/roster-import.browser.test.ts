import { afterEach, describe, expect, it } from "vitest";
import { workbook } from "../../../workers/spreadsheet/testing/workbook.ts";
import { addPerson, deleteStores, SetClock, setUpCore, valueOf } from "../../adapters/storage/testing/harness.ts";

afterEach(deleteStores);

const utf8 = (text: string): Blob => new Blob([text]);
const ROSTER_SIZE = 50_000;

/** 工号,姓名\r\n1,张三\r\n in GBK. */
const GBK = Uint8Array.of(0xb9, 0xa4, 0xba, 0xc5, 0x2c, 0xd0, 0xd5, 0xc3, 0xfb, 0x0d, 0x0a, 0x31, 0x2c, 0xd5, 0xc5, 0xc8, 0xfd, 0x0d, 0x0a);

async function opened() {
  const { core } = await setUpCore(new SetClock());
  return core;
}

const importing = (core: Awaited<ReturnType<typeof opened>>, preview: Parameters<typeof core.people.importRoster>[0], signal = new AbortController().signal) =>
  core.people.importRoster(preview, () => undefined, signal);

describe("a roster file", () => {
  it.each([
    ["UTF-8", utf8("工号,姓名,部门,用工类型\r\n1,张三,装配,全职\r\n"), "UTF-8"],
    ["UTF-8 with a byte order mark", utf8("\uFEFF工号,姓名,部门,用工类型\n1,张三,装配,全职"), "UTF-8"],
    ["GBK", new Blob([GBK]), "GB18030"],
    ["UTF-16 with tabs", new Blob([Uint8Array.of(0xff, 0xfe), new Uint8Array(Uint16Array.from("工号\t姓名\n1\t张三", (c) => c.charCodeAt(0)).buffer)]), "UTF-16"],
  ])("is read in %s", async (_name, file, encoding) => {
    const core = await opened();
    const preview = valueOf(await core.people.preview(file));
    expect(preview).toMatchObject({ encoding, newPeople: 1, errors: [] });
    expect(preview.rows[0]).toMatchObject({ employeeNumber: "1", name: "张三", employmentType: "full-time" });
  });

  it("is read by English headings in any order, with quotes over several lines", async () => {
    const core = await opened();
    const preview = valueOf(await core.people.preview(utf8('Department;Name;Employee Number;Employment Type\n"Paint;\nshop";"O""Neil, Pat";7;Part-time\n\nx;Bo;8;astronaut\n')));
    expect(preview.rows).toEqual([{ employeeNumber: "7", name: 'O"Neil, Pat', department: "Paint; shop", employmentType: "part-time" }]);
    expect(preview.errors).toEqual([{ line: 5, column: "Employment Type", kind: "person/type-unknown", value: "astronaut" }]);
  });

  it("is read as a workbook, whatever its name says, and faults are told by its rows", async () => {
    const core = await opened();
    const file = new Blob([new Uint8Array(workbook([["工号", "姓名", "用工类型"], [], ["0042", "张三", "实习"], [43, "", "全职"]]))]);
    const preview = valueOf(await core.people.preview(file));
    expect(preview).toMatchObject({ encoding: "XLSX", rows: [{ employeeNumber: "0042", name: "张三", employmentType: "intern" }] });
    expect(preview.errors).toEqual([{ line: 4, column: "姓名", kind: "person/name-empty", value: "" }]);
  });

  it("tells every fault by line and column", async () => {
    const core = await opened();
    const preview = valueOf(await core.people.preview(utf8("number,name,department\n1,Ada,A\n1,Bea,A\n,Cy,A\n4,,A\n5,=HYPERLINK(0),A\n+6,Eve,A\n-7,@x,A\n8\n9,Io,A,extra\n")));
    expect(preview.errors.map((error) => [error.line, error.column, error.kind])).toEqual([
      [3, "number", "roster/duplicate-in-file"],
      [4, "number", "person/number-empty"],
      [5, "name", "person/name-empty"],
      [6, "name", "roster/formula"],
      [7, "number", "person/number-bad"],
      [8, "name", "roster/formula"],
      [9, "name", "roster/missing-column"],
      [9, "department", "roster/missing-column"],
      [10, "", "roster/too-many-columns"],
    ]);
    expect(preview.rows.map((row) => row.employeeNumber)).toEqual(["1"]);
  });

  it.each([
    ["nothing", utf8(""), "roster/empty"],
    ["a heading alone", utf8("number,name\n"), "roster/empty"],
    ["no heading", utf8("1,Ada\n2,Bea\n"), "roster/no-heading"],
    ["a workbook that is cut short", new Blob([Uint8Array.of(0x50, 0x4b, 3, 4, 0, 0, 0)]), "roster/not-xlsx"],
    ["bytes of no encoding", new Blob([Uint8Array.of(0x6e, 0xff, 0xff, 0x20)]), "roster/not-utf8"],
    ["a quote that never ends", utf8(`number,name\n1,"${"x".repeat(600_000)}`), "roster/not-text"],
    ["more than it may hold", new Blob([new Uint8Array(31 * 1024 * 1024).fill(0x20)]), "roster/too-large"],
  ])("with %s is refused", async (_name, file, kind) => {
    const core = await opened();
    expect(await core.people.preview(file)).toMatchObject({ ok: false, error: { kind } });
  });

  it("changes nothing when it is imported twice, and knows what is new in it", async () => {
    const core = await opened();
    await addPerson(core, "2", "Bea");
    const file = utf8("number,name,department\n1,Ada,Assembly\n2,Bea,Paint\n");
    const preview = valueOf(await core.people.preview(file));
    expect(preview).toMatchObject({ newPeople: 1, changed: 1, unchanged: 0 });
    expect(valueOf(await importing(core, preview))).toEqual({ added: 1, changed: 1 });
    const before = core.store.length;
    const again = valueOf(await core.people.preview(file));
    expect(again).toMatchObject({ newPeople: 0, changed: 0, unchanged: 2 });
    expect(valueOf(await importing(core, again))).toEqual({ added: 0, changed: 0 });
    expect(core.store.length).toBe(before);
  });

  it("keeps what is known of a person whose line changed", async () => {
    const core = await opened();
    const person = await addPerson(core, "2", "Bea");
    valueOf(await core.people.issuePin(person.id));
    valueOf(await importing(core, valueOf(await core.people.preview(utf8("number,name\n2,Beatrix\n")))));
    expect(core.people.rows.value).toMatchObject([{ person: { id: person.id, name: "Beatrix" }, hasPin: true }]);
  });

  it("is imported not at all when it is called off", async () => {
    const core = await opened();
    const lines = Array.from({ length: 1_000 }, (_, index) => `${index},Person ${index}`).join("\n");
    const preview = valueOf(await core.people.preview(utf8(`number,name\n${lines}`)));
    const controller = new AbortController();
    const callOff = (done: number): void => {
      if (done > 0) controller.abort();
    };
    const outcome = await core.people.importRoster(preview, callOff, controller.signal);
    expect(outcome.ok).toBe(false);
    expect(await core.database.people.count()).toBe(0);
    expect(core.people.rows.value).toHaveLength(0);
  });

  it(
    "of 50,000 people is read and stored whole without holding the page up",
    { timeout: 180_000 },
    async () => {
      const core = await opened();
      const lines = Array.from({ length: ROSTER_SIZE }, (_, index) => `${String(100_000 + index)},张${String(index)},第${String(index % 40)}车间,全职`);
      const file = utf8(`工号,姓名,部门,用工类型\r\n${lines.join("\r\n")}\r\n`);
      const longTasks: number[] = [];
      const observer = new PerformanceObserver((list) => longTasks.push(...list.getEntries().map((entry) => Math.round(entry.duration))));
      observer.observe({ type: "longtask" });
      const started = performance.now();
      const preview = valueOf(await core.people.preview(file));
      const read = performance.now();
      expect(preview).toMatchObject({ newPeople: ROSTER_SIZE, errors: [] });
      const steps: number[] = [];
      expect(valueOf(await core.people.importRoster(preview, (done) => steps.push(done), new AbortController().signal))).toEqual({ added: ROSTER_SIZE, changed: 0 });
      const stored = performance.now();
      observer.disconnect();
      console.info(`50,000 rows: read ${Math.round(read - started)} ms, stored ${Math.round(stored - read)} ms, long tasks ${longTasks.join(" ")}`);
      expect(steps.at(-1)).toBe(ROSTER_SIZE);
      expect(await core.database.people.count()).toBe(ROSTER_SIZE);
      await expect.poll(() => core.people.rows.value.length).toBe(ROSTER_SIZE);
      expect(await core.people.preview(utf8("number,name\n1,x\n".concat(Array.from({ length: ROSTER_SIZE }, (_, index) => `${index + 2},y`).join("\n"))))).toMatchObject({ error: { kind: "roster/too-many-rows" } });
    },
  );
});
