import { localized } from "@lit/localize";
import { LitElement, css, html, nothing, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";

import type { Administration, SiteSettings } from "../../app/api/administration.ts";
import type { Kiosk } from "../../app/api/kiosk.ts";
import "../kiosk/cf-kiosk.ts";
import { Subject } from "../../app/observable.ts";
import { followTheme, type ThemeChoice } from "../styles/theme.ts";
import "./welcome.ts";

const SYSTEM_THEME = new Subject<ThemeChoice>("system");

/** What stands at an address. */
type Place = "kiosk" | "practice" | "administration" | "welcome";

function placeAt(pathname: string, isSetUp: boolean): Place {
  if (pathname === "/practice") return "practice";
  if (pathname === "/admin" || pathname.startsWith("/admin/")) return "administration";
  return isSetUp ? "kiosk" : "welcome";
}

/** @summary The whole app: shows the kiosk, practice, administration or the first page, by address. */
@customElement("cf-app")
@localized()
export class App extends LitElement {
  static override styles = css`
    :host {
      display: block;
    }
  `;

  @property({ attribute: false }) kiosk!: Kiosk;

  @property({ attribute: false }) administration!: Administration;

  @state() private settings: SiteSettings | null = null;

  @state() private place: Place = "welcome";

  @state() private administrationLoaded = false;

  #unsubscribe: () => void = () => undefined;
  #stopTheme: () => void = () => undefined;
  #running: "live" | "practice" | null = null;

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
    await import("../admin/cf-admin.ts");
    this.administrationLoaded = true;
  }

  #go(path: string): void {
    history.pushState(null, "", path);
    this.#arrive();
  }

  readonly #navigate = (event: CustomEvent<string>): void => this.#go(event.detail);

  readonly #leave = (): void => this.#go(this.place === "practice" ? "/" : "/admin");

  #kiosk(): TemplateResult {
    return html`<cf-kiosk
      .kiosk=${this.kiosk}
      .volume=${this.settings?.volume ?? 1}
      .speech=${this.settings?.speech ?? false}
      @cf-leave=${this.#leave}
    ></cf-kiosk>`;
  }

  override render(): TemplateResult | typeof nothing {
    switch (this.place) {
      case "kiosk":
      case "practice":
        return this.#kiosk();
      case "welcome":
        return html`<cf-welcome @cf-navigate=${this.#navigate}></cf-welcome>`;
      case "administration":
        return this.administrationLoaded ? html`<cf-admin .administration=${this.administration}></cf-admin>` : nothing;
    }
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "cf-app": App;
  }
}
