import { html, svg, type SVGTemplateResult, type TemplateResult } from "lit";

/** Icons of one hand: 24 units square, drawn with a line of 2, in the colour of the text beside them. They never speak alone. */
function icon(shape: SVGTemplateResult): TemplateResult {
  return html`<svg class="icon" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">${shape}</svg>`;
}

export const iconFace = (): TemplateResult =>
  icon(svg`<path d="M4 8V6a2 2 0 0 1 2-2h2M16 4h2a2 2 0 0 1 2 2v2M20 16v2a2 2 0 0 1-2 2h-2M8 20H6a2 2 0 0 1-2-2v-2"/><path d="M9.2 9.6v.8M14.8 9.6v.8M12 9.6v3h-.8M9 15.2c.8.8 1.8 1.2 3 1.200s2.2-.4 3-1.2"/>`);

/** A face whose lower half is behind a mask. */
export const iconCovered = (): TemplateResult =>
  icon(svg`<path d="M4 10a8 8 0 0 1 16 0v3a8 8 0 0 1-16 0z"/><path d="M9 8.500v.8M15 8.500v.8M4.200 11.500L12 12.500l7.800-1M5.500 17.500L9 15.500h6l3.500 2M9 18.200h6"/>`);

export const iconKeypad = (): TemplateResult =>
  icon(svg`<rect x="4" y="3" width="16" height="18" rx="2.5"/><path d="M8.5 8h.01M12 8h.01M15.5 8h.01M8.5 12h.01M12 12h.01M15.5 12h.01M12 16h.01" stroke-width="2.6"/>`);

export const iconIn = (): TemplateResult => icon(svg`<path d="M14 4h3a2 2 0 0 1 2 2v12a2 2 0 0 1-2 2h-3M4 12h10M10 7.500l4.5 4.500L10 16.5"/>`);

export const iconOut = (): TemplateResult => icon(svg`<path d="M10 4H7a2 2 0 0 0-2 2v12a2 2 0 0 0 2 2h3M10 12h10M15.5 7.500L20 12l-4.5 4.5"/>`);

export const iconCheck = (): TemplateResult => icon(svg`<path d="M5 12.500l4.5 4.500L19 7.5"/>`);

export const iconAgain = (): TemplateResult => icon(svg`<path d="M19.5 12a7.5 7.5 0 1 1-2.4-5.500M19.5 3.500v4h-4"/>`);

export const iconUndo = (): TemplateResult => icon(svg`<path d="M8.5 5L4.5 9l4 4M4.5 9H14a5.5 5.5 0 0 1 0 11h-3"/>`);

export const iconHelp = (): TemplateResult =>
  icon(svg`<circle cx="9" cy="8" r="3.5"/><path d="M2.5 20c.4-3.6 3-6 6.5-6s6.1 2.4 6.5 6"/><path d="M17.5 4.500c1.3 1 2 2.2 2 3.500s-.7 2.5-2 3.5"/>`);

export const iconQuestion = (): TemplateResult =>
  icon(svg`<circle cx="12" cy="12" r="9"/><path d="M9.4 9.400a2.7 2.7 0 1 1 3.9 2.400c-.8.4-1.3 1-1.3 1.900M12 16.800h.01"/>`);

export const iconCare = (): TemplateResult => icon(svg`<path d="M12 4L2.8 19.500h18.400L12 4zM12 10v4.500M12 17h.01"/>`);

export const iconCameraOff = (): TemplateResult =>
  icon(svg`<path d="M3 3l18 18M8.5 6H9l1.5-2h3L15 6h3a2 2 0 0 1 2 2v8.500M17.5 19H6a2 2 0 0 1-2-2V8c0-.9.6-1.7 1.4-1.900M14.8 14.300a3.5 3.5 0 0 1-5-5"/>`);

export const iconOnline = (): TemplateResult => icon(svg`<path d="M7 18.500a4.5 4.5 0 0 1-.3-9 6 6 0 0 1 11.5 1.600A3.8 3.8 0 0 1 17.5 18.500H7zM9 13.800l2 2 4-4"/>`);

export const iconOffline = (): TemplateResult =>
  icon(svg`<path d="M3 3l18 18M6.3 9.600A4.5 4.5 0 0 0 7 18.500h10.500M9.6 6.500a6 6 0 0 1 8.6 4.6 3.8 3.8 0 0 1 2.6 5"/>`);

export const iconLeave = (): TemplateResult => icon(svg`<circle cx="12" cy="6" r="1"/><circle cx="12" cy="12" r="1"/><circle cx="12" cy="18" r="1"/>`);

export const iconLanguage = (): TemplateResult =>
  icon(svg`<circle cx="12" cy="12" r="9"/><path d="M3 12h18M12 3c2.5 2.6 3.8 5.6 3.8 9s-1.3 6.4-3.8 9c-2.5-2.6-3.8-5.6-3.8-9S9.5 5.6 12 3z"/>`);

export const iconBackspace = (): TemplateResult => icon(svg`<path d="M9 5h10a2 2 0 0 1 2 2v10a2 2 0 0 1-2 2H9l-6-7 6-7zM12 9.500l5 5M17 9.500l-5 5"/>`);

export const iconBack = (): TemplateResult => icon(svg`<path d="M10.5 6L4.5 12l6 6M4.5 12H20"/>`);

export const iconClose = (): TemplateResult => icon(svg`<path d="M6 6l12 12M18 6L6 18"/>`);

export const iconNearer = (): TemplateResult =>
  icon(svg`<path d="M4 9V4h5M20 9V4h-5M4 15v5h5M20 15v5h-5"/><path d="M4.5 4.500L9 9M19.5 4.500L15 9M4.5 19.500L9 15M19.5 19.500L15 15"/>`);

export const iconFarther = (): TemplateResult =>
  icon(svg`<path d="M9.5 4.500v5h-5M14.5 4.500v5h5M9.5 19.500v-5h-5M14.5 19.500v-5h5"/><path d="M9 9L3.5 3.500M15 9l5.5-5.500M9 15l-5.5 5.500M15 15l5.5 5.5"/>`);

export const iconLook = (): TemplateResult => icon(svg`<path d="M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12z"/><circle cx="12" cy="12" r="3"/>`);

export const iconPeople = (): TemplateResult =>
  icon(svg`<circle cx="9" cy="8.5" r="3.5"/><path d="M2.5 19.500c.4-3.4 3-5.5 6.5-5.500s6.1 2.1 6.5 5.500M15.5 5.400a3.5 3.5 0 0 1 0 6.200M18 14.500c2 .8 3.3 2.5 3.5 5"/>`);

export const iconMiddle = (): TemplateResult => icon(svg`<path d="M12 3v4M12 17v4M2.5 12H8M5.5 9L8.5 12l-3 3M21.5 12H16M18.5 9l-3 3 3 3"/>`);

export const iconDark = (): TemplateResult => icon(svg`<path d="M19.5 14.500A8 8 0 0 1 9.5 4.500a8 8 0 1 0 10 10z"/>`);

export const iconBright = (): TemplateResult =>
  icon(svg`<circle cx="12" cy="12" r="4"/><path d="M12 2.500v2M12 19.500v2M2.5 12h2M19.5 12h2M5.3 5.300l1.4 1.400M17.3 17.300l1.4 1.400M5.3 18.700l1.4-1.400M17.3 6.700l1.4-1.4"/>`);

export const iconUneven = (): TemplateResult => icon(svg`<circle cx="12" cy="12" r="8.5"/><path d="M12 3.500v17M12 8h7M12 12h8.500M12 16h7"/>`);

export const iconStill = (): TemplateResult => icon(svg`<circle cx="12" cy="12" r="8.5"/><path d="M9.5 9v6M14.5 9v6"/>`);

export const iconPersonAdd = (): TemplateResult =>
  icon(svg`<circle cx="10" cy="8" r="3.5"/><path d="M3 20c.4-3.6 3.2-6 7-6 1.2 0 2.3.2 3.2.7M18 14v6M15 17h6"/>`);

/** A sheet with lines and a small person. */
export const iconRecord = (): TemplateResult => icon(svg`<path d="M6 3h9l4 4v14H6a2 2 0 0 1-2-2V5a2 2 0 0 1 2-2z"/><circle cx="10" cy="10" r="2"/><path d="M7 16c.3-1.800 1.400-2.800 3-2.800s2.700 1 3 2.800M15 11h1.500M15.500 16H17"/>`);

export const iconFreeze = (): TemplateResult => icon(svg`<path d="M12 3v18M4.200 7.500l15.600 9M19.800 7.500l-15.600 9M9.500 4.500L12 7l2.500-2.500M9.500 19.500L12 17l2.500 2.5"/>`);

export const iconErase = (): TemplateResult => icon(svg`<path d="M4 7h16M9.5 7V4.500h5V7M6.500 7l1 13h9l1-13M10.500 11v5.500M13.500 11v5.5"/>`);

export const iconCalendar = (): TemplateResult => icon(svg`<path d="M4 6h16v14H4zM4 10.500h16M8 3.500V8M16 3.500V8M8 14h2M14 14h2M8 17h2"/>`);

/** A sheet and a pen. */
export const iconAsk = (): TemplateResult => icon(svg`<path d="M14 4H6v16h12v-7M9 9h4M9 13h2"/><path d="M13 13.500l6.500-6.500 1.800 1.800-6.500 6.500-2.300.5z"/>`);

/** A sun over water: days off. */
export const iconLeaveDays = (): TemplateResult => icon(svg`<path d="M7 15a5 5 0 0 1 10 0M12 5V3M4.500 8L6 9.500M19.500 8L18 9.500M2.500 15h19M5 19c1.500-1.300 3-1.300 4.500 0s3.500 1.300 5 0 3-1.300 4.500 0"/>`);

export const iconMessage = (): TemplateResult => icon(svg`<path d="M3.500 6h17v12h-17zM3.500 7l8.500 6.500L20.500 7"/>`);

export const iconSay = (): TemplateResult => icon(svg`<path d="M4 5h16v11h-8.500L7 20v-4H4zM8 9h8M8 12h5"/>`);

export const iconConsent = (): TemplateResult => icon(svg`<path d="M6 3h9l4 4v14H6zM9 10h7M9 13.500h7M9 17.500l1.500 1.500 3-3"/>`);

/** A card on a ribbon with a code. */
export const iconBadge = (): TemplateResult => icon(svg`<path d="M5 7h14v14H5zM9 7l-2-4M15 7l2-4M8 10.500h3v3H8zM13.500 10.500h2.500M13.500 13h2.500M8 17h2M12 17h1.500M15.500 17h.500"/>`);
