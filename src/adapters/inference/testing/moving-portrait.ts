import portraitUrl from "../../../../models/golden/portrait/portrait.png?url";

export async function portrait(): Promise<ImageBitmap> {
  return createImageBitmap(await (await fetch(portraitUrl)).blob());
}

/** A camera that shows the portrait moving a little, 15 frames a second. */
export async function movingPortrait(): Promise<{ readonly track: MediaStreamTrack; readonly stop: () => void }> {
  const one = await portrait();
  const canvas = document.createElement("canvas");
  canvas.width = 640;
  canvas.height = 480;
  const context = canvas.getContext("2d");
  if (!context) throw new Error("no 2D context");
  let frame = 0;
  const draw = (): void => {
    frame++;
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.drawImage(one, 64 + 10 * Math.sin(frame / 10), -10);
  };
  draw();
  const timer = setInterval(draw, 66);
  const [track] = canvas.captureStream(15).getVideoTracks();
  if (!track) throw new Error("no track");
  return {
    track,
    stop: () => {
      clearInterval(timer);
      track.stop();
    },
  };
}
