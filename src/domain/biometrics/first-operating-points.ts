export { OPERATING_POINTS as FIRST_OPERATING_POINTS } from "./operating-points.ts";
