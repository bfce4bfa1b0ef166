import type { DayResult, EngineInput } from "../domain/attendance/engine/types.ts";

/** Works out days off the main thread. Ending the worker cancels what it does. */
export interface AttendanceWorker {
  /**
   * @param onProgress people done so far; a Comlink proxy
   * @returns by person in the order of the input, then by day
   */
  compute(input: EngineInput, onProgress: (done: number, total: number) => void): Promise<readonly DayResult[]>;
}
