import { localized, msg } from "@lit/localize";
import { LitElement, css, html, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";

import type { Administration, SiteSettings } from "../../app/api/administration.ts";
import type { Kiosk } from "../../app/api/kiosk.ts";
import type { SelfService } from "../../app/own-record/self-service.ts";
import { failure } from "../../domain/errors.ts";
import "../kiosk/cf-kiosk.ts";
import { Subject } from "../../app/observable.ts";
import { followTheme, type ThemeChoice } from "../styles/theme.ts";
import "./start-failed.ts";
import "./welcome.ts";

/** Whoever came from the kiosk without its PIN and is not signed in is taken back there after so long without a touch, milliseconds. */
const VISIT_IDLE_MS = 60_000;

const SYSTEM_THEME = new Subject<ThemeChoice>("system");

/** What stands at an address. */
type Place = "kiosk" | "practice" | "administration" | "me" | "welcome";

function placeAt(pathname: string, isSetUp: boolean): Place {
  if (pathname === "/practice") return "practice";
  if (pathname === "/admin" || pathname.startsWith("/admin/")) return "administration";
  if (!isSetUp) return "welcome";
  return pathname === "/me" ? "me" : "kiosk";
}

/** @summary The whole app: shows the kiosk, practice, administration or the first page, by address. */
@customElement("cf-app")
@localized()
export class App extends LitElement {
  static override styles = css`
    :host {
      display: block;
    }

    .loading {
      display: grid;
      place-items: center;
      min-block-size: 100vh;
      margin: 0;
      color: var(--cf-ink-quiet);
      font-size: 20px;
      /* What is there at once needs no word. */
      animation: appear var(--cf-motion) 400ms both;
    }

    @keyframes appear {
      from {
        opacity: 0;
      }
    }
  `;

  @property({ attribute: false }) kiosk!: Kiosk;

  @property({ attribute: false }) administration!: Administration;

  @property({ attribute: false }) selfService: SelfService | null = null;

  @state() private settings: SiteSettings | null = null;

  @state() private place: Place = "welcome";

  @state() private selfServiceIs: "not-asked-for" | "loading" | "loaded" | "failed" = "not-asked-for";

  @state() private administrationIs: "not-asked-for" | "loading" | "loaded" | "failed" = "not-asked-for";

  #unsubscribe: () => void = () => undefined;
  #stopTheme: () => void = () => undefined;
  #running: "live" | "practice" | null = null;
  /** Runs while a supervisor who came from the kiosk is in administration. */
  #visit: ReturnType<typeof setTimeout> | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.settings = this.administration.setup.settings.value;
    this.#unsubscribe = this.administration.setup.settings.subscribe((settings) => {
      this.settings = settings;
      this.#arrive();
    });
    window.addEventListener("popstate", this.#arrive);
    this.#arrive();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#unsubscribe();
    window.removeEventListener("popstate", this.#arrive);
    this.#endVisit();
    this.#stopTheme();
    this.#run();
  }

  readonly #arrive = (): void => {
    this.place = placeAt(location.pathname, this.settings !== null);
    if (this.#mode === null) this.#run();
    // Whoever held the camera before lets go of it when its element is gone.
    else void this.updateComplete.then(() => this.#run());
    this.#followSystemTheme();
    if (this.place === "administration") void this.#loadAdministration();
    else this.#endVisit();
    if (this.place === "me") void this.#loadSelfService();
  };

  get #mode(): "live" | "practice" | null {
    if (!this.isConnected) return null;
    return this.place === "kiosk" ? "live" : this.place === "practice" ? "practice" : null;
  }

  /** Only the kiosk and practice hold the camera; whoever leaves lets go of it. */
  #run(): void {
    const mode = this.#mode;
    if (mode === this.#running) return;
    this.#running = mode;
    void (mode === null ? this.kiosk.stop() : this.kiosk.start(mode));
  }

  /** At the door the kiosk looks after light and dark by the clock; everywhere else the system decides. */
  #followSystemTheme(): void {
    this.#stopTheme();
    this.#stopTheme = this.#mode === null ? followTheme(SYSTEM_THEME, () => new Date().getHours()) : (): void => undefined;
  }

  async #loadAdministration(): Promise<void> {
    if (this.administrationIs === "loading" || this.administrationIs === "loaded") return;
    this.administrationIs = "loading";
    try {
      await import("../admin/cf-admin.ts");
      this.administrationIs = "loaded";
    } catch {
      // Neither the network nor the store of the service worker has it.
      this.administrationIs = "failed";
    }
  }

  async #loadSelfService(): Promise<void> {
    if (this.selfServiceIs === "loading" || this.selfServiceIs === "loaded") return;
    this.selfServiceIs = "loading";
    try {
      await import("../self-service/cf-self-service.ts");
      this.selfServiceIs = "loaded";
    } catch {
      // Neither the network nor the store of the service worker has it.
      this.selfServiceIs = "failed";
    }
  }

  #go(path: string): void {
    history.pushState(null, "", path);
    this.#arrive();
  }

  readonly #navigate = (event: CustomEvent<string>): void => this.#go(event.detail);

  readonly #leave = (): void => this.#go(this.place === "practice" ? "/" : "/admin");

  /** The kiosk is not left for good: people go on punching there once the supervisor is done. */
  readonly #attest = (): void => {
    this.#go("/admin/attest");
    window.addEventListener("pointerdown", this.#visiting);
    window.addEventListener("keydown", this.#visiting);
    this.#visiting();
  };

  readonly #visiting = (): void => {
    clearTimeout(this.#visit);
    this.#visit = setTimeout(() => {
      if (this.administration.sessions.current.value === null) this.#go("/");
      else this.#visiting();
    }, VISIT_IDLE_MS);
  };

  #endVisit(): void {
    clearTimeout(this.#visit);
    window.removeEventListener("pointerdown", this.#visiting);
    window.removeEventListener("keydown", this.#visiting);
  }

  #kiosk(): TemplateResult {
    return html`<cf-kiosk
      .kiosk=${this.kiosk}
      .volume=${this.settings?.volume ?? 1}
      .speech=${this.settings?.speech ?? false}
      @cf-leave=${this.#leave}
      @cf-open-list=${this.#attest}
    ></cf-kiosk>`;
  }

  #administration(): TemplateResult {
    switch (this.administrationIs) {
      case "not-asked-for":
      case "loading":
        return html`<p class="loading" role="status">${msg("One moment", { id: "app.loading" })}</p>`;
      case "loaded":
        return html`<cf-admin .administration=${this.administration}></cf-admin>`;
      case "failed":
        return html`<cf-start-failed .failure=${failure("app/administration-not-loaded")}></cf-start-failed>`;
    }
  }

  #me(): TemplateResult {
    if (this.selfServiceIs === "failed") return html`<cf-start-failed .failure=${failure("app/administration-not-loaded")}></cf-start-failed>`;
    if (this.selfServiceIs !== "loaded") return html`<p class="loading" role="status">${msg("One moment", { id: "app.loading" })}</p>`;
    return html`<cf-self-service .service=${this.selfService} .settings=${this.settings}></cf-self-service>`;
  }

  override render(): TemplateResult {
    switch (this.place) {
      case "me":
        return this.#me();
      case "kiosk":
      case "practice":
        return this.#kiosk();
      case "welcome":
        return html`<cf-welcome @cf-navigate=${this.#navigate}></cf-welcome>`;
      case "administration":
        return this.#administration();
    }
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "cf-app": App;
  }
}
