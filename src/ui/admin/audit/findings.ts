import type { Finding, VerifyReport } from "../../../domain/log/report.ts";

/**
 * What the verifier has to say, in both languages. Plain functions without Lit: the app, the page that stands alone and
 * the command line say the same.
 */
export type Language = "en" | "zh-Hans";

const DATES: Readonly<Record<Language, string>> = { en: "en-GB", "zh-Hans": "zh-CN" };

export function sayTime(wallMs: number, zone: string, language: Language): string {
  const options: Intl.DateTimeFormatOptions = { dateStyle: "medium", timeStyle: "medium" };
  try {
    return new Intl.DateTimeFormat(DATES[language], { ...options, timeZone: zone }).format(wallMs);
  } catch {
    return new Date(wallMs).toISOString();
  }
}

/** `12`, or `12 to 20`. */
export function sayEntries(seq: number, to: number | undefined, language: Language): string {
  const one = to === undefined || to === seq;
  if (language === "zh-Hans") return one ? `第 ${seq} 条` : `第 ${seq} 至 ${to} 条`;
  return one ? `Entry ${seq}` : `Entries ${seq} to ${to}`;
}

const WITNESS: Readonly<Record<Language, Readonly<Record<"hub" | "phone", string>>>> = {
  en: { hub: "the hub", phone: "a phone" },
  "zh-Hans": { hub: "主机", phone: "手机" },
};

/** One sentence on what does not fit, and where. */
export function sayFinding(finding: Finding, zone: string, language: Language): string {
  return language === "zh-Hans" ? inChinese(finding, zone) : inEnglish(finding, zone);
}

function inEnglish(finding: Finding, zone: string): string {
  switch (finding.kind) {
    case "edited":
      return finding.to === undefined ? `Entry ${finding.seq} was edited: the entry after it, or the device's own list, names another.` : `Entry ${finding.seq} or the one after it was edited: they do not fit each other.`;
    case "listed":
      return `The hash that the device keeps beside entry ${finding.seq} was edited; the entry itself is as it was.`;
    case "dropped":
      return `Entry ${finding.seq} was dropped: it is missing between its neighbours.`;
    case "inserted":
      return `An entry numbered ${finding.seq} was inserted: the chain has no place for it.`;
    case "duplicated":
      return `Entry ${finding.seq} is there more than once.`;
    case "reordered":
      return `Entry ${finding.seq} is not in its place: the order was changed.`;
    case "body":
      return `The content of entry ${finding.seq} (${finding.type}) was changed: it is not the one that the entry commits to.`;
    case "foreign":
      return `Entry ${finding.seq} (${finding.type}) names another device.`;
    case "after-end":
      return `Entry ${finding.seq} (${finding.type}) comes after the entry that retired the device.`;
    case "rewritten":
      return `${sayEntries(finding.seq, finding.to, "en")}: history was rewritten here. The device signed a checkpoint at ${finding.to} over other entries.`;
    case "rewritten-after-witness":
      return `${sayEntries(finding.seq, finding.to, "en")}: history was rewritten after ${WITNESS.en[finding.by]} (${finding.witness}) had signed it on ${sayTime(finding.wallMs, zone, "en")}. Only who holds the device's key can do this.`;
    case "cut-off":
      return `${sayEntries(finding.seq, finding.to, "en")}: rolled back. ${CUT_EN[finding.told]}`;
    case "fork":
      return `The device signed two different histories of ${finding.seq} entries.`;
    case "checkpoint-forged":
      return `The checkpoint at entry ${finding.seq} was altered, or was not signed by this device.`;
    case "co-signature-forged":
      return `The co-signature of ${finding.witness} at entry ${finding.seq} was altered, or was not signed by that witness.`;
    case "device-key":
      return "The device's name does not fit its key: this is the package of another device.";
    case "seal":
      return "The file was changed after the device had sealed it.";
    case "seal-missing":
      return "The file has no seal: its end is missing.";
    case "counts":
      return "The file does not hold as many parts as its seal says.";
    case "statement-malformed":
      return "A checkpoint or co-signature cannot be read.";
  }
}

const CUT_EN: Readonly<Record<string, string>> = {
  checkpoint: "A checkpoint that the device signed has seen them; they are not there.",
  hub: "The hub has signed that they were there; they are not.",
  phone: "A phone has signed that they were there; they are not.",
  facts: "The package says that they were there when it was made; they are not.",
};

function inChinese(finding: Finding, zone: string): string {
  switch (finding.kind) {
    case "edited":
      return finding.to === undefined ? `第 ${finding.seq} 条被改动：其后一条记录或设备自身的清单所指的是另一内容。` : `第 ${finding.seq} 条或其后一条被改动：两者互不相符。`;
    case "listed":
      return `设备在第 ${finding.seq} 条旁保存的哈希被改动；该条记录本身未变。`;
    case "dropped":
      return `第 ${finding.seq} 条被删除：前后记录之间缺少这一条。`;
    case "inserted":
      return `编号为 ${finding.seq} 的一条记录是插入的：记录链中没有它的位置。`;
    case "duplicated":
      return `第 ${finding.seq} 条出现了不止一次。`;
    case "reordered":
      return `第 ${finding.seq} 条不在原位：顺序被改动。`;
    case "body":
      return `第 ${finding.seq} 条（${finding.type}）的内容被改动：与该条记录的承诺值不符。`;
    case "foreign":
      return `第 ${finding.seq} 条（${finding.type}）写的是另一台设备。`;
    case "after-end":
      return `第 ${finding.seq} 条（${finding.type}）出现在设备停用记录之后。`;
    case "rewritten":
      return `${sayEntries(finding.seq, finding.to, "zh-Hans")}：历史在此被重写。设备在第 ${finding.to} 条签署的检查点对应的是另外的记录。`;
    case "rewritten-after-witness":
      return `${sayEntries(finding.seq, finding.to, "zh-Hans")}：${WITNESS["zh-Hans"][finding.by]}（${finding.witness}）于 ${sayTime(finding.wallMs, zone, "zh-Hans")} 签名之后，历史被重写。只有持有设备密钥的人才能做到。`;
    case "cut-off":
      return `${sayEntries(finding.seq, finding.to, "zh-Hans")}：记录被回退。${CUT_ZH[finding.told]}`;
    case "fork":
      return `设备为 ${finding.seq} 条记录签署了两份不同的历史。`;
    case "checkpoint-forged":
      return `第 ${finding.seq} 条处的检查点被改动，或不是本设备签署的。`;
    case "co-signature-forged":
      return `见证方 ${finding.witness} 在第 ${finding.seq} 条处的联署被改动，或不是该见证方签署的。`;
    case "device-key":
      return "设备名称与其密钥不符：这是另一台设备的审计包。";
    case "seal":
      return "设备封存之后，文件被改动过。";
    case "seal-missing":
      return "文件没有封印：结尾缺失。";
    case "counts":
      return "文件中的部分数量与封印所述不符。";
    case "statement-malformed":
      return "有一份检查点或联署无法读取。";
  }
}

const CUT_ZH: Readonly<Record<string, string>> = {
  checkpoint: "设备签署的检查点包含这些记录，而文件中没有。",
  hub: "主机曾签名证明这些记录存在，而文件中没有。",
  phone: "手机曾签名证明这些记录存在，而文件中没有。",
  facts: "审计包自述制作时有这些记录，而文件中没有。",
};

/** What was checked and who vouches for it, one sentence each; said whether or not something was found. */
export function sayReach(report: VerifyReport, language: Language): readonly string[] {
  const { zone } = report.facts.site;
  const en = language === "en";
  const lines: string[] = [];
  lines.push(
    en
      ? `${report.entries} entries; ${report.bodiesFit} contents open and fit, ${report.bodiesAbsent} are closed (erased, or not for the exporter's eyes)${report.headersAbsent === 0 ? "" : `, ${report.headersAbsent} could no longer be read on the device`}.`
      : `共 ${report.entries} 条记录；${report.bodiesFit} 条内容可读且相符，${report.bodiesAbsent} 条内容不可读（已删除，或导出者无权查看）${report.headersAbsent === 0 ? "" : `，${report.headersAbsent} 条在设备上已无法读取`}。`,
  );
  lines.push(en ? `The device's own checkpoints fit up to entry ${report.sealedUpTo} (${report.checkpoints} of them).` : `设备自身的检查点相符至第 ${report.sealedUpTo} 条（共 ${report.checkpoints} 个）。`);
  if (report.notCompared > 0) {
    lines.push(en ? `${report.notCompared} checkpoints or co-signatures could not be compared: every trace of an entry before them is gone.` : `有 ${report.notCompared} 份检查点或联署无法比对：其之前有记录已无任何痕迹。`);
  }
  for (const { kind, witness, upTo, wallMs, coSignatures, from } of report.witnesses) {
    const beside = from === "beside" ? (en ? ", put beside the file" : "，由验证者另行提供") : "";
    lines.push(
      en
        ? `Entries 1 to ${upTo} are witnessed by ${WITNESS.en[kind]} ${witness}, last on ${sayTime(wallMs, zone, "en")} (${coSignatures} co-signatures${beside}).`
        : `第 1 至 ${upTo} 条由${WITNESS["zh-Hans"][kind]} ${witness} 见证，最近一次为 ${sayTime(wallMs, zone, "zh-Hans")}（${coSignatures} 份联署${beside}）。`,
    );
  }
  if (report.witnessedUpTo < report.entries) {
    const stretch = sayEntries(report.witnessedUpTo + 1, report.entries, language);
    lines.push(
      en
        ? `${stretch}: witnessed by nobody. Who holds the device's key could have written this part anew.`
        : `${stretch}：没有任何见证。持有设备密钥的人可能重写过这一部分。`,
    );
  }
  if (report.witnesses.length > 0) {
    lines.push(en ? "Compare the witnesses' ids with what the hub and the phones show themselves: a forger can invent a witness." : "请将见证方编号与主机和手机自身显示的编号核对：伪造者可以虚构见证方。");
  }
  for (const { seq, size, witness } of report.missingCoSignatures) {
    lines.push(en ? `Entry ${seq} says that ${witness} signed at entry ${size}; that co-signature is not in the file.` : `第 ${seq} 条写明 ${witness} 在第 ${size} 条处签名，但文件中没有该联署。`);
  }
  for (const { state, seq, to } of report.doubtfulTimes) {
    const stretch = sayEntries(seq, to, language);
    if (state === "T2") lines.push(en ? `${stretch}: the time is doubtful (the clock went back, or two clocks disagreed).` : `${stretch}：时间存疑（时钟曾倒退，或两个时钟不一致）。`);
    else lines.push(en ? `${stretch}: the clock had never been confirmed.` : `${stretch}：时钟从未经过确认。`);
  }
  if (report.endedAt !== null) lines.push(en ? `The device was retired with entry ${report.endedAt}.` : `设备已于第 ${report.endedAt} 条停用。`);
  return lines;
}

/** The verdict in one sentence. */
export function sayVerdict(report: VerifyReport, language: Language): string {
  const count = report.findings.length + report.findingsLeftOut;
  if (language === "zh-Hans") return count === 0 ? "全部相符：未发现改动。" : `有 ${count} 处不相符。`;
  if (count === 0) return "Everything fits: no change was found.";
  return count === 1 ? "One thing does not fit." : `${count} things do not fit.`;
}
