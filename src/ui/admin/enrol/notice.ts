import type { Locale } from "../../../domain/people/types.ts";

/** Goes into every consent. A change of any sentence below is a new version; consents to earlier ones stay as they are. */
export const NOTICE_VERSION = "2026.11.2";

export interface NoticeSection {
  readonly heading: string;
  readonly paragraphs: readonly string[];
}

export interface NoticeFacts {
  readonly organisation: string;
  readonly siteName: string;
  /** Whom to ask; may be empty. */
  readonly helpContact: string;
}

/**
 * What a person is told before the camera opens. Kept out of the message catalogue because it is read in the person's own
 * language, which need not be the administrator's, and because its version stands for both languages at once.
 */
export function notice(locale: Locale, facts: NoticeFacts): readonly NoticeSection[] {
  return locale === "zh-Hans" ? chinese(facts) : english(facts);
}

export function consentSentence(locale: Locale, name: string, organisation: string): string {
  return locale === "zh-Hans"
    ? `我是${name}，已阅读以上告知，同意${organisation}为考勤打卡处理我的人脸特征。`
    : `I am ${name}. I have read this notice and consent to ${organisation} processing the features of my face to record my attendance.`;
}

function english({ organisation, siteName, helpContact }: NoticeFacts): readonly NoticeSection[] {
  const contact = helpContact === "" ? organisation : helpContact;
  return [
    { heading: "What for", paragraphs: [`${organisation} records at ${siteName} when people come and go. Your face is used to recognise you for that, and for nothing else: not for your mood, your age, your performance or anything besides.`] },
    {
      heading: "How",
      paragraphs: [
        "The camera takes five views of your face. The tablet works out features from them: rows of numbers that tell faces apart. When somebody stands in front of the kiosk, their features are compared with those of everyone enrolled. The tablet also checks that a live person is there and not a picture.",
      ],
    },
    { heading: "What is kept", paragraphs: ["The features, encrypted. No photograph and no video is kept, neither now nor at a punch."] },
    { heading: "Where", paragraphs: ["On this tablet. When it is replaced, your organisation may move your features to another tablet of its own, in an encrypted file that is good for seven days. They are sent nowhere else. Punches (who, when, in or out) may go to your organisation's own server."] },
    { heading: "How long", paragraphs: ["Until you withdraw your consent or leave the organisation; then the features are erased at once. Punches already recorded stay, as the law on working time asks."] },
    {
      heading: "Risks",
      paragraphs: [
        "A face cannot be changed like a password. Who stole this tablet and broke its protection could try to use the features to find you in pictures. The tablet can also fail to know you, or rarely take you for somebody else; every punch shows your name and can be undone with “not me”.",
      ],
    },
    {
      heading: "Your rights",
      paragraphs: [`You may see your records, have them corrected, get a copy, complain to the data protection authority, and withdraw this consent at any time without giving a reason. It takes one step. Ask ${contact}.`],
    },
    { heading: "The other way", paragraphs: ["You may say no. Then you punch with your employee number and a PIN, at the same kiosk, with the same standing: nothing in your pay, your times or any report is different."] },
  ];
}

function chinese({ organisation, siteName, helpContact }: NoticeFacts): readonly NoticeSection[] {
  const contact = helpContact === "" ? organisation : helpContact;
  return [
    { heading: "用来做什么", paragraphs: [`${organisation}在${siteName}记录人员的上下班时间。您的人脸只用于打卡时认出您，不用于分析情绪、年龄、表现或其他任何目的。`] },
    {
      heading: "怎么做",
      paragraphs: ["摄像头会从五个角度拍摄您的脸，平板由此算出人脸特征，也就是一组能区分不同人脸的数字。有人站到打卡机前时，平板把其特征与已登记人员的特征比对，并检查面前是真人而不是照片。"],
    },
    { heading: "保存什么", paragraphs: ["只保存加密后的人脸特征。无论现在还是打卡时，都不保存照片和视频。"] },
    { heading: "保存在哪里", paragraphs: ["在这台平板上。更换平板时，本单位可能会用七天内有效的加密文件把您的人脸特征转移到本单位的另一台平板；除此之外不会发送到任何地方。打卡记录（谁、什么时间、签到或签退）可能会送到本单位自己的服务器。"] },
    { heading: "保存多久", paragraphs: ["直到您撤回同意或离职，届时人脸特征立即删除。已有的打卡记录按照工时方面的法律规定继续保存。"] },
    {
      heading: "有什么风险",
      paragraphs: ["人脸不能像密码那样更换。如果有人偷走平板并攻破保护，可能会试图用特征在照片中找到您。平板也可能认不出您，偶尔会把您认成别人；每次打卡都会显示姓名，点“不是我”即可撤销。"],
    },
    { heading: "您的权利", paragraphs: [`您可以查看自己的记录，要求更正、取得副本，向主管部门投诉，也可以随时撤回同意，不需要理由，一步即可完成。请联系：${contact}。`] },
    { heading: "另一种方式", paragraphs: ["您可以不同意。您可以在同一台打卡机上用工号和密码打卡，效力完全相同，工资、考勤和任何报表都没有差别。"] },
  ];
}
