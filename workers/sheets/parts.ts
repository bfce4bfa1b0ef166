const MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE = "http://schemas.openxmlformats.org/package/2006";
const TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml";
export const XML_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
/** Neither XML nor a spreadsheet has a place for those: control characters and halves of characters. */
const NOT_TEXT = /[^\P{Cc}\t\n\r]|\p{Cs}|[\ufffe\uffff]/gu;
/** What a spreadsheet takes at most. */
const CELL_MAX_CHARACTERS = 32_767;
const NAME_MAX_CHARACTERS = 31;

export function escaped(text: string): string {
  return text.slice(0, CELL_MAX_CHARACTERS).replace(NOT_TEXT, "").replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}

/** Places in the list of formats of {@link STYLES}. */
export const STYLE = { plain: 0, heading: 1, day: 2, time: 3, hours: 4, decimal: 5, count: 6, boldHours: 7, boldDecimal: 8, boldCount: 9 } as const;

const cellFormat = (format: number, font: 0 | 1, fill: 0 | 2 = 0): string => `<xf numFmtId="${format}" fontId="${font}" fillId="${fill}" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1"/>`;

/** 1 and 2 are built in: `0` and `0.00`. */
const STYLES = `${XML_HEAD}<styleSheet xmlns="${MAIN}"><numFmts count="3"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/><numFmt numFmtId="165" formatCode="yyyy\\-mm\\-dd\\ hh:mm:ss"/><numFmt numFmtId="166" formatCode="[h]:mm"/></numFmts><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid"><fgColor rgb="FFE8EEF2"/></patternFill></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="10">${[
  cellFormat(0, 0),
  cellFormat(0, 1, 2),
  cellFormat(164, 0),
  cellFormat(165, 0),
  cellFormat(166, 0),
  cellFormat(2, 0),
  cellFormat(1, 0),
  cellFormat(166, 1),
  cellFormat(2, 1),
  cellFormat(1, 1),
].join("")}</cellXfs></styleSheet>`;

/** A sheet's name as spreadsheets take it. */
function sheetName(name: string): string {
  const usable = name.replaceAll(/[[\]:*?/\\']/g, " ").trim().slice(0, NAME_MAX_CHARACTERS);
  return escaped(usable === "" ? "Sheet" : usable);
}

/** Everything of a workbook but its two sheets, by path. */
export function frame(first: string, second: string): Readonly<Record<string, string>> {
  const sheets = [first, second === first ? `${second} 2` : second];
  return {
    "[Content_Types].xml": `${XML_HEAD}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${TYPE}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${TYPE}.styles+xml"/>${sheets.map((_, index) => `<Override PartName="/xl/worksheets/sheet${index + 1}.xml" ContentType="${TYPE}.worksheet+xml"/>`).join("")}</Types>`,
    "_rels/.rels": `${XML_HEAD}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    "xl/workbook.xml": `${XML_HEAD}<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><sheets>${sheets.map((name, index) => `<sheet name="${sheetName(name)}" sheetId="${index + 1}" r:id="rId${index + 1}"/>`).join("")}</sheets></workbook>`,
    "xl/_rels/workbook.xml.rels": `${XML_HEAD}<Relationships xmlns="${PACKAGE}/relationships">${sheets.map((_, index) => `<Relationship Id="rId${index + 1}" Type="${RELATIONS}/worksheet" Target="worksheets/sheet${index + 1}.xml"/>`).join("")}<Relationship Id="rId3" Type="${RELATIONS}/styles" Target="styles.xml"/></Relationships>`,
    "xl/styles.xml": STYLES,
  };
}

export const SHEET_OPEN = `${XML_HEAD}<worksheet xmlns="${MAIN}">`;
export const SHEET_CLOSE = "</worksheet>";
