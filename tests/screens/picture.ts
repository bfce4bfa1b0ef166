let stream: Promise<MediaStream> | undefined;

/** A camera picture for the gallery: the practice portrait where the app has one, a drawn head where not. One for the page. */
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
  const portrait = await loadPortrait();
  const drawFrame = (): void => (portrait === undefined ? drawHead(context) : drawPortrait(context, portrait));
  drawFrame();
  // A canvas gives a frame when it is drawn on; the video element needs one after it was attached.
  setInterval(drawFrame, 200);
  return canvas.captureStream(5);
}

async function loadPortrait(): Promise<ImageBitmap | undefined> {
  for (const name of ["portrait.jpg", "portrait.png", "portrait.webp"]) {
    const response = await fetch(`/assets/practice/${name}`);
    if (response.ok && response.headers.get("content-type")?.startsWith("image/") === true) return createImageBitmap(await response.blob());
  }
  return undefined;
}

function drawPortrait(context: CanvasRenderingContext2D, portrait: ImageBitmap): void {
  const scale = Math.max(640 / portrait.width, 480 / portrait.height);
  context.drawImage(portrait, (640 - portrait.width * scale) / 2, 0, portrait.width * scale, portrait.height * scale);
}

function drawHead(context: CanvasRenderingContext2D): void {
  const wall = context.createLinearGradient(0, 0, 640, 480);
  wall.addColorStop(0, "#9aa4a0");
  wall.addColorStop(1, "#6b7471");
  context.fillStyle = wall;
  context.fillRect(0, 0, 640, 480);
  context.fillStyle = "#5c6663";
  context.fillRect(470, 60, 130, 420);
  context.fillStyle = "#2f4a57";
  context.beginPath();
  context.ellipse(318, 500, 190, 150, 0, 0, Math.PI * 2);
  context.fill();
  context.fillStyle = "#b98a6d";
  context.fillRect(284, 310, 68, 70);
  context.fillStyle = "#c99a7c";
  context.beginPath();
  context.ellipse(318, 220, 84, 112, 0, 0, Math.PI * 2);
  context.fill();
  context.fillStyle = "#2b2320";
  context.beginPath();
  context.ellipse(318, 152, 92, 66, 0, Math.PI, 0);
  context.fill();
  context.fillStyle = "#3a2a24";
  for (const x of [286, 350]) {
    context.beginPath();
    context.ellipse(x, 214, 9, 6, 0, 0, Math.PI * 2);
    context.fill();
  }
  context.strokeStyle = "#8d5f4c";
  context.lineWidth = 5;
  context.beginPath();
  context.moveTo(294, 282);
  context.quadraticCurveTo(318, 292, 342, 282);
  context.stroke();
}
