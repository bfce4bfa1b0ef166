import { svg, html, type TemplateResult } from "lit";
import { encode } from "uqr";

/** Modules of nothing around the code that readers need. */
const QUIET = 4;

/** A QR code as drawn paths: always dark on light, whatever the theme, for readers know no other. */
export function qrCode(text: string, label: string): TemplateResult {
  const { size, data } = encode(text, { border: 0 });
  const path = data.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x + QUIET} ${y + QUIET}h1v1h-1z`] : []))).join("");
  const whole = size + 2 * QUIET;
  return html`<svg class="qr" role="img" aria-label=${label} viewBox="0 0 ${whole} ${whole}" shape-rendering="crispEdges">
    ${svg`<rect width=${whole} height=${whole} fill="#fff"></rect><path d=${path} fill="#000"></path>`}
  </svg>`;
}
