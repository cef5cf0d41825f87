import { vocabularyOf } from "./sentences.ts";

/** A time of day in words, and in figures. */
export interface ClockTime {
  readonly words: readonly string[];
  /** "8:40": the hour from 1 to 12 without a leading zero. */
  readonly figures: string;
  /** 1 to 12, and 0 to 59. */
  readonly hour: number;
  readonly minute: number;
}

const small = [
  "oh",
  "one",
  "two",
  "three",
  "four",
  "five",
  "six",
  "seven",
  "eight",
  "nine",
  "ten",
  "eleven",
  "twelve",
  "thirteen",
  "fourteen",
  "fifteen",
  "sixteen",
  "seventeen",
  "eighteen",
  "nineteen",
] as const;
const tens = ["", "", "twenty", "thirty", "forty", "fifty"] as const;

/** The words of all times. */
export const clockVocabulary = vocabularyOf([
  ...small,
  ...tens.slice(2),
  ...["half", "minute", "minutes", "o'clock", "past", "quarter", "to"],
]);

/** What a time in figures is written with; the last one ends it. */
export const clockSigns = [..."0123456789:", "end"] as const;

/** The most words a time has, and the most signs, with that which ends it. */
export const longestClock = { words: 5, signs: 6 } as const;

/** A number from 1 to 59 in words: "forty two". */
function inWords(number: number): string[] {
  if (number < 20) return [small[number] as string];
  const unit = number % 10;
  return [tens[Math.floor(number / 10)] as string, ...(unit > 0 ? [small[unit] as string] : [])];
}

const hourName = (hour: number): string => small[((hour + 11) % 12) + 1] as string;

/** How English says this time: as one reads a dial, and as one reads a row of figures. */
function phrases(hour: number, minute: number): string[][] {
  const own = hourName(hour);
  const next = hourName(hour + 1);
  if (minute === 0) return [[own, "o'clock"]];
  const spoken = inWords(minute);
  const read = minute < 10 ? [own, "oh", ...spoken] : [own, ...spoken];
  const named: string[][] = [];
  if (minute === 15) named.push(["quarter", "past", own]);
  if (minute === 30) named.push(["half", "past", own]);
  if (minute === 45) named.push(["quarter", "to", next]);
  if (minute === 30) return [read, ...named];
  const [count, relation, to] =
    minute < 30 ? [spoken, "past", own] : [inWords(60 - minute), "to", next];
  const isRound = minute % 5 === 0;
  const dial = isRound ? [[...count, relation, to]] : [];
  const unit = count.join() === "one" ? "minute" : "minutes";
  return [read, ...named, ...dial, [...count, unit, relation, to]];
}

/** Every time from 1:00 to 12:59 in every way of saying it. */
export function clockTimes(): ClockTime[] {
  const all: ClockTime[] = [];
  for (let hour = 1; hour <= 12; hour++) {
    for (let minute = 0; minute < 60; minute++) {
      const figures = `${hour}:${String(minute).padStart(2, "0")}`;
      for (const words of phrases(hour, minute)) all.push({ words, figures, hour, minute });
    }
  }
  return all;
}

/** The numbers of the signs of a time in figures, with that which ends it. */
export function signsOf(figures: string): number[] {
  const end = clockSigns.length - 1;
  return [...[...figures].map((sign) => clockSigns.indexOf(sign as "0")), end];
}
