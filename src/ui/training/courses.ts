import { msg } from "@lit/localize";

/** One short step: what it is about, and a question that shows whether it came across. */
export interface CourseStep {
  readonly title: string;
  readonly text: string;
  readonly question: string;
  /** The first is right. They are shown in an order of their own. */
  readonly answers: readonly [string, string, string];
  /** Said after a wrong answer. */
  readonly because: string;
}

export interface Course {
  readonly id: "employee" | "supervisor";
  /** Grows with every change that people are to learn again. */
  readonly version: number;
  readonly title: string;
  readonly steps: readonly CourseStep[];
}

export const COURSE_VERSIONS = { employee: 1, supervisor: 1 } as const;

export function employeeCourse(): Course {
  return {
    id: "employee",
    version: COURSE_VERSIONS.employee,
    title: msg("For everybody", { id: "course.employee" }),
    steps: [
      {
        title: msg("Punching", { id: "course.punch" }),
        text: msg("Stand before the tablet until your name and the time are there. The direction, IN or OUT, comes from your last punch; you can change it for four seconds.", { id: "course.punch.text" }),
        question: msg("The tablet shows a name that is not yours. What do you press?", { id: "course.punch.ask" }),
        answers: [msg("“Not me”", { id: "course.punch.right" }), msg("Nothing, it will notice", { id: "course.punch.wrong1" }), msg("“Change to OUT”", { id: "course.punch.wrong2" })],
        because: msg("“Not me” takes the punch back. The other person would otherwise have one that is not theirs.", { id: "course.punch.because" }),
      },
      {
        title: msg("PIN and badge", { id: "course.badge" }),
        text: msg("Number and PIN, a badge and an attested punch count exactly as a face does. The badge's code is held towards the camera, a hand's width away.", { id: "course.badge.text" }),
        question: msg("You lost your badge. What now?", { id: "course.badge.ask" }),
        answers: [msg("Tell HR: it is ended and a new one printed", { id: "course.badge.right" }), msg("Borrow a colleague's", { id: "course.badge.wrong1" }), msg("Nothing, it is only paper", { id: "course.badge.wrong2" })],
        because: msg("Whoever shows it punches as you. A new badge ends the lost one at once.", { id: "course.badge.because" }),
      },
      {
        title: msg("A missing punch", { id: "course.make-up" }),
        text: msg("Under My records you see what is missing, how many make-up punches are left and until when. One press fills in everything but the reason.", { id: "course.make-up.text" }),
        question: msg("The days for making it up are over. Is that the end of it?", { id: "course.make-up.ask" }),
        answers: [msg("No: it can be put before HR as a special case", { id: "course.make-up.right" }), msg("Yes, the hours are lost", { id: "course.make-up.wrong1" }), msg("No: punch twice tomorrow", { id: "course.make-up.wrong2" })],
        because: msg("The form then offers to put it before HR. A second punch is a repeat and does not count.", { id: "course.make-up.because" }),
      },
      {
        title: msg("Confirming the month", { id: "course.confirm" }),
        text: msg("In the first days of a month you are asked to confirm the last one. Press a day to see why it is what it is.", { id: "course.confirm.text" }),
        question: msg("One day is wrong. What do you do?", { id: "course.confirm.ask" }),
        answers: [msg("Press the day and say so, then confirm once it is decided", { id: "course.confirm.right" }), msg("Confirm it all the same", { id: "course.confirm.wrong1" }), msg("Wait until the month is closed", { id: "course.confirm.wrong2" })],
        because: msg("By confirming you say that the days are right. A closed month can only be corrected with HR.", { id: "course.confirm.because" }),
      },
    ],
  };
}

export function supervisorCourse(): Course {
  return {
    id: "supervisor",
    version: COURSE_VERSIONS.supervisor,
    title: msg("For supervisors", { id: "course.supervisor" }),
    steps: [
      {
        title: msg("Deciding a request", { id: "course.decide" }),
        text: msg("Open it: the days as they are and as they would be, the limits, who else is away and earlier requests are on one screen. Every look is noted and the person sees it.", { id: "course.decide.text" }),
        question: msg("You reject a request. What belongs to it?", { id: "course.decide.ask" }),
        answers: [msg("A comment that says why", { id: "course.decide.right" }), msg("Nothing more", { id: "course.decide.wrong1" }), msg("A note of violation", { id: "course.decide.wrong2" })],
        because: msg("The person reads your comment and can appeal. A note is something else, and nothing follows from it by machine.", { id: "course.decide.because" }),
      },
      {
        title: msg("One's own request", { id: "course.own" }),
        text: msg("Nobody decides their own request. It goes to somebody who stands in, or to HR.", { id: "course.own.text" }),
        question: msg("You are away for two weeks. What happens to requests that wait for you?", { id: "course.own.ask" }),
        answers: [msg("They go on to HR when the time to decide is over, or to whom you handed them", { id: "course.own.right" }), msg("They are approved by themselves", { id: "course.own.wrong1" }), msg("They are lost", { id: "course.own.wrong2" })],
        because: msg("Nothing is ever approved by time alone.", { id: "course.own.because" }),
      },
      {
        title: msg("Attesting at the gate", { id: "course.attest" }),
        text: msg("When face, PIN and badge do not do, tick who is there, say in or out and why. Each person sees it in their record.", { id: "course.attest.text" }),
        question: msg("Somebody asks you to attest a punch for a colleague who is on the way. What do you do?", { id: "course.attest.ask" }),
        answers: [msg("Attest it once the colleague is there", { id: "course.attest.right" }), msg("Attest it now", { id: "course.attest.wrong1" }), msg("Punch with the colleague's badge", { id: "course.attest.wrong2" })],
        because: msg("An attested punch says that you saw the person there at that time.", { id: "course.attest.because" }),
      },
    ],
  };
}
