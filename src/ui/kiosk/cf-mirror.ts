import { LitElement, css, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, query } from "lit/decorators.js";

import type { FaceOutline } from "../../app/api/kiosk.ts";
import { iconFace } from "../components/icons.ts";
import { ovalRound, restingOval, type Size } from "./mirror-geometry.ts";

/** How the picture stands behind what is said: softly dimmed, bright, or far back behind an outcome. */
export type MirrorMood = "dimmed" | "bright" | "back";

/** Size at which the oval is drawn before it is placed by a transform, pixels. */
const DRAWN: Size = { width: 304, height: 400 };

/**
 * The camera's picture as in a mirror, with an oval that follows the face.
 *
 * @summary Placing the oval is one transform: {@link CfMirror.follow} may be called for every frame.
 * @slot - What stands over the picture.
 */
@customElement("cf-mirror")
export class CfMirror extends LitElement {
  static override readonly styles = css`
    :host {
      --stroke: 8px;
      position: relative;
      display: block;
      overflow: hidden;
      border-radius: var(--cf-radius-large);
      background: var(--cf-sunken);
      contain: strict;
    }

    :host([hidden]) {
      display: none;
    }

    video {
      position: absolute;
      inset: 0;
      inline-size: 100%;
      block-size: 100%;
      object-fit: cover;
      transform: scaleX(-1);
    }

    .veil {
      position: absolute;
      inset: 0;
      background: var(--cf-ground);
      opacity: 0;
      transition: opacity var(--cf-motion) var(--cf-ease);
    }

    :host([mood="dimmed"]) .veil {
      opacity: 0.42;
    }

    :host([mood="back"]) .veil {
      opacity: 0.78;
    }

    .oval {
      position: absolute;
      inset-block-start: 0;
      inset-inline-start: 0;
      inline-size: 304px;
      block-size: 400px;
      overflow: visible;
      fill: none;
      opacity: 0;
      transform-origin: 0 0;
      will-change: transform;
      transition:
        opacity var(--cf-motion) var(--cf-ease),
        transform 120ms linear;
    }

    .oval.shown {
      opacity: 1;
    }

    /* White inside a dark edge is seen on any face and any wall. */
    .edge {
      stroke: rgb(0 0 0 / 55%);
      stroke-width: calc((var(--stroke) + 6px) / var(--scale, 1));
    }

    .line {
      stroke: #ffffff;
      stroke-width: calc(var(--stroke) / var(--scale, 1));
    }

    .inviting .line {
      stroke-dasharray: 0.02 0.03;
      stroke-linecap: round;
    }

    .inviting .edge {
      stroke: rgb(0 0 0 / 28%);
    }

    .ring {
      stroke: var(--ring, #7fe0ae);
      stroke-width: calc((var(--stroke) + 5px) / var(--scale, 1));
      stroke-linecap: round;
      stroke-dasharray: 1 1.1;
      stroke-dashoffset: var(--open, 1);
      opacity: 0;
      transition: stroke-dashoffset 120ms linear;
    }

    .closing .ring {
      opacity: 1;
    }

    .closing .line {
      opacity: 0.55;
    }

    .nothing {
      position: absolute;
      inset: 0;
      display: grid;
      place-items: center;
      color: var(--cf-ink-quiet);
      opacity: 0.45;
    }

    .nothing .icon {
      inline-size: 34%;
      aspect-ratio: 1;
      stroke-width: 0.8;
    }

    .over {
      position: absolute;
      inset: 0;
      display: grid;
      place-items: center;
    }

    @media (prefers-reduced-motion: reduce) {
      .oval,
      .ring,
      .veil {
        transition: none;
      }
    }
  `;

  @property({ attribute: false }) stream: MediaStream | null = null;

  @property({ reflect: true }) mood: MirrorMood = "dimmed";

  /** Shows the oval: round the face, or in the middle where none is seen. */
  @property({ type: Boolean }) outlined = false;

  @query("video") private readonly video!: HTMLVideoElement | null;

  @query(".oval") private readonly oval!: SVGSVGElement;

  #face: FaceOutline | undefined;
  #progress: number | undefined;
  #box: Size = { width: 0, height: 0 };
  #frame: Size = { width: 4, height: 3 };

  readonly #sizes = new ResizeObserver(([entry]) => {
    if (entry === undefined) return;
    this.#box = { width: entry.contentRect.width, height: entry.contentRect.height };
    this.#place();
  });

  /** Moves the oval to `face`, and closes its ring to `progress` (0..1). Both undefined: back to the middle, no ring. */
  follow(face: FaceOutline | undefined, progress: number | undefined): void {
    this.#face = face;
    this.#progress = progress;
    if (this.hasUpdated) this.#place();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#sizes.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#sizes.disconnect();
  }

  override updated(changed: PropertyValues<this>): void {
    if (changed.has("stream") && this.video !== null && this.video.srcObject !== this.stream) {
      this.video.srcObject = this.stream;
      // Muted pictures may always play; where not, the first frame still shows.
      if (this.stream !== null) this.video.play().catch(() => undefined);
    }
    this.#place();
  }

  #place(): void {
    const { width, height } = this.#box;
    if (width === 0 || height === 0) return;
    this.oval.classList.toggle("shown", this.outlined);
    // Fades where it is: an oval that goes back to the middle while it goes would draw the eye.
    if (!this.outlined) return;
    const oval = this.#face === undefined ? restingOval(this.#box) : ovalRound(this.#face, this.#frame, this.#box);
    const scale = oval.height / DRAWN.height;
    const { style, classList } = this.oval;
    style.transform = `translate(${oval.x - (DRAWN.width * scale) / 2}px, ${oval.y - oval.height / 2}px) scale(${scale})`;
    style.setProperty("--scale", String(scale));
    style.setProperty("--open", String(1 - Math.min(1, Math.max(0, this.#progress ?? 0))));
    classList.toggle("inviting", this.#face === undefined && this.#progress === undefined);
    classList.toggle("closing", this.#progress !== undefined);
  }

  readonly #measureFrame = (event: Event): void => {
    const { videoWidth, videoHeight } = event.currentTarget as HTMLVideoElement;
    if (videoWidth === 0 || videoHeight === 0) return;
    this.#frame = { width: videoWidth, height: videoHeight };
    this.#place();
  };

  override render(): TemplateResult {
    return html`
      ${this.stream === null
        ? this.mood === "back"
          ? nothing
          : html`<div class="nothing">${iconFace()}</div>`
        : html`<video .muted=${true} autoplay playsinline disablepictureinpicture aria-hidden="true" tabindex="-1" @loadedmetadata=${this.#measureFrame} @resize=${this.#measureFrame}></video>`}
      <div class="veil"></div>
      <svg class="oval" viewBox="0 0 304 400" aria-hidden="true">
        <ellipse class="edge" cx="152" cy="200" rx="152" ry="200" pathLength="1" />
        <ellipse class="line" cx="152" cy="200" rx="152" ry="200" pathLength="1" />
        <path class="ring" d="M152 0 A152 200 0 0 1 152 400 A152 200 0 0 1 152 0" pathLength="1" />
      </svg>
      <div class="over"><slot></slot></div>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "cf-mirror": CfMirror;
  }
}
