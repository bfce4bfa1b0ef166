import { strToU8, zipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { readWorkbook } from "./read-workbook.ts";
import { workbook } from "./testing/workbook.ts";

describe("a workbook", () => {
  it("is read as text, row by row, numbers as they were written", async () => {
    const rows = await readWorkbook(workbook([["工号", "姓名"], ["00123", "张三"], [1042, "Ada"], [], [0.1, "=1+1"]]));
    expect(rows).toEqual({ ok: true, value: [["工号", "姓名"], ["00123", "张三"], ["1042", "Ada"], ["", ""], ["0.1", "=1+1"]] });
  });

  it("is refused when it is no archive, cut short, or an archive of something else", async () => {
    const whole = workbook([["number", "name"], ["1", "Ada"]]);
    for (const bytes of [strToU8("number,name"), whole.subarray(0, whole.length / 2), zipSync({ "a.txt": strToU8("a") }), new Uint8Array(0)]) {
      expect(await readWorkbook(bytes)).toMatchObject({ ok: false, error: { kind: "roster/not-xlsx" } });
    }
  });

  it("is refused when it has no rows", async () => {
    expect(await readWorkbook(workbook([]))).toMatchObject({ ok: false, error: { kind: "roster/empty" } });
  });

  it("is refused before anything is unpacked when it would become too large", async () => {
    const sheet = new Uint8Array(200 * 1024 * 1024).fill(0x20);
    const bomb = zipSync({ "xl/workbook.xml": strToU8("<workbook/>"), "xl/worksheets/sheet1.xml": sheet });
    expect(bomb.length).toBeLessThan(1024 * 1024);
    const begin = performance.now();
    expect(await readWorkbook(bomb)).toMatchObject({ ok: false, error: { kind: "roster/too-large" } });
    expect(performance.now() - begin).toBeLessThan(2_000);
  });

  it("is not unpacked beyond the size that it states", async () => {
    const whole = workbook([["number", "name"], ...Array.from({ length: 20_000 }, (_, index) => [`E${String(index)}`, "x".repeat(50)])]);
    const lying = new Uint8Array(whole);
    const view = new DataView(lying.buffer);
    // The stated size of every entry in the central directory: 24 bytes after its signature.
    for (let at = 0; at < lying.length - 46; at++) if (view.getUint32(at, true) === 0x02014b50) view.setUint32(at + 24, 100, true);
    expect(await readWorkbook(lying)).toMatchObject({ ok: false, error: { kind: "roster/not-xlsx" } });
  });
});
