import { css } from "lit";

/** The component library's tokens, made of ours: one place where the two meet, and no global style sheet of theirs. */
export const theme = css`
  :host {
    --wa-font-family-body: var(--cf-font);
    --wa-font-size-xs: 13px;
    --wa-font-size-s: 14px;
    --wa-font-size-m: 16px;
    --wa-font-size-l: 19px;
    --wa-font-size-xl: 24px;
    --wa-font-size-smaller: 0.875em;
    --wa-font-weight-action: 600;
    --wa-font-weight-heading: 650;
    --wa-font-weight-semibold: 600;
    --wa-line-height-condensed: 1.25;

    --wa-space-2xs: 4px;
    --wa-space-xs: 8px;
    --wa-space-s: 12px;
    --wa-space-m: 16px;
    --wa-space-l: 24px;
    --wa-space-xl: 32px;
    --wa-space-2xl: 40px;
    --wa-spacing-xs: 8px;

    --wa-border-style: solid;
    --wa-border-width-s: 1px;
    --wa-border-width-l: 3px;
    --wa-border-radius-s: 4px;
    --wa-border-radius-m: 8px;
    --wa-border-radius-l: 16px;
    --wa-border-radius-pill: 999px;
    --wa-panel-border-style: solid;
    --wa-panel-border-width: 1px;
    --wa-panel-border-radius: 16px;

    --wa-shadow-m: var(--cf-shadow);
    --wa-shadow-l: var(--cf-shadow);
    --wa-transition-easing: var(--cf-ease);
    --wa-transition-fast: 80ms;
    --wa-transition-normal: 150ms;
    --wa-transition-slow: var(--cf-motion);
    --wa-button-transform-hover: none;
    --wa-button-transform-active: none;

    --wa-focus-ring-style: solid;
    --wa-focus-ring-width: 3px;
    --wa-focus-ring: solid 3px var(--cf-focus);
    --wa-focus-ring-offset: 2px;

    --wa-color-focus: var(--cf-focus);
    --wa-color-mix-hover: var(--cf-ink) 8%;
    --wa-color-mix-active: var(--cf-ink) 16%;
    --wa-color-overlay-modal: rgb(0 0 0 / 55%);
    --wa-color-surface-default: var(--cf-raised);
    --wa-color-surface-raised: var(--cf-raised);
    --wa-color-surface-border: var(--cf-line);
    --wa-color-text-normal: var(--cf-ink);
    --wa-color-text-quiet: var(--cf-ink-quiet);
    --wa-color-text-link: var(--cf-accent);

    --wa-color-neutral-fill-quiet: var(--cf-sunken);
    --wa-color-neutral-fill-normal: var(--cf-sunken);
    --wa-color-neutral-fill-loud: var(--cf-ink);
    --wa-color-neutral-border-quiet: var(--cf-line);
    --wa-color-neutral-border-normal: var(--cf-line);
    --wa-color-neutral-border-loud: var(--cf-edge);
    --wa-color-neutral-on-quiet: var(--cf-ink);
    --wa-color-neutral-on-normal: var(--cf-ink);
    --wa-color-neutral-on-loud: var(--cf-ground);

    --wa-color-brand-fill-quiet: var(--cf-accent-ground);
    --wa-color-brand-fill-normal: var(--cf-accent-ground);
    --wa-color-brand-fill-loud: var(--cf-accent);
    --wa-color-brand-border-quiet: var(--cf-line);
    --wa-color-brand-border-normal: var(--cf-edge);
    --wa-color-brand-border-loud: var(--cf-accent);
    --wa-color-brand-on-quiet: var(--cf-accent);
    --wa-color-brand-on-normal: var(--cf-accent);
    --wa-color-brand-on-loud: var(--cf-on-accent);

    --wa-color-success-fill-quiet: var(--cf-good-ground);
    --wa-color-success-fill-normal: var(--cf-good-ground);
    --wa-color-success-fill-loud: var(--cf-good);
    --wa-color-success-border-quiet: var(--cf-line);
    --wa-color-success-border-normal: var(--cf-edge);
    --wa-color-success-border-loud: var(--cf-good);
    --wa-color-success-on-quiet: var(--cf-good);
    --wa-color-success-on-normal: var(--cf-good);
    --wa-color-success-on-loud: var(--cf-on-good);

    --wa-color-warning-fill-quiet: var(--cf-care-ground);
    --wa-color-warning-fill-normal: var(--cf-care-ground);
    --wa-color-warning-fill-loud: var(--cf-care);
    --wa-color-warning-border-quiet: var(--cf-line);
    --wa-color-warning-border-normal: var(--cf-edge);
    --wa-color-warning-border-loud: var(--cf-care);
    --wa-color-warning-on-quiet: var(--cf-care);
    --wa-color-warning-on-normal: var(--cf-care);
    --wa-color-warning-on-loud: var(--cf-on-care);

    --wa-color-danger-fill-quiet: var(--cf-care-ground);
    --wa-color-danger-fill-normal: var(--cf-care-ground);
    --wa-color-danger-fill-loud: var(--cf-care);
    --wa-color-danger-border-quiet: var(--cf-line);
    --wa-color-danger-border-normal: var(--cf-edge);
    --wa-color-danger-border-loud: var(--cf-care);
    --wa-color-danger-on-quiet: var(--cf-care);
    --wa-color-danger-on-normal: var(--cf-care);
    --wa-color-danger-on-loud: var(--cf-on-care);

    --wa-color-fill-quiet: var(--cf-sunken);
    --wa-color-fill-normal: var(--cf-sunken);
    --wa-color-fill-loud: var(--cf-ink);
    --wa-color-border-quiet: var(--cf-line);
    --wa-color-border-normal: var(--cf-line);
    --wa-color-border-loud: var(--cf-edge);
    --wa-color-on-quiet: var(--cf-ink);
    --wa-color-on-normal: var(--cf-ink);
    --wa-color-on-loud: var(--cf-ground);

    --wa-form-control-background-color: var(--cf-raised);
    --wa-form-control-border-color: var(--cf-edge);
    --wa-form-control-border-style: solid;
    --wa-form-control-border-width: 1px;
    --wa-form-control-border-radius: var(--cf-radius-small);
    --wa-form-control-activated-color: var(--cf-accent);
    --wa-form-control-label-color: var(--cf-ink);
    --wa-form-control-label-font-weight: 600;
    --wa-form-control-label-line-height: 1.4;
    --wa-form-control-value-color: var(--cf-ink);
    --wa-form-control-value-font-weight: 400;
    --wa-form-control-value-line-height: 1.25;
    --wa-form-control-hint-color: var(--cf-ink-quiet);
    --wa-form-control-hint-font-weight: 400;
    --wa-form-control-hint-line-height: 1.5;
    --wa-form-control-placeholder-color: var(--cf-ink-quiet);
    --wa-form-control-required-content: "";
    --wa-form-control-required-content-color: inherit;
    --wa-form-control-required-content-offset: 0;
    --wa-form-control-padding-block: 0.75em;
    --wa-form-control-padding-inline: 0.875em;
    --wa-form-control-height: 48px;
    --wa-form-control-toggle-size: 24px;
  }
`;
