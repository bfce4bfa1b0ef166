let stream: Promise<MediaStream> | undefined;

/** The practice portrait before a wall, as a camera would give it. One stream for the page. */
export function standInStream(): Promise<MediaStream> {
  stream ??= draw();
  return stream;
}

async function draw(): Promise<MediaStream> {
  const canvas = document.createElement("canvas");
  canvas.width = 640;
  canvas.height = 480;
  const context = canvas.getContext("2d");
  if (context === null) throw new Error("no 2d context");
  const portrait = await createImageBitmap(await (await fetch("/assets/practice/portrait.png")).blob());
  const drawFrame = (): void => {
    const wall = context.createLinearGradient(0, 0, 640, 480);
    wall.addColorStop(0, "#a9b1ae");
    wall.addColorStop(1, "#747d7a");
    context.fillStyle = wall;
    context.fillRect(0, 0, 640, 480);
    context.drawImage(portrait, 0, 0, 640, 640);
  };
  drawFrame();
  // A canvas gives a frame when it is drawn on; the video element needs one after it was attached.
  setInterval(drawFrame, 200);
  return canvas.captureStream(5);
}
