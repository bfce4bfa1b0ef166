/** What the parts of the kiosk ask of `cf-kiosk`. All bubble out of their shadow roots. */
export type KioskWish = "cf-open-pin" | "cf-open-badge" | "cf-open-number" | "cf-dismiss" | "cf-change-direction" | "cf-not-me" | "cf-touched" | "cf-beckon" | "cf-open-own" | "cf-open-list";

export class KioskWishEvent extends CustomEvent<null> {
  constructor(wish: KioskWish) {
    super(wish, { detail: null, bubbles: true, composed: true });
  }
}

declare global {
  interface HTMLElementEventMap {
    "cf-open-pin": KioskWishEvent;
    "cf-open-badge": KioskWishEvent;
    "cf-open-number": KioskWishEvent;
    "cf-dismiss": KioskWishEvent;
    "cf-change-direction": KioskWishEvent;
    "cf-not-me": KioskWishEvent;
    "cf-touched": KioskWishEvent;
    "cf-beckon": KioskWishEvent;
    "cf-open-own": KioskWishEvent;
    "cf-open-list": KioskWishEvent;
  }
}
