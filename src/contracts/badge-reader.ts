/** Looks for QR codes off the main thread. */
export interface BadgeReaderWorker {
  /**
   * The text of the first QR code in a picture; null where there is none.
   *
   * @param frame transferred, and closed by the worker
   */
  read(frame: ImageBitmap): Promise<string | null>;
}
