/**
 * The page that checks an auditor's package on its own: one file, no network. Everything shown is set as text.
 */
import { signatureVerifier } from "../src/adapters/crypto/verify-signature.ts";
import { PackageUnreadable } from "../src/domain/log/package.ts";
import { isWhole, type VerifyReport } from "../src/domain/log/report.ts";
import { readCoSignature } from "../src/domain/log/statements.ts";
import type { CoSignature } from "../src/domain/log/types.ts";
import { verifyPackage } from "../src/domain/log/verify.ts";
import { sayFinding, sayReach, sayTime, sayVerdict, type Language } from "../src/ui/admin/audit/findings.ts";
import { WORDS } from "./words.ts";

/** Looks listed at most; all are in the package. */
const MOST_LOOKS = 2_000;

let language: Language = navigator.language.startsWith("zh") ? "zh-Hans" : "en";
let last: { readonly name: string; readonly report: VerifyReport | null; readonly failure: string | null } | null = null;
let file: File | null = null;

function part(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`no ${id}`);
  return found;
}

function element(tag: string, text: string, className = ""): HTMLElement {
  const made = document.createElement(tag);
  made.textContent = text;
  made.className = className;
  return made;
}

async function* bytesOf(from: File): AsyncGenerator<Uint8Array> {
  const reader = from.stream().pipeThrough(new DecompressionStream("gzip")).getReader();
  for (;;) {
    const next = await reader.read();
    if (next.done) return;
    yield next.value;
  }
}

/** What the witnesses themselves have handed over, one text a line. Null when one of them is none. */
function beside(): readonly CoSignature[] | null {
  const read = (part("beside") as HTMLTextAreaElement).value.split(/\s+/).filter((text) => text !== "").map(readCoSignature);
  return read.every((one) => one !== null) ? read : null;
}

async function check(): Promise<void> {
  if (file === null) return;
  const given = beside();
  const words = WORDS[language];
  if (given === null) {
    last = { name: file.name, report: null, failure: words.badWitness };
    show();
    return;
  }
  part("progress").textContent = words.reading("0");
  try {
    const report = await verifyPackage(bytesOf(file), {
      verify: signatureVerifier(),
      beside: given,
      onProgress: (entries) => {
        part("progress").textContent = words.reading(entries.toLocaleString(language));
      },
    });
    last = { name: file.name, report, failure: null };
  } catch (error) {
    last = { name: file.name, report: null, failure: error instanceof PackageUnreadable ? words.faults[error.fault] : words.faults["not-a-package"] };
  }
  show();
}

function show(): void {
  const words = WORDS[language];
  document.documentElement.lang = language;
  document.title = words.title;
  for (const [id, text] of Object.entries(words.texts)) part(id).textContent = text;
  part("progress").textContent = "";
  const result = part("result");
  result.replaceChildren();
  if (last === null) return;
  const { report, failure, name } = last;
  result.append(element("p", name, "quiet"));
  if (report === null) {
    result.append(element("h2", failure ?? "", "bad"));
    return;
  }
  const { site, device, exportedAt, exportedBy } = report.facts;
  result.append(element("h2", sayVerdict(report, language), isWhole(report) ? "good" : "bad"));
  result.append(element("p", `${site.organisation}, ${site.siteName} · ${device} · ${sayTime(exportedAt, site.zone, language)} · ${exportedBy.role}`, "quiet"));
  result.append(listed(report.findings.map((finding) => sayFinding(finding, site.zone, language)), "bad"));
  if (report.findingsLeftOut > 0) result.append(element("p", `+ ${report.findingsLeftOut}`));
  result.append(listed(sayReach(report, language), ""));
  if (report.looks.length > 0) result.append(looks(report));
}

function listed(lines: readonly string[], className: string): HTMLElement {
  const list = element("ul", "", className);
  for (const line of lines) list.append(element("li", line));
  return list;
}

function looks({ looks: all, names, facts }: VerifyReport): HTMLElement {
  const details = document.createElement("details");
  details.append(element("summary", WORDS[language].looks(all.length)));
  const name = (id: string): string => names.get(id) ?? id;
  details.append(
    listed(
      all.slice(-MOST_LOOKS).map(({ seq, wallMs, type, by, role, what, personId, department, people }) => `${seq} · ${sayTime(wallMs, facts.site.zone, language)} · ${name(by)} (${role}) · ${type} ${what}: ${personId === null ? `${department ?? "*"} (${people})` : name(personId)}`),
      "small",
    ),
  );
  return details;
}

function take(taken: File | undefined): void {
  if (taken === undefined) return;
  file = taken;
  void check();
}

const drop = part("drop");
for (const type of ["dragover", "dragenter"]) {
  document.addEventListener(type, (event) => {
    event.preventDefault();
    drop.classList.add("over");
  });
}
document.addEventListener("dragleave", () => drop.classList.remove("over"));
document.addEventListener("drop", (event) => {
  event.preventDefault();
  drop.classList.remove("over");
  take(event.dataTransfer?.files[0]);
});
part("file").addEventListener("change", (event) => take((event.target as HTMLInputElement).files?.[0]));
part("again").addEventListener("click", () => void check());
part("language").addEventListener("click", () => {
  language = language === "en" ? "zh-Hans" : "en";
  show();
});
show();
