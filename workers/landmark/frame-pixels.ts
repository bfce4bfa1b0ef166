/** Copies frames into one picture that is used again and again: a fresh one for each frame would be a megabyte of garbage. */
export class FramePixels {
  #picture: ImageData | undefined;
  #canvas: OffscreenCanvas | undefined;
  #copies = true;
  #taken = 0;
  #closed = 0;

  /** Frames that were handed in, and that were closed. */
  get frames(): { readonly taken: number; readonly closed: number } {
    return { taken: this.#taken, closed: this.#closed };
  }

  /** Takes ownership of the frame and closes it. The picture is valid until the next call. Rejects when the frame cannot be read. */
  async read(frame: VideoFrame | ImageBitmap): Promise<ImageData> {
    this.#taken++;
    try {
      return frame instanceof ImageBitmap ? this.#draw(frame, frame.width, frame.height) : await this.#copy(frame);
    } finally {
      frame.close();
      this.#closed++;
    }
  }

  async #copy(frame: VideoFrame): Promise<ImageData> {
    const width = frame.visibleRect?.width ?? frame.codedWidth;
    const height = frame.visibleRect?.height ?? frame.codedHeight;
    if (this.#copies) {
      const picture = this.#reuse(width, height);
      try {
        await frame.copyTo(picture.data, { format: "RGBA" });
        return picture;
      } catch (error) {
        // Older browsers copy in the camera's own format alone.
        if (!(error instanceof DOMException && error.name === "NotSupportedError") && !(error instanceof TypeError)) throw error;
        this.#copies = false;
      }
    }
    return this.#draw(frame, width, height);
  }

  #draw(frame: VideoFrame | ImageBitmap, width: number, height: number): ImageData {
    this.#canvas ??= new OffscreenCanvas(width, height);
    if (this.#canvas.width !== width) this.#canvas.width = width;
    if (this.#canvas.height !== height) this.#canvas.height = height;
    const context = this.#canvas.getContext("2d", { willReadFrequently: true });
    if (!context) throw new Error("no 2D context");
    context.drawImage(frame, 0, 0, width, height);
    return context.getImageData(0, 0, width, height);
  }

  #reuse(width: number, height: number): ImageData {
    if (this.#picture?.width !== width || this.#picture.height !== height) this.#picture = new ImageData(width, height);
    return this.#picture;
  }
}
