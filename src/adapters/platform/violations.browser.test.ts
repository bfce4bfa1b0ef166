import { afterEach, expect, it } from "vitest";
import { deleteStores, SetClock, setUpCore } from "../storage/testing/harness.ts";
import { reportViolations } from "./violations.ts";

afterEach(deleteStores);

it("a violation of the page's policy is logged once an hour, with how often it came", async () => {
  const clock = new SetClock();
  const { core } = await setUpCore(clock);
  const target = new EventTarget();
  const stop = reportViolations(core.store, target);
  const violate = (effectiveDirective: string): boolean => target.dispatchEvent(new SecurityPolicyViolationEvent("securitypolicyviolation", { effectiveDirective, documentURI: "https://kiosk.example/", violatedDirective: effectiveDirective, originalPolicy: "", disposition: "enforce", statusCode: 200 }));
  const logged = async () => (await core.store.latest(20)).flatMap(({ content }) => (content?.type === "violation" ? [content.body] : [])).reverse();
  violate("script-src-elem");
  violate("script-src-elem");
  violate("require-trusted-types-for");
  await expect.poll(logged).toEqual([{ directive: "script-src-elem", count: 1 }, { directive: "require-trusted-types-for", count: 1 }]);
  clock.pass(3_600_000);
  violate("script-src-elem");
  await expect.poll(logged).toHaveLength(3);
  expect((await logged()).at(-1)).toEqual({ directive: "script-src-elem", count: 3 });
  stop();
  clock.pass(3_600_000);
  violate("script-src-elem");
  expect(await logged()).toHaveLength(3);
});
