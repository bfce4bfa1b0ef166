import { describe, expect, test } from "vitest";
import { attackFigures, bonaFideFigures, frameFigures } from "./pad-report.ts";
import type { JudgedPresentation } from "./pad-report.ts";
import type { PresentationOutcome } from "./presentation-judge.ts";

const accepted: PresentationOutcome = { end: "accepted", decidedMs: 900, asked: [] };
const suspected: PresentationOutcome = { end: "refused", attempt: "attack-suspected", decidedMs: 700, asked: [] };
const challenged: PresentationOutcome = { end: "challenged", asked: ["nod"] };
const failed: PresentationOutcome = { end: "refused", attempt: "liveness-undecided", decidedMs: 9000, asked: ["nod", "turn-left"] };
const nobody: PresentationOutcome = { end: "no-response", asked: [] };
const one = (outcomes: readonly PresentationOutcome[], kind: JudgedPresentation["kind"] = "clip"): JudgedPresentation => ({
  kind,
  scores: [
    { near: 0.9, far: 0.8 },
    { near: 0.3, far: 0.2 },
  ],
  outcomes: { off: outcomes, "in-doubt": outcomes, always: outcomes },
});

describe("the figures of presentation attack detection", () => {
  test("count the draws of the challenge by which an attack was accepted", () => {
    const figures = attackFigures([one([suspected, suspected]), one([accepted, challenged]), one([nobody, nobody])], "in-doubt");
    expect(figures).toMatchObject({ n: 2, apcer: 0.25, nonResponse: 1, ends: { accepted: 0.25, refused: 0.5, challenged: 0.25 } });
    expect(figures.interval.high).toBeGreaterThan(0.5);
  });

  test("count a clip that was still being asked as refused, and give the figure without that", () => {
    expect(bonaFideFigures([one([accepted]), one([challenged]), one([failed]), one([suspected])], "in-doubt")).toMatchObject({
      n: 4,
      bpcer: 0.75,
      bpcerChallengeAside: 0.25,
      attackSuspected: 0.25,
      acceptedMs: { median: 900, p95: 900 },
    });
  });

  test("count of stills those alone that were taken for an attack", () => {
    expect(bonaFideFigures([one([challenged], "still"), one([suspected], "still")], "in-doubt")).toMatchObject({ n: 2, bpcer: 0.5 });
  });

  test("are empty when nothing responded", () => {
    expect(bonaFideFigures([one([nobody])], "off")).toMatchObject({ n: 0, bpcer: null, nonResponse: 1, acceptedMs: null });
    expect(attackFigures([], "off")).toMatchObject({ n: 0, apcer: null });
  });

  test("count single frames on the side of their class", () => {
    expect(frameFigures([one([accepted])], true)).toEqual({ n: 2, rate: 0.5 });
    expect(frameFigures([one([accepted])], false)).toEqual({ n: 2, rate: 0.5 });
  });
});
