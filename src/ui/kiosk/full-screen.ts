/** Takes the whole screen. Must be called from a touch or a key; where the browser refuses, the kiosk works as it is. */
export function goFullScreen(element: HTMLElement = document.documentElement): void {
  if (!document.fullscreenEnabled || document.fullscreenElement !== null) return;
  if (matchMedia("(display-mode: fullscreen)").matches) return;
  element.requestFullscreen({ navigationUI: "hide" }).catch(() => undefined);
}

/** Gives the screen back, where the kiosk had taken it. */
export function leaveFullScreen(): void {
  if (document.fullscreenElement !== null) document.exitFullscreen().catch(() => undefined);
}
