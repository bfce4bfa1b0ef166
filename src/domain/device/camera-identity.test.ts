import { fc, test } from "@fast-check/vitest";
import { describe, expect } from "vitest";
import type { CameraDifference, CameraIdentity } from "./camera-identity.ts";
import { compareCameras, looksVirtual } from "./camera-identity.ts";

const PINNED: CameraIdentity = {
  label: "Front camera (0c45:6366)",
  deviceId: "a1",
  facingMode: ["user"],
  mostWidth: 1920,
  mostHeight: 1080,
  mostFrameRate: 30,
  controls: ["brightness", "exposureMode"],
};

const identity = fc.record({
  label: fc.string(),
  deviceId: fc.string(),
  facingMode: fc.array(fc.constantFrom("user", "environment")),
  mostWidth: fc.option(fc.nat(8192)),
  mostHeight: fc.option(fc.nat(8192)),
  mostFrameRate: fc.option(fc.double({ min: 1, max: 240, noNaN: true })),
  controls: fc.array(fc.constantFrom("brightness", "zoom", "torch")),
});

describe("compareCameras", () => {
  test.each<[string, Partial<CameraIdentity>, readonly string[], readonly CameraDifference[]]>([
    ["it is the same", {}, ["a1", "b2"], []],
    ["the browser has given it another id", { deviceId: "z9" }, ["z9"], []],
    ["the browser gives no id", { deviceId: "" }, [""], []],
    ["the rate is told with its fraction", { mostFrameRate: 29.97 }, ["a1"], []],
    ["the browser no longer tells what it can do", { mostWidth: null, mostHeight: null, mostFrameRate: null, facingMode: [] }, ["a1"], []],
    ["a newer browser can set more on it", { controls: ["brightness", "exposureMode", "zoom"] }, ["a1"], []],
    ["it has another name", { label: "OBS Virtual Camera" }, ["a1"], ["label"]],
    ["another of the same make is used while it is there", { deviceId: "b2" }, ["a1", "b2"], ["device"]],
    ["it looks the other way", { facingMode: ["environment"] }, ["a1"], ["facing"]],
    ["it can do less", { mostWidth: 1280, mostHeight: 720 }, ["a1"], ["resolution"]],
    ["it is faster", { mostFrameRate: 60 }, ["a1"], ["frame-rate"]],
    ["a borrowed name hides a camera without controls", { controls: [] }, ["a1"], ["controls"]],
    ["everything is another's", { label: "x", deviceId: "b2", facingMode: ["left"], mostWidth: 1, mostFrameRate: 5, controls: [] }, ["a1", "b2"], ["label", "device", "facing", "resolution", "frame-rate", "controls"]],
  ])("when %s", (_, change, present, differences) => {
    expect(compareCameras(PINNED, { ...PINNED, ...change }, present)).toEqual(differences);
  });

  test.prop([identity, fc.array(fc.string())])("never takes a camera for another than itself, whatever else is there", (camera, present) => {
    expect(compareCameras(camera, camera, present)).toEqual([]);
  });
});

describe("looksVirtual", () => {
  test.each([
    ["OBS Virtual Camera", true],
    ["ManyCam Video Source", true],
    ["Dummy video device (0x0000)", true],
    ["v4l2loopback", true],
    ["fake_device_0", true],
    ["Integrated Webcam HD (0bda:5690)", false],
    ["camera2 1, facing front", false],
    ["FaceTime HD Camera", false],
    ["Observatory cam", false],
  ])("says of %j: %s", (label, virtual) => {
    expect(looksVirtual(label)).toBe(virtual);
  });
});
