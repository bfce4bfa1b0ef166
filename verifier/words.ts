import type { PackageFault } from "../src/domain/log/package.ts";
import type { Language } from "../src/ui/admin/audit/findings.ts";

export interface Words {
  readonly title: string;
  /** By the id of the element that shows them. */
  readonly texts: Readonly<Record<string, string>>;
  readonly badWitness: string;
  readonly faults: Readonly<Record<PackageFault, string>>;
  reading(entries: string): string;
  looks(count: number): string;
}

export const WORDS: Readonly<Record<Language, Words>> = {
  en: {
    title: "Clockface verifier",
    texts: {
      title: "Verify an auditor's package",
      intro: "This page checks a .clockface-audit file on this computer. It asks no network and keeps nothing.",
      choose: "Drop the file here, or choose it:",
      "beside-label": "Co-signatures that the hub or a phone gave you itself (npm run hub -- witness), one a line. With them, a roll back is seen that the file alone cannot show.",
      again: "Check again",
      language: "中文",
    },
    badWitness: "One of the texts is no co-signature. Copy it whole: it begins with clockface-cosigned1~.",
    faults: {
      "not-a-package": "This is no auditor's package, or it was damaged on the way.",
      "other-version": "This package was made by another version. Use the verifier of that version.",
      malformed: "The package is damaged: a part of it cannot be read.",
      "cut-short": "The file ends in the middle: it was not copied whole.",
    },
    reading: (entries) => `${entries} entries read …`,
    looks: (count) => `Who looked at whom (${count})`,
  },
  "zh-Hans": {
    title: "Clockface 验证",
    texts: {
      title: "验证审计包",
      intro: "本页面在这台电脑上核对 .clockface-audit 文件，不联网，也不保存任何内容。",
      choose: "将文件拖到这里，或选择文件：",
      "beside-label": "主机或手机直接交给您的联署（npm run hub -- witness），每行一份。有了它们，就能发现仅凭文件看不出的回退。",
      again: "重新核对",
      language: "English",
    },
    badWitness: "其中有一段文本不是联署。请完整复制以 clockface-cosigned1~ 开头的文本。",
    faults: {
      "not-a-package": "这不是审计包，或在传输中损坏。",
      "other-version": "该审计包由其他版本制作，请使用对应版本的验证页面。",
      malformed: "审计包已损坏：有一部分无法读取。",
      "cut-short": "文件在中途结束：没有完整复制。",
    },
    reading: (entries) => `已读取 ${entries} 条…`,
    looks: (count) => `谁查看了谁（${count}）`,
  },
};
