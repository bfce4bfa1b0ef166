/** From so many people on, processing their faces is filed with the authority: 人脸识别技术应用安全管理办法, article 15. */
export const FILING_PEOPLE = 100_000;

/** No company has more. */
export const ELSEWHERE_AT_MOST = 100_000_000;

/** Part of {@link FILING_PEOPLE} at which it is told, in percent. */
export const FILING_LEVELS = [80, 95, 100] as const;
export type FilingLevel = (typeof FILING_LEVELS)[number];

export interface FilingCount {
  /** People with a face on this tablet. */
  readonly here: number;
  /** People whose faces other systems of the same company hold, as the operator says. */
  readonly elsewhere: number;
}

/** The highest level that was reached; null below the first. */
export function filingLevel({ here, elsewhere }: FilingCount): FilingLevel | null {
  const percent = ((here + elsewhere) / FILING_PEOPLE) * 100;
  return FILING_LEVELS.findLast((level) => percent >= level) ?? null;
}
